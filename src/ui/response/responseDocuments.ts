import { Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { SentReport } from '../../app/reporter';
import { prettyJson } from '../../core/response/prettyJson';
import { parseJson } from '../../core/response/answer';
import { fileNameOf } from '../fileName';
import { notify } from '../notify';
import { RESPONSE_SCHEME } from '../requestDocuments';

/** Answers as read-only documents, for who would rather search, fold and compare them there. */
export class ResponseDocuments implements TextDocumentContentProvider {
  /** By URI, for as long as the document is open. */
  readonly #texts = new Map<string, string>();
  readonly #disposables: readonly { dispose(): unknown }[];
  #lastId = 0;

  constructor() {
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(RESPONSE_SCHEME, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This answer is no longer known.\n';
  }

  /** Opens the body of an answer beside the editor: JSON with one value a line, anything else as it came. */
  async open(sent: SentReport): Promise<void> {
    const body = sent.exchange?.response?.body;
    if (body === undefined) {
      void notify.info(`${fileNameOf(sent.uri)}: no whole answer came, so there is no text to open.`);
      return;
    }
    const isJson = parseJson(body) !== undefined;
    const uri = Uri.from({
      scheme: RESPONSE_SCHEME,
      path: `/${nameOf(sent)}.${isJson ? 'json' : 'txt'}`,
      query: String(++this.#lastId),
    });
    this.#texts.set(uri.toString(), isJson ? prettyJson(body) : body);
    await window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** `order.invoice.json 14:03:22 created`, in local time. */
function nameOf({ uri, report }: SentReport): string {
  const place = report.index > 0 ? ` ${report.index + 1}` : '';
  const time = new Date(report.at).toLocaleTimeString('en-GB');
  return `${fileNameOf(uri)}${place} ${time} ${report.outcome}`;
}
