import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { CheckResult } from '../../app/sending/checkFiles';
import type { SendResult } from '../../app/sending/sendInvoices';
import type { Environment } from '../../core/environments/environment';
import { leftOut } from '../../core/problems/cautions';
import { logReport } from '../shell/log';
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
  readonly files: readonly Uri[];
  /** Of the task, if it is of one. */
  readonly folder: WorkspaceFolder | undefined;
}

/** Checks or sends. Resolves to an exit code of the CLI. */
export async function runOrder(
  { order, files, folder }: TaskRun,
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
  // A task can start by itself, and who wrote it may not be who runs it: a person is asked each time.
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

/** As the problem matcher finds it: below the folder of the task. */
function nameIn(folder: WorkspaceFolder | undefined): (uri: string) => string {
  const root = folder && `${folder.uri.path.replace(/\/$/, '')}/`;
  return (uri) => {
    const file = Uri.parse(uri);
    return root && file.path.startsWith(root) ? file.path.slice(root.length) : workspace.asRelativePath(file);
  };
}
