import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { type HostTestOrder } from '../support/vscode/hostRun';
import { runMocha } from '../support/mochaRun';

/**
 * What VS Code calls in its extension host. Runs the test files that the order names; what mocha prints and what
 * it counted are written where the order says.
 */
export async function run(): Promise<void> {
  const order = JSON.parse(process.env.HOST_TEST_ORDER ?? '') as HostTestOrder;
  const print = (...args: unknown[]): void => appendFileSync(order.output, `${format(...args)}\n`);
  Mocha.reporters.Base.consoleLog = print;
  const files = order.files.map((file) => path.join(__dirname, file));
  const tally = await runMocha(files, order).catch((error: unknown) => {
    print(error);
    throw error;
  });
  writeFileSync(order.tally, JSON.stringify(tally));
  if (tally.failed > 0) throw new Error(`${tally.failed} tests failed`);
}
