import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { type HostTestOrder } from '../support/vscode/hostRun';
import { runMocha } from '../support/mochaRun';

/** For a person who debugs: everything on the console, and all the time that it takes. */
const WITHOUT_ORDER: HostTestOrder = { timeout: 0, color: false };

/**
 * What VS Code calls in its extension host: runs the test files that are built beside this one. Rejects when a test
 * fails or a file cannot be loaded.
 */
export async function run(): Promise<void> {
  const given = process.env.HOST_TEST_ORDER;
  const order = given === undefined ? WITHOUT_ORDER : (JSON.parse(given) as HostTestOrder);
  const print = (...args: unknown[]): void => {
    if (order.output === undefined) console.log(...args);
    else appendFileSync(order.output, `${format(...args)}\n`);
  };
  Mocha.reporters.Base.consoleLog = print;
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js') && path.dirname(file) !== order.without)
    .sort();
  const tally = await runMocha(
    files.map((file) => path.join(__dirname, file)),
    order,
  ).catch((error: unknown) => {
    print(error);
    throw error;
  });
  if (order.tally !== undefined) writeFileSync(order.tally, JSON.stringify(tally));
  if (tally.failed > 0) throw new Error(`${tally.failed} tests failed`);
}
