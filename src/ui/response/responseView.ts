import { commands, Uri, ViewColumn, workspace, type WebviewPanel } from 'vscode';
import { sentReportOf } from '../../app/history/keptReport';
import type { SentReport } from '../../app/reports/reporter';
import type { HistoryEntry } from '../../core/journal/merge';
import type { Report } from '../../core/report/report';
import { webLink } from '../../core/response/webLink';
import {
  readMessage,
  readState,
  type FromView,
  type ShownAnswer,
  type ToView,
} from '../../webview/response/protocol';
import { inBackground } from '../background';
import { copyText } from '../copyText';
import { hostOf } from '../environmentLabels';
import { fileNameOf } from '../fileName';
import { effectOf } from '../fixEffects';
import type { LiveProblems } from '../language/liveProblems';
import type { ReadOnlyTexts } from '../readOnlyTexts';
import type { Services } from '../services';
import { showProblem } from '../showProblem';
import { openWebLink } from '../webLink';
import { WebviewHost } from '../webviewHost';
import type { Restorable } from '../webviewSerializer';
import { reportedFixes } from './reportedFixes';
import { openBody } from './openBody';
import { shownAnswer } from './shownAnswer';

/** Long enough for a burst of typing. */
const PAUSE_MS = 150;

/** A request, and what is known of its last send, or of one in the history. */
interface Subject {
  readonly uri: string;
  readonly index: number;
  /** Stays when the store forgets it, such as when its file is closed: it is what the view names. */
  readonly sent: SentReport | undefined;
  readonly past?: {
    readonly kept: NonNullable<ShownAnswer['kept']>;
    /** The last report when this one was looked up: the next one takes its place. */
    readonly last: Report | undefined;
  };
}

/** The one webview that shows what came of the last send of a request, and follows its sends. */
export class ResponseView implements Restorable {
  readonly #host: WebviewHost;
  #subject: Subject = { uri: '', index: 0, sent: undefined };
  /** The send of the history that was asked for last. */
  #asked: HistoryEntry | undefined;
  /** The answer whose bodies the page has. */
  #posted: string | undefined;
  #typing: NodeJS.Timeout | undefined;
  #bodies: NodeJS.Timeout | undefined;
  /** What a fix would write; another one once it has. */
  #newId: string | undefined;
  readonly #ids = new WeakMap<object, string>();
  #lastId = 0;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly services: Services,
    private readonly live: LiveProblems,
    private readonly texts: ReadOnlyTexts,
    extension: Uri,
  ) {
    const { reports, sender } = services;
    const kind = {
      viewType: 'eccaex.response',
      name: 'response',
      title: 'Response',
      column: ViewColumn.Beside,
    };
    this.#host = new WebviewHost(kind, extension, services.random.uuid, {
      restored: (state) => {
        const { uri, index } = readState(state) ?? { uri: '', index: 0 };
        this.#look(uri, index);
        return true;
      },
      received: (message) => {
        const asked = readMessage(message);
        if (asked) inBackground(services.log, this.#answer(asked));
      },
    });
    const changed = (uri: Uri) => {
      if (uri.toString() === this.#subject.uri) this.#showSoon();
    };
    this.#disposables = [
      reports.onDidChange((uri) => this.#onReports(uri)),
      sender.inFlight.onDidChange(() => this.#show()),
      workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)),
      workspace.onDidOpenTextDocument(({ uri }) => changed(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => changed(uri)),
      this.#host,
    ];
  }

  /** Shows a request's last send beside the editor. */
  show(uri: string, index: number): void {
    this.#look(uri, index);
    this.#host.open();
    this.#show();
  }

  /** Shows one send of the history, until its request is sent again. False where it is no longer kept. */
  async showPast(entry: HistoryEntry, preserveFocus: boolean): Promise<boolean> {
    const asked = (this.#asked = entry);
    const subject = await this.#past(entry);
    if (!subject) return false;
    // Whoever clicks on meanwhile wants to see that one.
    if (this.#asked !== asked) return true;
    this.#subject = subject;
    this.#host.open(preserveFocus);
    this.#show();
    return true;
  }

  restore(panel: WebviewPanel, state: unknown): void {
    this.#host.restore(panel, state);
  }

  dispose(): void {
    clearTimeout(this.#typing);
    clearTimeout(this.#bodies);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #look(uri: string, index: number): void {
    const sent = this.#last(uri, index);
    this.#subject = { uri, index, sent };
    if (!sent) inBackground(this.services.log, this.#recall(this.#subject));
  }

  #last(uri: string, index: number): SentReport | undefined {
    return this.services.reports.latest(uri).find(({ report }) => report.index === index);
  }

  /** What this window does not know, the history may. */
  async #recall(unknown: Subject): Promise<void> {
    const { history } = this.services;
    await history.refresh();
    const entry = history.entries.find(({ uri, index }) => uri === unknown.uri && index === unknown.index);
    const past = entry && (await this.#past(entry));
    if (!past || this.#subject !== unknown) return;
    this.#subject = past;
    this.#show();
  }

  async #past(entry: HistoryEntry): Promise<Subject | undefined> {
    const { uri, index, state } = entry;
    const kept = await this.services.history.read(entry);
    if (!kept) return undefined;
    return {
      uri,
      index,
      sent: sentReportOf(kept, state !== 'in-flight'),
      past: {
        kept: kept.answered?.changed ?? kept.sent.changed ?? 'whole',
        last: this.#last(uri, index)?.report,
      },
    };
  }

  #onReports(uri: string): void {
    const { index, sent, past } = this.#subject;
    const reports = this.services.reports.latest(uri);
    if (uri === this.#subject.uri) {
      const last = this.#last(uri, index);
      const isNews = past ? last !== undefined && last.report !== past.last : reports.length > 0;
      if (isNews) this.#subject = { uri, index, sent: last };
    } else {
      // Its file has another name.
      const renamed = reports.find(({ report }) => report === sent?.report);
      if (!renamed) return;
      this.#subject = { uri, index, sent: renamed };
    }
    this.#show();
  }

  #showSoon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#show(), PAUSE_MS);
  }

  #show(): void {
    clearTimeout(this.#typing);
    this.#host.entitle(`Response: ${fileNameOf(this.#subject.uri)}`);
    if (!this.#host.isReady) return;
    const { uri, index } = this.#subject;
    const others = this.services.reports
      .latest(uri)
      .map(({ report }) => ({ index: report.index, outcome: report.outcome }))
      .sort((a, b) => a.index - b.index);
    this.#post({
      kind: 'show',
      request: {
        uri,
        index,
        name: this.#name(),
        others: others.length > 1 ? others : [],
        state: this.#state(),
      },
    });
    this.#postBodiesSoon();
  }

  #state(): Extract<ToView, { kind: 'show' }>['request']['state'] {
    const { uri, index, sent, past } = this.#subject;
    const flight = this.services.sender.inFlight.of(uri, index);
    if (flight) {
      const { environment, startedAt } = flight;
      return { kind: 'sending', environment, host: hostOf(environment, this.services), since: startedAt };
    }
    if (!sent) return { kind: 'unknown' };
    const host = hostOf(sent.report.environment, this.services);
    const answer = shownAnswer(sent, this.#idOf(sent), host, past?.kept, (place) => {
      const { fixes, isEdited } = this.#fixes(sent, place);
      // Of a past send nobody knows which text it was.
      return {
        isEdited: isEdited && !past,
        fixes: fixes.map(({ id, title }) => ({ id, title })),
      };
    });
    return { kind: 'answered', ...answer };
  }

  /** In a message of its own after the outcome, which would have to wait for them. */
  #postBodiesSoon(): void {
    clearTimeout(this.#bodies);
    this.#bodies = setTimeout(() => this.#postBodies(), 0);
  }

  #postBodies(): void {
    const { sent } = this.#subject;
    if (!sent?.exchange || !this.#host.isReady) return;
    const id = this.#idOf(sent);
    if (id === this.#posted) return;
    this.#posted = id;
    const { request, response } = sent.exchange;
    this.#post({ kind: 'bodies', id, sent: bytesOf(request.body), received: bytesOf(response?.body) });
  }

  #idOf({ exchange, report }: SentReport): string {
    const key = exchange ?? report;
    const id = this.#ids.get(key) ?? String(++this.#lastId);
    this.#ids.set(key, id);
    return id;
  }

  #fixes(sent: SentReport, place: number) {
    // What was offered is what is done: a new id is another one only after it was used.
    return reportedFixes(sent, place, this.live, () => (this.#newId ??= this.live.context().newId()));
  }

  async #answer(asked: FromView): Promise<void> {
    const { uri, index, sent } = this.#subject;
    const link = webLink(sent?.report.invoice?.['payment_link']);
    switch (asked.kind) {
      case 'ready':
        this.#host.ready();
        this.#posted = undefined;
        this.#show();
        return;
      case 'cancel': {
        const { inFlight } = this.services.sender;
        const flight = inFlight.of(uri, index);
        if (flight) inFlight.cancel(flight.id);
        return;
      }
      case 'send':
        await commands.executeCommand('eccaex.sendInvoice', { uri, index });
        return;
      case 'select':
        this.#look(uri, asked.index);
        this.#show();
        return;
      case 'copy':
        await copyText(asked.text);
        return;
      case 'copy-link':
        if (link) await copyText(link);
        return;
      case 'open-link':
        if (link) await openWebLink(link);
        return;
      case 'open-editor':
        if (sent) await openBody(sent, this.texts);
        return;
      case 'problem':
        if (sent) await showProblem(sent, sent.report.problems[asked.place]);
        return;
      case 'docs': {
        // Of a past send, whoever can write the journal can have written it.
        const docs = webLink(sent?.report.problems[asked.place]?.docs);
        if (docs) await openWebLink(docs);
        return;
      }
      case 'fix':
        if (sent) await this.#fix(sent, asked.place, asked.id);
        return;
    }
  }

  /** The fix is found anew, for the text of now: what the page names may have changed, or never been offered. */
  async #fix(sent: SentReport, place: number, id: string): Promise<void> {
    const { fixes, document } = this.#fixes(sent, place);
    const fix = fixes.find((one) => one.id === id);
    if (!fix) {
      this.#show();
      return;
    }
    const { environment, index } = sent.report;
    const isBatch = document.root?.type === 'array';
    const subject = { uri: sent.uri, environment, ...(isBatch ? { index } : {}) };
    const effect = effectOf(fix, Uri.parse(sent.uri), document, subject);
    if ('command' in effect) {
      const { command, arguments: given = [] } = effect.command;
      await commands.executeCommand(command, ...(given as unknown[]));
      return;
    }
    this.#newId = undefined;
    await workspace.applyEdit(effect.edit);
  }

  #name(): string {
    const { uri, index } = this.#subject;
    const isBatch = this.services.reports.latest(uri).length > 1 || index > 0;
    return isBatch ? `${fileNameOf(uri)} · request ${index + 1}` : fileNameOf(uri);
  }

  #post(message: ToView): void {
    this.#host.post(message);
  }
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
