// A process of its own: sends one file many times, as the extension does, and prints what is in use then.
import assert from 'node:assert/strict';
import { collectGarbage } from '../test/support/collectGarbage';
import { emptyOutcomes, senderOf } from '../test/support/senderOf';
import { Sending } from '../test/support/sending';
import { invoice } from './requests';

async function main(baseUrl = '', count = 0): Promise<void> {
  const sending = new Sending(baseUrl);
  const items = sending.write(invoice('{{$uuid}}'));
  const sender = senderOf(sending.ports, emptyOutcomes());
  const send = async (times: number) => {
    for (let sent = 0; sent < times; sent++) {
      const { reports } = await sender.send(items, 'dev', { signal: new AbortController().signal });
      assert.equal(reports[0]?.report.outcome, 'created');
    }
  };
  await send(count);
  const few = inUse();
  await send(9 * count);
  console.log(JSON.stringify({ few, many: inUse() }));
  sending.dispose();
}

/** Megabytes that are still needed. */
function inUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

main(process.argv[2], Number(process.argv[3])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
