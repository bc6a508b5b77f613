import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { CheckResult } from '../../app/sending/checkFiles';
import type { SendResult } from '../../app/sending/sendInvoices';
import { type Environment, isEnvironment } from '../../core/environments/environment';
import { leftOut } from '../../core/problems/cautions';
import { logReport } from '../shell/log';
import type { Services } from '../shell/services';
import { isObject } from '../../core/json';
import { cannotRead } from '../../core/sharedWords';

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
  for (const { uri, detail } of unreadable) print(cannotRead(nameOf(uri), detail));
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

export const TASK_TYPE = 'eccaex';

/** What a task of tasks.json says, as far as it can be understood. */
export interface TaskOrder {
  readonly command: 'validate' | 'send';
  /** Glob patterns below the folder of the task; all request files where there are none. */
  readonly files?: readonly string[];
  /** The active one where there is none. */
  readonly environment?: Environment;
}

/** Gives an order, or what is wrong with the definition. */
export function readTaskDefinition(definition: unknown): TaskOrder | string {
  if (!isObject(definition)) return 'The task has no definition.';
  const { command, files, environment } = definition;
  if (command !== 'validate' && command !== 'send') return '"command" is to be "validate" or "send".';
  if (files !== undefined && !isListOfPatterns(files)) return '"files" is to be a list of glob patterns.';
  // A task that names no environment that there is must not go to another one.
  if (environment !== undefined && !isEnvironment(environment))
    return '"environment" is to be "sandbox", "dev", "staging" or "prod".';
  return { command, ...(files ? { files } : {}), ...(environment ? { environment } : {}) };
}

function isListOfPatterns(files: unknown): files is readonly string[] {
  return Array.isArray(files) && files.every((file) => typeof file === 'string' && file !== '');
}
