import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { name, publisher } from '../../package.json';
import { commands, extensions, Uri, window, workspace } from 'vscode';

/** From the call of the command to the request's arrival at a server in the same process, in milliseconds. */
export interface Wire {
  readonly cold: { readonly ours: number; readonly theirs: number };
  readonly warm: readonly { readonly ours: number; readonly theirs: number }[];
}

/** Ours, and the bare one. */
const EXTENSIONS = [`${publisher}.${name}`, 'bench.bare'];

const PAUSE_MS = 150;

const ARRIVALS = 'http.server.request.start';

/** What VS Code calls in its extension host: sends by the command of each extension in turn. */
export async function run(): Promise<void> {
  const { BENCH_RESULT = '', BENCH_SENDS = '50' } = process.env;
  const result = await measure(Number(BENCH_SENDS)).catch((error: unknown) => ({ error: String(error) }));
  writeFileSync(BENCH_RESULT, JSON.stringify(result));
}

async function measure(sends: number): Promise<Wire> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('There is no workspace.');
  for (const id of EXTENSIONS) {
    const extension = extensions.getExtension(id);
    if (!extension) throw new Error(`${id} is not there.`);
    await extension.activate();
  }
  await window.showTextDocument(Uri.joinPath(folder.uri, 'order.invoice.json'));
  const baseUrl = await commands.executeCommand<string>('eccaex.startSandbox');
  const pair = async () => ({
    ours: await arrivalOf(() => commands.executeCommand('eccaex.sendInvoice'), isCreated),
    theirs: await arrivalOf(
      () => commands.executeCommand('bench.send', baseUrl),
      (status) => status === 200 || status === 201,
    ),
  });
  const cold = await pair();
  const warm: Wire['warm'][number][] = [];
  for (let send = 0; send < sends; send++) warm.push(await pair());
  return { cold, warm };
}

async function arrivalOf(send: () => Thenable<unknown>, isDone: (result: unknown) => boolean) {
  // What the send before shows and keeps is not measured along.
  await setTimeout(PAUSE_MS);
  let arrival: number | undefined;
  const arrived = () => (arrival ??= performance.now());
  subscribe(ARRIVALS, arrived);
  try {
    const begin = performance.now();
    const result = await send();
    if (arrival === undefined || !isDone(result))
      throw new Error(`Nothing was created: ${JSON.stringify(result)}`);
    return arrival - begin;
  } finally {
    unsubscribe(ARRIVALS, arrived);
  }
}

function isCreated(report: unknown): boolean {
  return (report as { readonly outcome?: unknown } | undefined)?.outcome === 'created';
}
