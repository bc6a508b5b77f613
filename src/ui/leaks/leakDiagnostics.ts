import {
  Diagnostic,
  Hover,
  languages,
  MarkdownString,
  Uri,
  type DiagnosticCollection,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { PlacedLeak } from '../../app/leaks/leakScanner';
import { DOCUMENTATION } from '../../core/contract/documentation';
import { toRange, toSeverity, DIAGNOSTIC_SOURCE } from '../shell/convert';
import { plainMarkdown } from '../shell/markdown';
import type { Services } from '../shell/services';

/** Shows keys in files in the editor and in the Problems view, and what to do about them on hover. */
export class LeakDiagnostics implements HoverProvider {
  readonly #collection: DiagnosticCollection = languages.createDiagnosticCollection('eccaex-keys');
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(private readonly services: Pick<Services, 'leaks'>) {
    const { leaks } = services;
    this.#disposables = [
      this.#collection,
      leaks.onDidChange((uri) =>
        this.#collection.set(Uri.parse(uri), leaks.of(uri)?.leaks.map(toDiagnostic) ?? []),
      ),
      languages.registerHoverProvider('*', this),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  provideHover({ uri }: TextDocument, position: Position): Hover | undefined {
    const here = this.services.leaks
      .of(uri.toString())
      ?.leaks.filter(({ range }) => toRange(range).contains(position));
    return here && here.length > 0 ? new Hover(here.map(guidanceOf)) : undefined;
  }
}

function toDiagnostic({ range, message, severity, leak }: PlacedLeak): Diagnostic {
  const diagnostic = new Diagnostic(toRange(range), message, toSeverity(severity));
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = { value: leak.code, target: Uri.parse(DOCUMENTATION.authentication) };
  return diagnostic;
}

function guidanceOf({ guidance, leak }: PlacedLeak): MarkdownString {
  const steps = guidance.map((step, place) => `${place + 1}. ${plainMarkdown(step)}`);
  return new MarkdownString(`**What to do** about ${plainMarkdown(leak.code)}\n\n${steps.join('\n')}\n`);
}
