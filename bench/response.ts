import { setTimeout } from 'node:timers/promises';
import { startScriptedServer } from '../test/support/scriptedServer';
import { packageExtension } from '../test/support/staticChecks';
import { Workbench } from '../test/support/vscode/workbench';
import { setKey, switchTo } from '../test/ui/actions';
import { requestText } from '../test/ui/requests';
import type { Benchmark } from './benchmark';
import { compareMeasured } from './comparison';

/** The frames in which the view shows what came of a send, and in which it shows the body. */
const MARKS = ['outcome painted', 'response painted'] as const;
type Mark = (typeof MARKS)[number];
type Painted = Readonly<Record<Mark, number>>;

const SLOWEST_MS = 60_000;

/** From the last byte that the server wrote to the frames in which the view beside the editor shows it. */
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
    isTimed: true,
    files: { 'order.invoice.json': requestText({ external_id: '{{$uuid}}' }) },
    settings: { 'eccaex.baseUrl.dev': server.baseUrl },
  });
  try {
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', 'any_key_0123456789');
    await workbench.openFile('order.invoice.json');
    const send = async (size: number): Promise<Painted> => {
      answer = invoiceOf(size);
      await workbench.webview().locator('body').evaluate('performance.clearMarks()');
      // The view has the focus when it opens; the button is above the editor that has it.
      await workbench.page.keyboard.press('ControlOrMeta+1');
      await workbench.titleButton('Send Invoice Request').click();
      const deadline = Date.now() + SLOWEST_MS;
      while (Date.now() < deadline) {
        const [outcome, body] = await marked(workbench);
        if (outcome && body)
          return { 'outcome painted': outcome - written, 'response painted': body - written };
        await setTimeout(50);
      }
      throw new Error(`an answer of ${size} bytes was not shown`);
    };
    answer = invoiceOf(1_000);
    await workbench.titleButton('Send Invoice Request').click();
    await workbench.titleButton('Show Response').click();
    await workbench.webview().locator('.top', { hasText: 'Invoice created' }).waitFor();
    const rounds: { small: Painted; large: Painted }[] = [];
    for (let round = -1; round < pick(9, 1); round++) {
      const one = { small: await send(10_000), large: await send(10_000_000) };
      if (round >= 0) rounds.push(one);
    }
    note('Both in the same view, in a browser that draws without a graphics card, on the same processors.');
    return MARKS.map((mark) =>
      compareMeasured(
        {
          what: `last byte to ${mark}, 10 MB`,
          unit: 'ms',
          against: 'the same, 10 KB',
          aim: { more: 1000 },
        },
        rounds.map(({ small, large }) => ({ ours: large[mark], theirs: small[mark] })),
      ),
    );
  } finally {
    await workbench.close();
    await server.stop();
  }
};

/** When each was, in milliseconds since 1970. */
async function marked(workbench: Workbench): Promise<(number | undefined)[]> {
  const script = `${JSON.stringify(MARKS)}.map((name) => {
    const [mark] = performance.getEntriesByName(name);
    return mark && performance.timeOrigin + mark.startTime;
  })`;
  const marks: unknown = await workbench.webview().locator('body').evaluate(script);
  return marks as (number | undefined)[];
}

function invoiceOf(size: number): string {
  const head = '{"invoice_id":"i-1","amount":"1.00","payment_link":"https://pay.example/i-1"';
  const keys: string[] = [];
  for (let length = head.length; length < size - 60; length += 52)
    keys.push(`,"key${String(keys.length).padStart(7, '0')}":"${'v'.repeat(37)}"`);
  return `${head}${keys.join('')}}`;
}
