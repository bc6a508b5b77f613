import {
  Diagnostic,
  extensions,
  languages,
  Uri,
  workspace,
  type DiagnosticCollection,
  type TextDocument,
} from 'vscode';
import type { PresentProblem } from '../app/problemsOfNow';
import { spanAt } from '../core/document/pointer';
import { documentationOf, severityOf } from '../core/problems/catalogue';
import { codeOf } from '../core/problems/problem';
import { wordsOf } from '../core/problems/words';
import type { ReportedProblem } from '../core/report/report';
import { toRange, toSeverity } from './convert';
import { openDocument, type LiveDocument, type LiveProblems } from './liveProblems';
import type { Services } from './services';

export const DIAGNOSTIC_SOURCE = 'EccaEx';

/** Long enough for a burst of typing, short enough to feel immediate. */
const PAUSE_MS = 120;

/** Shows the problems of open documents as they are typed, and those of files that were sent without being open. */
export class Diagnostics {
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection('eccaex');
  readonly #pending = new Map<string, NodeJS.Timeout>();
  readonly #renaming = new Set<string>();
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly services: Services,
    private readonly live: LiveProblems,
  ) {
    const { reports, environment } = services;
    this.#disposables = [
      this.#collection,
      reports.onDidChange((uri) => {
        this.live.forget();
        this.#show(uri);
      }),
      environment.onDidChange(() => this.#showAll()),
      workspace.onDidOpenTextDocument((document) => this.#show(document.uri.toString())),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#showSoon(document);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri.toString())),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('eccaex')) this.#showAll();
      }),
      workspace.onWillRenameFiles(({ files }) => {
        for (const { oldUri } of files) this.#renaming.add(oldUri.toString());
      }),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          this.#renaming.delete(oldUri.toString());
          reports.rename(oldUri.toString(), newUri.toString());
        }
      }),
      workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) if (!openDocument(uri.toString())) reports.forget(uri.toString());
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

  #showSoon(document: TextDocument): void {
    if (!this.live.isOurs(document)) return;
    const uri = document.uri.toString();
    clearTimeout(this.#pending.get(uri));
    this.#pending.set(
      uri,
      setTimeout(() => this.#show(uri), PAUSE_MS),
    );
  }

  #show(uri: string): void {
    clearTimeout(this.#pending.get(uri));
    this.#pending.delete(uri);
    const document = openDocument(uri);
    const live = document && this.live.of(document);
    const location = Uri.parse(uri);
    if (document && live) this.#collection.set(location, diagnosticsOf(document, live));
    else if (document) this.#collection.delete(location);
    else this.#collection.set(location, this.#ofUnopened(uri));
  }

  /** A file that was sent without being open shows what its report says. */
  #ofUnopened(uri: string): Diagnostic[] {
    const problems = this.services.reports.latest(uri).flatMap(({ report }) => report.problems);
    return problems.map((problem) => toDiagnostic(problem));
  }

  #closed(uri: string): void {
    // A change of the language mode closes a document and opens it again at once.
    queueMicrotask(() => {
      if (openDocument(uri)) return;
      if (!this.#isBeingRenamed(uri)) this.services.reports.forget(uri);
      this.#collection.delete(Uri.parse(uri));
    });
  }

  #isBeingRenamed(uri: string): boolean {
    return [...this.#renaming].some((renamed) => uri === renamed || uri.startsWith(`${renamed}/`));
  }
}

function diagnosticsOf(document: TextDocument, { document: parsed, problems }: LiveDocument): Diagnostic[] {
  const shown = problems.filter(({ problem }) => !isShownByVsCode(problem.kind, document));
  return shown.map(({ problem, environment }: PresentProblem) => {
    const { message, guidance } = wordsOf(problem, { environment });
    return toDiagnostic({
      code: codeOf(problem),
      docs: documentationOf(problem),
      severity: severityOf(problem),
      range: parsed.lines.rangeOf(problem.span ?? spanAt(parsed, problem.pointer)),
      message,
      guidance,
    });
  });
}

function toDiagnostic(
  problem: Pick<ReportedProblem, 'range' | 'message' | 'severity' | 'code' | 'docs' | 'guidance'>,
): Diagnostic {
  const diagnostic = new Diagnostic(toRange(problem.range), problem.message, toSeverity(problem.severity));
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: problem.code, target: Uri.parse(problem.docs) };
  return diagnostic;
}

const SYNTAX_KINDS = new Set(['json-syntax', 'json-comment', 'json-trailing-comma', 'json-duplicate-key']);

/** VS Code's own JSON support says these of documents in JSON mode; nothing is said twice. */
function isShownByVsCode(kind: string, { languageId, uri }: TextDocument): boolean {
  return (
    SYNTAX_KINDS.has(kind) &&
    languageId === 'json' &&
    extensions.getExtension('vscode.json-language-features') !== undefined &&
    workspace.getConfiguration('json', uri).get<boolean>('validate.enable', true)
  );
}
