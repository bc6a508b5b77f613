import { Diagnostic, languages, Uri, workspace, type DiagnosticCollection, type TextDocument } from 'vscode';
import type { PresentProblem } from '../../app/outcomes/problemsOfNow';
import { spanAt } from '../../core/document/pointer';
import { clip } from '../../core/phrases';
import { documentationOf, severityOf } from '../../core/problems/catalogue';
import { codeOf } from '../../core/problems/problem';
import { wordsOf } from '../../core/problems/words';
import type { ReportedProblem } from '../../core/report/report';
import { toRange, toSeverity, DIAGNOSTIC_SOURCE } from '../shell/convert';
import type { FileEvents } from '../shell/fileEvents';
import type { LiveDocument, LiveProblems } from './liveProblems';
import { openDocument } from '../shell/requestDocuments';
import { isShownAlready, otherJsonProblems } from './otherJsonProblems';
import type { Services } from '../shell/services';

/** Long enough for a burst of typing, short enough to feel immediate. */
const PAUSE_MS = 120;

/** Shows the problems of open documents as they are typed, and those of files that were sent without being open. */
export class Diagnostics {
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection('eccaex');
  readonly #pending = new Map<string, NodeJS.Timeout>();
  /** How many problems VS Code's own JSON support showed when a document was last looked at. */
  readonly #others = new Map<string, number>();
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly services: Services,
    private readonly live: LiveProblems,
    private readonly files: FileEvents,
  ) {
    const { outcomes, environment, endpoints } = services;
    this.#disposables = [
      this.#collection,
      outcomes.onDidChange((change) => {
        if (change.kind !== 'reported') return;
        this.live.forget();
        this.#show(change.uri);
      }),
      files.onDidChange((uri) => this.#show(uri)),
      environment.onDidChange(() => this.#showAll()),
      endpoints.merchant.onDidChange(() => this.#showAll()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.live.isOurs(document)) this.#showSoon(document.uri.toString());
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('eccaex')) this.#showAll();
      }),
      languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) {
          const before = this.#others.get(uri.toString());
          if (before !== undefined && before !== otherJsonProblems(uri).length) this.#show(uri.toString());
        }
      }),
    ];
    this.#showAll();
  }

  dispose(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #showAll(): void {
    this.live.forget();
    for (const document of workspace.textDocuments) this.#show(document.uri.toString());
  }

  #showSoon(uri: string): void {
    clearTimeout(this.#pending.get(uri));
    this.#pending.set(
      uri,
      setTimeout(() => this.#show(uri), PAUSE_MS),
    );
  }

  #show(uri: string): void {
    clearTimeout(this.#pending.get(uri));
    this.#pending.delete(uri);
    this.#collection.set(Uri.parse(uri), this.#diagnosticsOf(uri));
  }

  #diagnosticsOf(uri: string): Diagnostic[] {
    const document = this.files.isClosed(uri) ? undefined : openDocument(uri);
    if (document) {
      const live = this.live.of(document);
      return live ? this.#ofOpen(document, live) : [];
    }
    this.#others.delete(uri);
    // A file that was sent without being open shows what its reports say.
    return this.services.outcomes.latest(uri).flatMap(({ report }) =>
      // The guard tells of keys.
      report.problems
        .filter(({ code, source }) => code !== 'key-in-file' || source === 'api')
        .map(toDiagnostic),
    );
  }

  #ofOpen({ uri }: TextDocument, { document, problems }: LiveDocument): Diagnostic[] {
    const others = otherJsonProblems(uri);
    this.#others.set(uri.toString(), others.length);
    return problems.flatMap(({ problem, environment }: PresentProblem) => {
      if (isShownAlready(problem.kind, others)) return [];
      return toDiagnostic({
        code: codeOf(problem),
        docs: documentationOf(problem),
        severity: severityOf(problem),
        range: document.lines.rangeOf(problem.span ?? spanAt(document, problem.pointer)),
        message: wordsOf(problem, { environment }).message,
      });
    });
  }
}

function toDiagnostic(
  problem: Pick<ReportedProblem, 'range' | 'message' | 'severity' | 'code' | 'docs'>,
): Diagnostic {
  const diagnostic = new Diagnostic(toRange(problem.range), problem.message, toSeverity(problem.severity));
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: clip(problem.code), target: Uri.parse(problem.docs) };
  return diagnostic;
}
