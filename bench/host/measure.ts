import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { commands, extensions, Uri, workspace } from 'vscode';

const TICK_MS = 20;
const LATE_MS = 5;
const CALM_TICKS = 50;
const AFTERWARDS_MS = 2_000;
const LONGEST_START_MS = 30_000;

/** What one start of VS Code gives, in milliseconds. The sends are ours alone. */
export interface Measured {
  readonly activation: number;
  /** How long the extension host had something to do from the activation on, for two seconds. */
  readonly busy: number;
  readonly firstSend?: number;
  readonly secondSend?: number;
}

/** What VS Code calls in its extension host: activates the extension under development, sends twice where it can. */
export async function run(): Promise<void> {
  const { BENCH_EXTENSION = '', BENCH_RESULT = '' } = process.env;
  const result = await measure(BENCH_EXTENSION).catch((error: unknown) => ({ error: String(error) }));
  writeFileSync(BENCH_RESULT, JSON.stringify(result));
}

async function measure(id: string): Promise<Measured> {
  const extension = extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not there.`);
  if (extension.isActive) throw new Error(`${id} is active already.`);
  await calm();
  const before = performance.eventLoopUtilization();
  const activation = await timeOf(() => extension.activate());
  await setTimeout(AFTERWARDS_MS);
  const busy = performance.eventLoopUtilization(before).active;
  const sends = id.startsWith('bench.') ? {} : await sendTwice();
  return { activation, busy, ...sends };
}

/** The extension host has much to do as it starts, and would be measured along. */
async function calm(): Promise<void> {
  const deadline = performance.now() + LONGEST_START_MS;
  for (let punctual = 0; punctual < CALM_TICKS && performance.now() < deadline;) {
    const late = (await timeOf(() => setTimeout(TICK_MS))) - TICK_MS;
    punctual = late < LATE_MS ? punctual + 1 : 0;
  }
}

async function sendTwice(): Promise<{ firstSend: number; secondSend: number }> {
  await commands.executeCommand('eccaex.startSandbox');
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('There is no workspace.');
  const uri = Uri.joinPath(folder.uri, 'order.json');
  const send = async () => {
    const report = await commands.executeCommand<{ outcome?: string } | undefined>('eccaex.sendInvoice', {
      uri,
    });
    if (report?.outcome !== 'created') throw new Error(`It was not created: ${JSON.stringify(report)}`);
  };
  return { firstSend: await timeOf(send), secondSend: await timeOf(send) };
}

async function timeOf(work: () => Thenable<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
