import path from 'node:path';
import { type MochaOrder } from './mochaChild';
import { type Tally } from './mochaRun';
import { PROJECT } from './paths';
import { ended, start } from './processes';

/**
 * Runs test files with mocha in a Node process of their own, printing as they go. Rejects when the process ends
 * without a tally, as it does when a file cannot be loaded.
 */
export async function runInNode(order: MochaOrder): Promise<Tally> {
  const script = path.join(__dirname, 'mochaChild.ts');
  const child = start(process.execPath, ['--import', 'tsx', script, JSON.stringify(order)], {
    cwd: PROJECT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let tally: Tally | undefined;
  child.once('message', (message: Tally) => void (tally = message));
  const code = await ended(child);
  if (tally === undefined) throw new Error(`The tests did not come to an end (exit code ${code}).`);
  return tally;
}
