import {
  CodeLens,
  languages,
  window,
  workspace,
  type CodeLensProvider,
  type Command,
  type Range,
  type TextDocument,
} from 'vscode';
import { requestRows, type RequestRow } from '../../app/outcomes/requestsOfNow';
import { fixesFor } from '../../core/fixes/fixes';
import { startedHere } from '../shell/commandArguments';
import { toRange } from '../shell/convert';
import type { LiveDocument, LiveProblems } from './liveProblems';
import { lastSendCommand } from './lastSend';
import { isPayable } from '../../core/report/report';
import { LensWindow } from './lensWindow';
import { RefreshEvent } from './refreshEvent';
import type { Services } from '../shell/services';
import { BUTTONS } from '../../core/sharedWords';

/** A larger batch has lenses where it is looked at. */
const ALL_AT_ONCE = 500;

/** Characters of a text that is looked at again after each key. */
const LONGEST_CONVERTED = 100_000;

/** What can be done with a request, above its first line, and what its last send came to. */
export class RequestLenses implements CodeLensProvider {
  readonly #changed = new RefreshEvent();
  readonly #window = new LensWindow();
  readonly #disposables: readonly { dispose(): unknown }[];

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly services: Services,
    private readonly live: LiveProblems,
  ) {
    const { outcomes, environment } = services;
    const fire = () => this.#changed.fire();
    this.#disposables = [
      this.#changed,
      outcomes.onDidChange(({ kind }) => {
        if (kind === 'reported' || kind === 'flights') fire();
      }),
      environment.onDidChange(fire),
      workspace.onDidGrantWorkspaceTrust(fire),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
        if (this.#window.isLeft(document)) fire();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('eccaex.requestFiles')) fire();
      }),
      languages.registerCodeLensProvider('*', this),
    ];
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    this.#changed.asked(document);
    const live = this.live.of(document);
    if (!live) return [];
    const { lines } = live.document;
    const rows = requestRows(live.document).map((row) => ({
      row,
      range: toRange(lines.rangeOf({ offset: row.offset, length: 0 })),
    }));
    const lenses = this.#worthShowing(rows, document).flatMap(({ row, range }) =>
      this.#commandsOf(row, live, document.uri.toString()).map((command) => new CodeLens(range, command)),
    );
    return [...this.#conversionOf(live, document.uri.toString()), ...lenses];
  }

  /** Of a text in the syntax of another language, such as one that was pasted from code. */
  #conversionOf({ document, problems }: LiveDocument, uri: string): CodeLens[] {
    const { syntaxError, text, root, lines } = document;
    if (!syntaxError || text.length > LONGEST_CONVERTED) return [];
    const isConverted = problems.some(
      ({ problem }) =>
        problem.kind === 'json-syntax' &&
        fixesFor(problem, document, this.live.context())[0]?.id === 'write-json',
    );
    if (!isConverted) return [];
    const range = toRange(lines.rangeOf({ offset: root?.offset ?? 0, length: 0 }));
    const command = {
      title: BUTTONS.convertToJson,
      command: '_eccaex.applyFix',
      arguments: [{ uri, fix: 'write-json' }],
    };
    return [new CodeLens(range, command)];
  }

  #worthShowing<Row extends { readonly range: Range }>(
    rows: readonly Row[],
    document: TextDocument,
  ): readonly Row[] {
    if (rows.length <= ALL_AT_ONCE) {
      this.#window.forget(document);
      return rows;
    }
    const { from, to } = this.#window.linesOf(document);
    return rows.filter(
      ({ range: { start } }, place) => place === 0 || (from <= start.line && start.line <= to),
    );
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #commandsOf(row: RequestRow, live: LiveDocument, uri: string): Command[] {
    const { outcomes, environment, clock } = this.services;
    const sent =
      row.index === undefined
        ? undefined
        : (outcomes.settled(uri, row.index) ?? live.lastSends().get(row.index));
    const flight = row.index === undefined ? undefined : outcomes.flightOf(uri, row.index);
    return [
      ...(flight
        ? [
            {
              title: `$(sync~spin)\u00a0sending to ${flight.environment}…`,
              command: '',
            },
            {
              title: 'Cancel',
              command: '_eccaex.cancelSend',
              arguments: [{ flight: flight.id }],
            },
          ]
        : []),
      ...(sent && !flight ? [lastSendCommand(sent, environment.get(), clock.now())] : []),
      ...(workspace.isTrusted
        ? this.#sendCommands(row, live, uri)
        : [{ title: '$(shield)\u00a0Trust this folder to send', command: 'workbench.trust.manage' }]),
      ...(row.index === undefined
        ? []
        : [{ title: 'Copy as cURL', command: 'eccaex.copyAsCurl', arguments: [{ uri, index: row.index }] }]),
      ...(sent && !flight && isPayable(sent.report)
        ? [
            {
              title: BUTTONS.simulatePayment,
              command: 'eccaex.simulatePayment',
              arguments: [{ uri, index: sent.report.index }],
            },
          ]
        : []),
    ];
  }

  #sendCommands({ index }: RequestRow, { document }: LiveDocument, uri: string): Command[] {
    const active = this.services.environment.get();
    const all = index === undefined ? `all ${document.requests.length} ` : '';
    const subject = { uri, ...(document.root?.type === 'array' && index !== undefined ? { index } : {}) };
    return [
      {
        title: `Send ${all}to ${active}`,
        command: 'eccaex.sendInvoice',
        // Where the title says, whatever is active when it is clicked.
        arguments: [startedHere({ ...subject, environment: active })],
      },
      ...(index === undefined
        ? []
        : [{ title: 'Send to…', command: 'eccaex.sendInvoiceTo', arguments: [startedHere(subject)] }]),
    ];
  }
}
