import { outcomeOf } from '../../core/journal/merge';
import type { Environment } from '../../core/environments/environment';
import type { Outcome } from '../../core/report/report';
import type { History } from '../history/history';
import type { ReportStore } from './reportStore';
import type { SentReport } from './sentReport';

/** How the last send of a request ended. */
export interface LastOutcome {
  readonly index: number;
  readonly outcome: Outcome | 'in flight';
  readonly environment: Environment;
  /** ISO 8601. */
  readonly at: string;
  /** What tells an invoice from others, where it was sent. */
  readonly externalId?: string;
}

/**
 * How the last send of each request ended, as the history has it and the reports since: those of requests that were
 * not sent are in no history, and reports are forgotten when a file is closed.
 */
export class LastOutcomes {
  /** By file and place in it. */
  readonly #reported = new Map<string, Map<number, LastOutcome>>();

  constructor(
    private readonly reports: Pick<ReportStore, 'latest' | 'onDidChange'>,
    private readonly history: Pick<History, 'entries'>,
  ) {}

  /** Keeps what the reports say from now on. */
  watch(): { dispose(): void } {
    return this.reports.onDidChange((uri) => {
      const latest = this.reports.latest(uri);
      if (latest.length > 0)
        this.#reported.set(uri, new Map(latest.map((sent) => [sent.report.index, ofReport(sent)])));
    });
  }

  /** In the order of the requests of a file. */
  of(uri: string): readonly LastOutcome[] {
    const found = new Map(this.#reported.get(uri));
    for (const entry of this.history.entries) {
      if (entry.uri !== uri) continue;
      const { index, environment, at, request } = entry;
      const { externalId } = request;
      const known = found.get(index);
      if (known && known.at >= at) continue;
      const outcome = outcomeOf(entry);
      found.set(index, {
        index,
        outcome,
        environment,
        at,
        ...(externalId === undefined ? {} : { externalId }),
      });
    }
    return [...found.values()].sort((a, b) => a.index - b.index);
  }
}

function ofReport({ report }: SentReport): LastOutcome {
  const { index, outcome, environment, at, invoice } = report;
  const externalId = invoice?.['external_id'];
  return { index, outcome, environment, at, ...(typeof externalId === 'string' ? { externalId } : {}) };
}
