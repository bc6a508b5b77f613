import { setTimeout } from 'node:timers/promises';
import { startScriptedServer } from '../test/support/scriptedServer';
import { packageExtension } from '../test/support/staticChecks';
import { Workbench } from '../test/support/vscode/workbench';
import { setKey, switchTo } from '../test/ui/actions';
import { requestText } from '../test/ui/requests';
import type { Benchmark } from './benchmark';
import { compareMeasured } from './comparison';

const PAINTED =
  "performance.getEntriesByName('answer painted').map((mark) => performance.timeOrigin + mark.startTime)";

/** From the last byte that the server wrote to the frame in which the view beside the editor shows it. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const complaint = await packageExtension();
  if (complaint !== '') throw new Error(complaint);
  let answer = '';
  let written = NaN;
  const server = await startScriptedServer((res) => {
    res.once('finish', () => (written = Date.now()));
    res.writeHead(201, { 'Content-Type': 'application/json' }).end(answer);
  });
  const workbench = await Workbench.open({
    files: { 'order.invoice.json': requestText({ external_id: '{{$uuid}}' }) },
    settings: { 'eccaex.baseUrl.dev': server.baseUrl },
  });
  try {
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', 'any_key_0123456789');
    await workbench.openFile('order.invoice.json');
    const send = async (size: number): Promise<number> => {
      answer = invoiceOf(size);
      const before = await painted(workbench);
      // The view has the focus when it opens; the button is above the editor that has it.
      await workbench.page.keyboard.press('ControlOrMeta+1');
      await workbench.titleButton('Send Invoice Request').click();
      for (;;) {
        const marks = await painted(workbench);
        const [first] = marks.slice(before.length);
        if (first !== undefined) return first - written;
        await setTimeout(50);
      }
    };
    answer = invoiceOf(1_000);
    await workbench.titleButton('Send Invoice Request').click();
    await workbench.titleButton('Show Response').click();
    await workbench.webview().locator('.top', { hasText: 'Invoice created' }).waitFor();
    const pairs: { ours: number; theirs: number }[] = [];
    for (let round = -1; round < pick(9, 1); round++) {
      const pair = { theirs: await send(10_000), ours: await send(10_000_000) };
      if (round >= 0) pairs.push(pair);
    }
    note('Both in the same view, in a browser that draws without a graphics card.');
    return [
      compareMeasured(
        {
          what: 'last byte to first paint, 10 MB',
          unit: 'ms',
          against: 'the same, 10 KB',
          aim: { more: 1000 },
        },
        pairs,
      ),
    ];
  } finally {
    await workbench.close();
    await server.stop();
  }
};

/** When answers were painted, in milliseconds since 1970. */
async function painted(workbench: Workbench): Promise<number[]> {
  const marks: unknown = await workbench.webview().locator('body').evaluate(PAINTED);
  return marks as number[];
}

function invoiceOf(size: number): string {
  const head = '{"invoice_id":"i-1","amount":"1.00","payment_link":"https://pay.example/i-1"';
  const keys: string[] = [];
  for (let length = head.length; length < size - 60; length += 52)
    keys.push(`,"key${String(keys.length).padStart(7, '0')}":"${'v'.repeat(37)}"`);
  return `${head}${keys.join('')}}`;
}
