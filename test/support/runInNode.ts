import { once } from 'node:events';
import path from 'node:path';
import { type MochaMessage, type MochaOrder } from './mochaChild';
import { type Tally } from './mochaRun';
import { PROJECT } from './paths';
import { start } from './processes';

/** What tests came to, and what they printed. */
export interface TestRun {
  readonly tally: Tally;
  readonly output: string;
}

/**
 * Runs test files with mocha in a Node process of their own, which may be another Node. A failure is printed as it happens, since the
 * process may run for long. Rejects, with what was printed, when the process ends without a tally, as it does when a file cannot be loaded.
 */
export async function runInNode(order: MochaOrder, node = process.execPath): Promise<TestRun> {
  const script = path.join(__dirname, 'mochaChild.ts');
  const child = start(node, ['--import', 'tsx', script, JSON.stringify(order)], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const append = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', append);
  child.stderr?.on('data', append);
  let tally: Tally | undefined;
  child.on('message', (message: MochaMessage) => {
    if ('tally' in message) tally = message.tally;
    else console.log(`✘ ${message.failure.title}\n${message.failure.error}`);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (tally === undefined)
    throw new Error(`${output}\nThe tests did not come to an end (exit code ${String(code)}).`);
  return { tally, output };
}
