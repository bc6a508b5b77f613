import { writeFileSync } from 'node:fs';
import { name, publisher } from '../../package.json';
import { commands, extensions } from 'vscode';
import { inUse, keysIn, type Key } from './editing';

/** An editor while webhooks flood in, and before. */
export interface Flood {
  readonly quiet: readonly Key[];
  readonly flooded: readonly Key[];
  /** In megabytes. */
  readonly memory: { readonly before: number; readonly after: number };
}

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { BENCH_RESULT = '' } = process.env;
  const result = await measure().catch((error: unknown) => ({ error: String(error) }));
  writeFileSync(BENCH_RESULT, JSON.stringify(result));
}

async function measure(): Promise<Flood> {
  const { BENCH_FILE = '', BENCH_ROUNDS = '', BENCH_FLOOD = '' } = process.env;
  await extensions.getExtension(`${publisher}.${name}`)?.activate();
  const url = await commands.executeCommand<string>('eccaex.startWebhooks');
  const quiet = await keysIn(BENCH_FILE, Number(BENCH_ROUNDS));
  const before = inUse();
  await fetch(`${BENCH_FLOOD}/begin`, { method: 'POST', body: url });
  const flooded = await keysIn(BENCH_FILE, Number(BENCH_ROUNDS));
  const end = await fetch(`${BENCH_FLOOD}/end`, { method: 'POST' });
  if (!end.ok) throw new Error(await end.text());
  return { quiet, flooded, memory: { before, after: inUse() } };
}
