import type { SendPorts } from '../app/ports';
import { sendInvoices } from '../app/sending/sendInvoices';
import type { Target } from '../app/api/target';
import type { Report } from '../core/report/report';
import type { SendCommand } from './arguments';
import { TerminalConsent } from './consent';
import { exitCodeOf } from './exitCode';
import { readSources } from './files';
import { harmless } from './harmless';
import type { Output } from './output';
import { Progress } from './progress';
import { Results } from './results';
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
  const results = new Results(command.json, sources, output);
  let invalid = 0;
  try {
    const { reports } = await sendInvoices(
      sources.uris.map((uri) => ({ uri })),
      command.environment,
      ports,
      {
        signal: interrupted,
        onDrafts: (drafts) => results.begin(drafts, 'unanswered'),
        onTarget: (target, count) => {
          output.note(announcement(target, count, invalid, command));
          progress.begin(count);
        },
        onReport: (sent, place) => {
          progress.clear();
          results.add(sent, place);
          if (sent.report.outcome === 'invalid') invalid++;
          else progress.step();
        },
      },
    );
    progress.clear();
    results.end();
    return codeOf(
      reports.map(({ report }) => report),
      interrupted,
    );
  } finally {
    await opened.close();
  }
}

function announcement(
  { environment, origin }: Target,
  count: number,
  invalid: number,
  { baseUrl }: SendCommand,
): string {
  const rest = invalid === 0 ? '' : ` of ${count + invalid}, those without errors,`;
  const requests = count === 1 && invalid === 0 ? '1 request' : `${count}${rest === '' ? ' requests' : rest}`;
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
