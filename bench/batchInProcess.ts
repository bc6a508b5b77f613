// A process of its own: sends a batch as the extension does, and prints what that took.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { randomUUID } from 'node:crypto';
import { ReportStore } from '../src/app/reports/reportStore';
import { senderOf } from '../test/support/senderOf';
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

async function main(baseUrl = '', count = 0, stopAt = Infinity): Promise<void> {
  const sending = new Sending(baseUrl);
  const items = sending.write(`[${Array.from({ length: count }, () => invoice(randomUUID())).join(',\n')}]`);
  const sender = senderOf(sending.ports, new ReportStore());
  const stop = new AbortController();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let done = 0;
  let stoppedAt = NaN;
  delay.enable();
  const begin = performance.now();
  const { reports } = await sender.send(items, 'dev', {
    signal: stop.signal,
    onReport: () => {
      if (++done !== stopAt) return;
      stoppedAt = performance.now();
      stop.abort();
    },
  });
  const end = performance.now();
  delay.disable();
  const counted = (outcome: string) => reports.filter(({ report }) => report.outcome === outcome).length;
  const sent: BatchSent = {
    created: counted('created'),
    unanswered: counted('unanswered'),
    ms: end - begin,
    peakMb: process.resourceUsage().maxRSS / 1000,
    longestBlockMs: delay.max / 1e6,
    stopMs: end - stoppedAt,
  };
  console.log(JSON.stringify(sent));
  sending.dispose();
}

const [baseUrl, count, stopAt] = process.argv.slice(2);
main(baseUrl, Number(count), stopAt === undefined ? Infinity : Number(stopAt)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
