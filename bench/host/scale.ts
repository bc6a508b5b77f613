import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { name, publisher } from '../../package.json';
import { commands, extensions, workspace, type Uri } from 'vscode';
import { blocking, inUse, keysIn, type Key } from './editing';
import { send, timesOf } from './sends';

/** What one start of VS Code gives, in milliseconds and megabytes. */
export interface Scale {
  /** By the name of the file: from an edit to the diagnostic, and the longest that the host did nothing else. */
  readonly keys: Readonly<Record<string, readonly Key[]>>;
  /** From the command to the first request's arrival: of all files at once, and of one. */
  readonly first: readonly { readonly ours: number; readonly theirs: number }[];
  readonly memory: { readonly few: number; readonly many: number };
  /** With all entries there: how long the view takes to open, and what it blocks; a send beside it, and without it. */
  readonly history: {
    readonly open: Opening;
    /** The same for a view of three rows. */
    readonly small: Opening;
    readonly memory: { readonly before: number; readonly after: number };
    readonly sends: readonly { readonly ours: number; readonly theirs: number }[];
  };
}

export interface Opening {
  readonly ms: number;
  readonly block: number;
}

const ARRIVALS = 'http.server.request.start';

/** What VS Code calls in its extension host. */
export async function run(): Promise<void> {
  const { BENCH_RESULT = '' } = process.env;
  const result = await measure().catch((error: unknown) => ({ error: String(error) }));
  writeFileSync(BENCH_RESULT, JSON.stringify(result));
}

async function measure(): Promise<Scale> {
  const { BENCH_KEYS = '', BENCH_ROUNDS = '', BENCH_ENTRIES = '' } = process.env;
  const extension = extensions.getExtension(`${publisher}.${name}`);
  if (!extension) throw new Error('The extension is not there.');
  await extension.activate();
  await commands.executeCommand('eccaex.startSandbox');
  const keys: Record<string, Key[]> = {};
  for (const file of BENCH_KEYS.split(',')) keys[file] = await keysIn(file, Number(BENCH_ROUNDS));
  await commands.executeCommand('workbench.action.closeAllEditors');
  const uris = await workspace.findFiles('many/*.invoice.json');
  const first: Scale['first'][number][] = [];
  const [one] = uris;
  if (!one) throw new Error('There are no files.');
  for (let round = 0; round < Number(BENCH_ROUNDS); round++)
    first.push({ ours: await firstArrivalOf(uris), theirs: await firstArrivalOf([one]) });
  const few = inUse();
  for (let sent = 0; sent < 1800; sent += uris.length) await send(uris);
  const many = inUse();
  for (let sent = 1800; sent < Number(BENCH_ENTRIES); sent += uris.length) await send(uris);
  return { keys, first, memory: { few, many }, history: await historyOf(one, Number(BENCH_ROUNDS)) };
}

async function firstArrivalOf(uris: readonly Uri[]): Promise<number> {
  let arrival: number | undefined;
  const arrived = () => (arrival ??= performance.now());
  subscribe(ARRIVALS, arrived);
  try {
    const begin = performance.now();
    await send(uris);
    if (arrival === undefined) throw new Error('Nothing arrived.');
    return arrival - begin;
  } finally {
    unsubscribe(ARRIVALS, arrived);
  }
}

async function historyOf(uri: Uri, rounds: number): Promise<Scale['history']> {
  const hidden = await timesOf(uri, rounds);
  const small = await openingOf('eccaex.environments');
  const before = inUse();
  const open = await openingOf('eccaex.history');
  const after = inUse();
  const visible = await timesOf(uri, rounds);
  const sends = visible.map((ours, round) => ({ ours, theirs: hidden[round] ?? NaN }));
  return { open, small, memory: { before, after }, sends };
}

async function openingOf(view: string): Promise<Opening> {
  const { result: ms, block } = await blocking(async () => {
    const begin = performance.now();
    await commands.executeCommand(`${view}.focus`);
    // What the view asks of the host is answered once this is.
    await commands.executeCommand('list.focusFirst');
    return performance.now() - begin;
  });
  return { ms, block };
}
