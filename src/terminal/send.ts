import type { SendPorts } from '../app/ports';
import { sendInvoices } from '../app/sending/sendInvoices';
import type { Target } from '../app/api/target';
import { removedWords } from '../core/environments/apiKey';
import { isLoopback, parseBaseUrl } from '../core/environments/baseUrl';
import { type Environment, keyVariable } from '../core/environments/environment';
import type { Report } from '../core/report/report';
import type { SendCommand } from './arguments';
import { UsageError } from './commands';
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
  const { streams, interrupted, variables } = world;
  const needsYes = isReal(command) && !command.yes;
  if (needsYes && !(streams.stdin.isTTY && streams.stderr.isTTY))
    throw new UsageError(
      `Nobody is here to confirm the send to ${command.environment}: add --yes to create real invoices.`,
      command.name,
    );
  const sources = await readSources(command.files, world);
  tellRemoved(command.environment, variables, output);
  const opened = await world.open(command);
  const ports: SendPorts = {
    ...opened.ports,
    files: sources.files,
    consent: new TerminalConsent(output, streams.stdin, needsYes, interrupted),
  };
  const progress = new Progress(streams.stderr);
  const results = new Results(command.json, sources, output, variables);
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

/** Whether a send leaves this machine: it creates real invoices. */
function isReal({ environment, baseUrl }: SendCommand): boolean {
  if (environment === 'sandbox' || baseUrl === undefined) return false;
  const parsed = parseBaseUrl(baseUrl);
  return !(parsed.ok && isLoopback(parsed.url.hostname));
}

/** Says what a variable holds around its key. */
function tellRemoved(environment: Environment, variables: World['variables'], output: Output): void {
  if (environment === 'sandbox') return;
  const name = keyVariable(environment);
  const removed = removedWords(variables[name] ?? '');
  if (removed !== undefined) output.note(`${name}: ${removed}`);
}

function announcement(
  { environment, origin }: Target,
  count: number,
  invalid: number,
  { baseUrl }: SendCommand,
): string {
  const of = invalid === 0 ? '' : ` of ${count + invalid}`;
  const requests = count === 1 && invalid === 0 ? 'request' : 'requests';
  const own = environment === 'sandbox' && baseUrl === undefined ? ', for this command only' : '';
  return harmless(`Sending ${count}${of} ${requests} to ${environment} (${origin}${own})`);
}

/** An interrupted send ends as one by its signal, unless something was sent before. */
function codeOf(reports: readonly Report[], interrupted: AbortSignal): number {
  if (interrupted.aborted && reports.every(({ durationMs }) => durationMs === undefined)) {
    return 128 + Number(interrupted.reason);
  }
  return exitCodeOf(reports.map(({ outcome }) => outcome));
}
