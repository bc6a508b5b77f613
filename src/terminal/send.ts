import type { SendPorts } from '../app/ports';
import { sendInvoices } from '../app/sendInvoices';
import type { Target } from '../app/target';
import type { Report } from '../core/report/report';
import type { SendCommand } from './arguments';
import { TerminalConsent } from './consent';
import { exitCodeOf } from './exitCode';
import { readSources } from './files';
import { harmless } from './harmless';
import type { Output } from './output';
import { Progress } from './progress';
import { printResults } from './results';
import type { World } from './world';

/** `eccaex send`. Resolves to the exit code. */
export async function send(command: SendCommand, world: World, output: Output): Promise<number> {
  const sources = await readSources(command.files, command.name, world);
  const { streams, interrupted } = world;
  const canAsk = streams.stdin.isTTY === true && streams.stderr.isTTY === true && !command.json;
  const opened = await world.open(command);
  const ports: SendPorts = {
    ...opened.ports,
    files: sources.files,
    consent: new TerminalConsent(streams, canAsk, interrupted),
  };
  const progress = new Progress(streams.stderr);
  try {
    const { reports } = await sendInvoices(
      sources.uris.map((uri) => ({ uri })),
      command.environment,
      ports,
      {
        signal: interrupted,
        onTarget: (target, count) => {
          if (count > 0) output.note(announcement(target, count, command));
          progress.begin(count);
        },
        onReport: () => progress.step(),
      },
    );
    progress.end();
    printResults(reports, command.json, sources, output);
    return codeOf(
      reports.map(({ report }) => report),
      interrupted,
    );
  } finally {
    await opened.close();
  }
}

function announcement({ environment, origin }: Target, count: number, { baseUrl }: SendCommand): string {
  const requests = count === 1 ? '1 request' : `${count} requests`;
  const own = environment === 'sandbox' && baseUrl === undefined ? ', for this command alone' : '';
  return harmless(`Sending ${requests} to ${environment} (${origin}${own})`);
}

/** An interrupted send ends as one by its signal, unless something was sent before. */
function codeOf(reports: readonly Report[], interrupted: AbortSignal): number {
  if (interrupted.aborted && reports.every(({ durationMs }) => durationMs === undefined)) {
    return 128 + Number(interrupted.reason);
  }
  return exitCodeOf(reports.map(({ outcome }) => outcome));
}
