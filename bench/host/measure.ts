import { writeFileSync } from 'node:fs';
import { commands, extensions, Uri, workspace } from 'vscode';

/** What one start of VS Code gives, in milliseconds. The sends are ours alone. */
export interface Measured {
  readonly activation: number;
  readonly firstSend?: number;
  readonly secondSend?: number;
}

/** What VS Code calls in its extension host: activates the extension under development, sends twice where it can. */
export async function run(): Promise<void> {
  const { BENCH_EXTENSION = '', BENCH_RESULT = '' } = process.env;
  const extension = extensions.getExtension(BENCH_EXTENSION);
  if (!extension || extension.isActive) throw new Error(`${BENCH_EXTENSION} is not there to be activated.`);
  const activation = await timeOf(() => extension.activate());
  const sends = BENCH_EXTENSION.startsWith('bench.') ? {} : await sendTwice();
  writeFileSync(BENCH_RESULT, JSON.stringify({ activation, ...sends } satisfies Measured));
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
