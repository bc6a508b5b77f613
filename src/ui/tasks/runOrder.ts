import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { CheckResult } from '../../app/sending/checkFiles';
import type { SendResult } from '../../app/sending/sendInvoices';
import type { Environment } from '../../core/environments/environment';
import { leftOut } from '../../core/problems/cautions';
import { clip } from '../../core/problems/clip';
import { hostOf } from '../shell/environmentLabels';
import { logReport } from '../shell/log';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import type { TaskOrder } from './definition';

type Results = CheckResult['checks'] | SendResult['reports'];

/** How results are written in a terminal, and the exit code that goes with them. */
export type TaskOutput = (
  results: Results,
  nameOf: (uri: string) => string,
) => Promise<{ readonly lines: readonly string[]; readonly exitCode: number }>;

interface TaskRun {
  readonly order: TaskOrder;
  /** As a person reads it. */
  readonly name: string;
  readonly files: readonly Uri[];
  /** Of the task, if it is of one. */
  readonly folder: WorkspaceFolder | undefined;
}

/** Checks or sends. Resolves to an exit code of the CLI. */
export async function runOrder(
  { order, name, files, folder }: TaskRun,
  services: Services,
  output: TaskOutput,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const environment = order.environment ?? services.environment.get();
  if (!workspace.isTrusted) {
    print('Tasks run in trusted workspaces only.');
    return 1;
  }
  if (order.command === 'send' && !(await isConfirmed(name, files.length, environment, services))) {
    print('The send was not confirmed. Nothing was sent.');
    return 1;
  }
  const nameOf = nameIn(folder);
  const items = files.map((uri) => ({ uri: uri.toString() }));
  const { results, unreadable } =
    order.command === 'validate'
      ? await services.check(items, environment).then(({ checks, ...rest }) => ({ results: checks, ...rest }))
      : await sendAll(items, environment, services, print, signal);
  for (const { uri, detail } of unreadable) print(`${nameOf(uri)} cannot be read: ${detail}.`);
  const { lines, exitCode } = await output(results, nameOf);
  for (const line of lines) print(line);
  return unreadable.length > 0 ? Math.max(exitCode, 2) : exitCode;
}

async function sendAll(
  items: readonly { readonly uri: string }[],
  environment: Environment,
  services: Services,
  print: (line: string) => void,
  signal: AbortSignal,
) {
  let total = 0;
  const { reports, unreadable } = await services.sender.send(items, environment, {
    signal,
    onDrafts: ({ length }) => (total = length),
    onTarget: ({ origin }, count) => {
      if (count === 0) return;
      const without = count < total ? `; ${leftOut(total - count)}` : '';
      print(
        `Sending ${count === 1 ? '1 request' : `${count} requests`} to ${environment} (${origin})${without}`,
      );
    },
  });
  for (const sent of reports) logReport(services.log, sent);
  return { results: reports, unreadable };
}

/**
 * A task can start by itself, when a folder is opened or with another task, and who wrote it may not be who
 * runs it: nothing leaves this machine before a person has said so. For prod the send itself asks, unless the
 * person has silenced that.
 */
async function isConfirmed(
  name: string,
  count: number,
  environment: Environment,
  services: Services,
): Promise<boolean> {
  if (environment === 'sandbox' || services.settings.confirms(environment)) return true;
  const send = `Send to ${environment}`;
  try {
    const choice = await notify.ask(
      `The task “${clip(name)}” is about to send ${count === 1 ? 'a file' : `${count} files`} to ${environment}.`,
      `This goes to ${hostOf(environment, services)}. Each request creates an invoice.`,
      send,
    );
    return choice === send;
  } catch {
    // Where VS Code cannot ask, nobody has said yes.
    return false;
  }
}

/** As the problem matcher finds it: below the folder of the task. */
function nameIn(folder: WorkspaceFolder | undefined): (uri: string) => string {
  const root = folder && `${folder.uri.path.replace(/\/$/, '')}/`;
  return (uri) => {
    const file = Uri.parse(uri);
    return root && file.path.startsWith(root) ? file.path.slice(root.length) : workspace.asRelativePath(file);
  };
}
