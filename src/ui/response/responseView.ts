import { commands, Uri, ViewColumn, workspace, type Command, type WebviewPanel } from 'vscode';
import { requestOfNow } from '../../app/outcomes/requestsOfNow';
import type { SentReport } from '../../app/outcomes/sentReport';
import { firstToSee } from '../../app/outcomes/whatNext';
import type { ActionFix } from '../../core/fixes/fix';
import type { HistoryEntry } from '../../core/journal/merge';
import { webLink } from '../../core/response/webLink';
import { readMessage, readState, type FromView, type ToView } from '../../webview/response/protocol';
import { inBackground } from '../shell/log';
import { readArguments, startedHere } from '../shell/commandArguments';
import { copyText, openWebLink } from '../shell/notify';
import { hostOf } from '../shell/environmentLabels';
import { fileNameOf } from '../shell/convert';
import { commandOf, pastCommandOf, runHere, editOf } from '../shell/fixCommands';
import type { LiveProblems } from '../language/liveProblems';
import { placeNow } from '../shell/placeNow';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import type { Services } from '../shell/services';
import { sendAgain } from '../shell/sendAgain';
import { showProblem } from '../shell/showProblem';
import { WebviewHost } from '../shell/webviewHost';
import type { Restorable } from '../shell/webviewSerializer';
import { FollowedSend, type Subject } from './followedSend';
import { openBody } from './openBody';
import { reportedFixes } from './reportedFixes';
import { shownAnswer } from './shownAnswer';
import { batchOf, restOf, shownBatch } from './shownBatch';

/** Long enough for a burst of typing. */
const PAUSE_MS = 150;

/** The one webview that shows what came of the last send of a request, and follows its sends. */
export class ResponseView implements Restorable {
  readonly #host: WebviewHost;
  readonly #followed: FollowedSend;
  /** The response whose bodies the page has. */
  #posted: string | undefined;
  /** The files whose requests were sent together. */
  #files: readonly string[] = [];
  #postedBatch: readonly SentReport[] | undefined;
  #typing: NodeJS.Timeout | undefined;
  #bodies: NodeJS.Timeout | undefined;
  /** What a fix would write; another one once it has. */
  #newId: string | undefined;
  readonly #ids = new WeakMap<object, string>();
  #lastId = 0;
  /** Whether it stays with its request whatever is sent. */
  #isPinned = false;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly services: Services,
    private readonly live: LiveProblems,
    private readonly texts: ReadOnlyTexts,
    extension: Uri,
  ) {
    this.#followed = new FollowedSend(services, () => this.#show());
    const kind = {
      viewType: 'eccaex.response',
      name: 'response',
      title: 'Response',
      column: ViewColumn.Beside,
    };
    this.#host = new WebviewHost(kind, extension, services.random.uuid, {
      restored: (state) => {
        const { uri, index, entry, isPinned } = readState(state) ?? { uri: '', index: 0 };
        this.#isPinned = isPinned === true;
        this.#followed.look(uri, index, entry);
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
      this.#followed,
      workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)),
      workspace.onDidOpenTextDocument(({ uri }) => changed(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => changed(uri)),
      this.#host,
    ];
  }

  /** Shows a request's last send beside the editor. `files`: those whose requests were sent together. */
  show(uri: string, index: number, files: readonly string[] = []): void {
    this.#files = files;
    this.#followed.look(uri, index);
    this.#host.open();
    this.#show();
  }

  /**
   * After a send: a view that is open shows it, unless it is pinned to another; one that is not is opened where the
   * setting says so. The focus stays where it is. Of several requests, the one to look at first.
   */
  follow(first: unknown): void {
    const { outcomes } = this.services;
    const { uris = [], index } = readArguments(first);
    const files = uris.map(String);
    const several = files.flatMap((uri) => outcomes.latest(uri));
    const named = index === undefined ? undefined : outcomes.lastOf(files[0] ?? '', index);
    const sent = named ?? firstToSee(several) ?? several[0];
    const { uri: shown, index: place } = this.#subject;
    const isKept = this.#isPinned || outcomes.flightOf(shown, place) !== undefined;
    // Another send that ends meanwhile takes the place of none that is still on its way.
    if (!sent || (isKept && this.#host.isOpen)) return;
    const { report, exchange } = sent;
    const mode = workspace.getConfiguration('eccaex').get<unknown>('response.open');
    const isWanted = mode === 'always' || (mode === 'onError' && report.outcome !== 'created');
    // What was not sent is told in the file.
    if (!this.#host.isOpen && (!isWanted || exchange === undefined)) return;
    // Where one of them is sent again alone, the others stay beside it.
    if (files.length > 1 || !this.#files.includes(sent.uri)) this.#files = files;
    this.#followed.look(sent.uri, report.index);
    if (!this.#host.isOpen) this.#host.open(true);
    this.#show();
  }

  /** Shows one send of the history, until its request is sent again. False where it is no longer kept. */
  async showPast(entry: HistoryEntry, preserveFocus: boolean): Promise<boolean> {
    if (!(await this.#followed.lookAt(entry))) return false;
    this.#host.open(preserveFocus);
    this.#show();
    return true;
  }

  get #subject(): Subject {
    return this.#followed.now;
  }

  restore(panel: WebviewPanel, state: unknown): void {
    this.#host.restore(panel, state);
  }

  dispose(): void {
    clearTimeout(this.#typing);
    clearTimeout(this.#bodies);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #showSoon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#show(), PAUSE_MS);
  }

  #show(): void {
    clearTimeout(this.#typing);
    this.#host.entitle(`Response: ${fileNameOf(this.#subject.uri)}`);
    if (!this.#host.isReady) return;
    const { uri, index, past } = this.#subject;
    this.#post({
      kind: 'show',
      request: {
        uri,
        index,
        name: this.#name(),
        isPinned: this.#isPinned,
        ...(past ? { entry: past.entry.id } : {}),
        state: this.#state(),
      },
    });
    this.#postBatch();
    this.#postBodiesSoon();
  }

  #state(): Extract<ToView, { kind: 'show' }>['request']['state'] {
    const { uri, index, sent, past } = this.#subject;
    const flight = this.services.outcomes.flightOf(uri, index);
    if (flight) {
      const { environment, startedAt } = flight;
      const host = hostOf(environment, this.services);
      return { kind: 'sending', environment, host, since: startedAt, isOwn: true };
    }
    if (past?.entry.state === 'in-flight') {
      const { environment, url, at } = past.entry;
      return { kind: 'sending', environment, host: new URL(url).host, since: at, isOwn: false };
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

  /** The requests beside the one that is shown: those of the same send, else of the same file. */
  get #batch(): readonly SentReport[] {
    const { uri } = this.#subject;
    return batchOf(this.#files.includes(uri) ? this.#files : [uri], this.services.outcomes);
  }

  /** A batch may be large: it is posted anew only where it is another one. */
  #postBatch(): void {
    const batch = this.#batch;
    const posted = this.#postedBatch;
    if (posted?.length === batch.length && batch.every((sent, place) => sent === posted[place])) return;
    this.#postedBatch = batch;
    this.#post({ kind: 'batch', batch: shownBatch(batch, fileNameOf) });
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
        this.#postedBatch = undefined;
        this.#show();
        return;
      case 'cancel': {
        const { outcomes } = this.services;
        const flight = outcomes.flightOf(uri, index);
        if (flight) outcomes.cancel(flight.id);
        return;
      }
      case 'pin':
        this.#isPinned = !this.#isPinned;
        this.#show();
        return;
      case 'send':
        await commands.executeCommand('eccaex.sendInvoice', startedHere({ uri, index }));
        return;
      case 'select':
        if (this.#batch.some(({ uri: own, report }) => own === asked.uri && report.index === asked.index))
          this.#followed.look(asked.uri, asked.index);
        return;
      case 'send-rest':
        await sendAgain(restOf(this.#batch), this.services.outcomes);
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
      case 'simulate': {
        const { invoice_id: invoiceId } = sent?.report.invoice ?? {};
        if (typeof invoiceId === 'string')
          await commands.executeCommand('eccaex.simulatePayment', { invoiceId });
        return;
      }
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
    if ('edits' in fix) {
      this.#newId = undefined;
      await workspace.applyEdit(editOf(fix.edits, Uri.parse(sent.uri), document));
      return;
    }
    const { past } = this.#subject;
    const found = past ? pastCommandOf(fix.id, fix.title, past.entry) : await commandFor(fix, sent);
    if (found) await runHere(found);
  }

  #name(): string {
    const { uri, index } = this.#subject;
    const isBatch = this.services.outcomes.latest(uri).length > 1 || index > 0;
    return isBatch ? `${fileNameOf(uri)} · request ${index + 1}` : fileNameOf(uri);
  }

  #post(message: ToView): void {
    this.#host.post(message);
  }
}

/** The batch may have other requests at its places by now: what is sent again as it is now is looked for there. */
async function commandFor({ id, title }: ActionFix, sent: SentReport): Promise<Command | undefined> {
  const { uri, report } = sent;
  const { environment, index } = report;
  const isOfNow = id === 'eccaex.sendInvoice' && sent.request !== undefined;
  const place = isOfNow
    ? await placeNow(uri, index, (document) => requestOfNow(sent, document)?.index)
    : index;
  return place === undefined ? undefined : commandOf(id, title, { uri, environment, index: place });
}

function bytesOf(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
