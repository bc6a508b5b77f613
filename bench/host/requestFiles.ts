import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { name, publisher } from '../../package.json';
import { commands, extensions, workspace } from 'vscode';
import { blocking } from './editing';
import { timesOf } from './sends';

/** What one start of VS Code in a workspace of many request files gives, in milliseconds. */
export interface Listing {
  /** The longest that the host did nothing else as the files were listed, and as a view without any was shown. */
  readonly block: { readonly ours: number; readonly theirs: number };
  /** A send beside the list, and without it. */
  readonly sends: readonly { readonly ours: number; readonly theirs: number }[];
}

/** Longer than it takes to find and list the files: VS Code does not say when it has. */
const LISTED_MS = 5_000;

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { BENCH_RESULT = '' } = process.env;
  const result = await measure().catch((error: unknown) => ({ error: String(error) }));
  writeFileSync(BENCH_RESULT, JSON.stringify(result));
}

async function measure(): Promise<Listing> {
  const rounds = Number(process.env.BENCH_ROUNDS);
  await extensions.getExtension(`${publisher}.${name}`)?.activate();
  await commands.executeCommand('eccaex.startSandbox');
  const [one] = await workspace.findFiles('*.invoice.json');
  if (!one) throw new Error('There is no file.');
  const hidden = await timesOf(one, rounds);
  const theirs = await blockAt('workbench.view.debug');
  const ours = await blockAt('eccaex.requests.focus');
  const visible = await timesOf(one, rounds);
  const sends = visible.map((time, round) => ({ ours: time, theirs: hidden[round] ?? NaN }));
  return { block: { ours, theirs }, sends };
}

async function blockAt(view: string): Promise<number> {
  const { block } = await blocking(async () => {
    await commands.executeCommand(view);
    await setTimeout(LISTED_MS);
  });
  return block;
}
