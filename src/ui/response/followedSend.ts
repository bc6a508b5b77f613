import type { History } from '../../app/history/history';
import { sentReportOf } from '../../app/outcomes/keptReport';
import type { SentReport } from '../../app/outcomes/sentReport';
import type { HistoryEntry } from '../../core/journal/merge';
import type { Report } from '../../core/report/report';
import type { ShownAnswer } from '../../webview/response/protocol';
import { inBackground } from '../shell/log';
import type { Services } from '../shell/services';

/** A request, and what is known of its last send, or of one in the history. */
export interface Subject {
  readonly uri: string;
  readonly index: number;
  /** Stays when the store forgets it, such as when its file is closed: it is what the view names. */
  readonly sent: SentReport | undefined;
  readonly past?: {
    readonly entry: HistoryEntry;
    readonly kept: NonNullable<ShownAnswer['kept']>;
    /** The last report when this one was looked up: the next one takes its place. */
    readonly last: Report | undefined;
  };
  /** Where nothing is known of it, since when: what is sent later, in whatever window, is news. ISO 8601. */
  readonly unknownSince?: string;
}

/** What the view is about: it follows the sends of a request, those of other windows by what the history has of them. */
export class FollowedSend {
  #now: Subject = { uri: '', index: 0, sent: undefined };
  /** The send of the history that was asked for last. */
  #asked: HistoryEntry | undefined;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(
    private readonly services: Pick<Services, 'outcomes' | 'history' | 'clock' | 'log'>,
    private readonly changed: () => void,
  ) {
    this.#disposables = [
      services.outcomes.onDidChange((change) => {
        if (change.kind === 'reported') this.#onReports(change.uri);
        else if (change.kind === 'settled') this.#onSettled(change.sent);
        else if (change.kind === 'kept') this.#onHistory();
        else this.changed();
      }),
    ];
  }

  get now(): Subject {
    return this.#now;
  }

  /** The last send of a request, or the one of the history that is named: no other one takes the place of that. */
  look(uri: string, index: number, id?: string): void {
    const sent = id === undefined ? this.#last(uri, index) : undefined;
    this.#set(sent ? { uri, index, sent } : this.#unknown(uri, index));
    if (!sent) inBackground(this.services.log, this.#recall(this.#now, id));
  }

  /** One send of the history, until its request is sent again. False where it is no longer kept. */
  async lookAt(entry: HistoryEntry): Promise<boolean> {
    const asked = (this.#asked = entry);
    const subject = await this.#past(entry);
    if (!subject) return false;
    // Whoever clicks on meanwhile wants to see that one.
    if (this.#asked === asked) this.#set(subject);
    return true;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #set(subject: Subject): void {
    this.#now = subject;
    this.changed();
  }

  #unknown(uri: string, index: number): Subject {
    return { uri, index, sent: undefined, unknownSince: this.services.clock.now().toISOString() };
  }

  #last(uri: string, index: number): SentReport | undefined {
    return this.services.outcomes.lastOf(uri, index);
  }

  /** What this window does not know, the history may. */
  async #recall(unknown: Subject, id: string | undefined): Promise<void> {
    const { history } = this.services;
    await history.refresh();
    const entry = id === undefined ? newestOf(history, unknown) : history.entry(id);
    if (entry) await this.#follow(unknown, entry);
  }

  async #follow(before: Subject, entry: HistoryEntry): Promise<void> {
    const past = await this.#past(entry);
    if (past && this.#now === before) this.#set(past);
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
        entry,
        kept: kept.answered?.changed ?? kept.sent.changed ?? 'whole',
        last: this.#last(uri, index)?.report,
      },
    };
  }

  #onSettled({ uri, report: { index } }: SentReport): void {
    if (uri === this.#now.uri && index === this.#now.index) this.look(uri, index);
  }

  #onReports(uri: string): void {
    const { index, sent, past } = this.#now;
    const reports = this.services.outcomes.latest(uri);
    if (uri === this.#now.uri) {
      const last = this.#last(uri, index);
      const isNews = past ? last !== undefined && last.report !== past.last : reports.length > 0;
      if (isNews) this.#now = last ? { uri, index, sent: last } : this.#unknown(uri, index);
    } else {
      // Its file has another name.
      const renamed = reports.find(({ report }) => report === sent?.report);
      if (!renamed) return;
      this.#now = { uri, index, sent: renamed };
    }
    this.changed();
  }

  /** A response can come in, and a send can be deleted, in another window, too. */
  #onHistory(): void {
    const { history, log } = this.services;
    const { uri, index, past, unknownSince } = this.#now;
    if (past) {
      const entry = history.entry(past.entry.id);
      if (!entry) this.#set(this.#unknown(uri, index));
      else if (entry.state !== past.entry.state) inBackground(log, this.#follow(this.#now, entry));
    } else if (unknownSince !== undefined) {
      const entry = newestOf(history, this.#now);
      if (entry && entry.at >= unknownSince) inBackground(log, this.#follow(this.#now, entry));
    }
  }
}

function newestOf(history: History, { uri, index }: Subject): HistoryEntry | undefined {
  return history.entriesOf(uri).find((entry) => entry.index === index);
}
