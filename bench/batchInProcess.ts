// A process of its own: sends a batch, or several one after the other, as the extension does, and prints what that took.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { randomUUID } from 'node:crypto';
import { emptyOutcomes, senderOf } from '../test/support/senderOf';
import { Sending } from '../test/support/sending';
import { invoice } from './requests';

export interface BatchSent {
  readonly created: number;
  readonly unanswered: number;
  readonly ms: number;
  /** Of the whole process, its programs included. */
  readonly peakMb: number;
  readonly longestBlockMs: number;
  /** From the stop to the end. */
  readonly stopMs: number;
}

/** What it is told, as JSON in its first argument. */
export interface Order {
  readonly baseUrl: string;
  /** How many requests each batch has. */
  readonly batches: readonly number[];
  /** After how many reports to stop. */
  readonly stopAt?: number;
}

async function main({ baseUrl, batches, stopAt }: Order): Promise<void> {
  const sending = new Sending(baseUrl);
  const sender = senderOf(sending.ports, emptyOutcomes());
  const stop = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const counts = { created: 0, unanswered: 0 };
  let done = 0;
  let stoppedAt = NaN;
  delay.enable();
  const begin = performance.now();
  for (const count of batches) {
    const items = sending.write(
      `[${Array.from({ length: count }, () => invoice(randomUUID())).join(',\n')}]`,
    );
    const { reports } = await sender.send(items, 'dev', {
      signal: stop.signal,
      onReport: () => {
        if (++done !== stopAt) return;
        stoppedAt = performance.now();
        stop.abort();
      },
    });
    for (const { report } of reports) {
      if (report.outcome === 'created' || report.outcome === 'unanswered') counts[report.outcome]++;
    }
  }
  const end = performance.now();
  delay.disable();
  const sent: BatchSent = {
    ...counts,
    ms: end - begin,
    peakMb: process.resourceUsage().maxRSS / 1000,
    longestBlockMs: delay.max / 1e6,
    stopMs: end - stoppedAt,
  };
  console.log(JSON.stringify(sent));
  sending.dispose();
}

main(JSON.parse(process.argv[2] ?? '') as Order).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
