import {
  CustomExecution,
  RelativePattern,
  Task,
  TaskScope,
  tasks,
  workspace,
  type Disposable,
  type TaskProvider,
  type Uri,
  type WorkspaceFolder,
  EventEmitter,
  type Pseudoterminal,
} from 'vscode';
import { findRequestFiles, hasRequestFiles, NO_SOURCES } from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { readTaskDefinition, TASK_TYPE, type TaskOrder, runOrder, type TaskOutput } from './runOrder';

const MATCHER = '$eccaex';

/**
 * Tasks that check or send request files. They are done by the extension itself: a key never comes near
 * a process, an environment variable or a terminal.
 */
export class RequestTasks implements TaskProvider {
  constructor(
    private readonly services: Services,
    private readonly output: TaskOutput,
  ) {}

  register(): Disposable {
    return tasks.registerTaskProvider(TASK_TYPE, this);
  }

  /** To send is nothing that is offered to whoever looks for a task: it has to be written into tasks.json. */
  async provideTasks(): Promise<Task[]> {
    if (!workspace.workspaceFolders || !(await hasRequestFiles())) return [];
    return workspace.workspaceFolders.map((folder) =>
      this.#task({ type: TASK_TYPE, command: 'validate' }, folder, 'validate'),
    );
  }

  resolveTask(task: Task): Task {
    return this.#task(task.definition, task.scope, task.name);
  }

  #task(definition: Task['definition'], scope: Task['scope'], name: string): Task {
    const execution = new CustomExecution(() =>
      Promise.resolve(new TaskTerminal((print, signal) => this.#run(definition, scope, print, signal))),
    );
    return new Task(definition, scope ?? TaskScope.Workspace, name, TASK_TYPE, execution, MATCHER);
  }

  async #run(
    definition: unknown,
    scope: Task['scope'],
    print: (line: string) => void,
    signal: AbortSignal,
  ): Promise<number> {
    try {
      const order = readTaskDefinition(definition);
      if (typeof order === 'string') {
        print(order);
        return WRONG_USAGE;
      }
      const folder = typeof scope === 'object' ? scope : undefined;
      const files = await filesOf(order, folder);
      if (files.length === 0) {
        print(`No file matches ${order.files?.join(', ') ?? '**/*.invoice.json'}.`);
        return WRONG_USAGE;
      }
      return await runOrder({ order, files, folder }, this.services, this.output, print, signal);
    } catch (error) {
      this.services.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      print('The task failed because of a bug in the extension: see its log.');
      return FAILED;
    }
  }
}

/** The exit codes of the CLI. */
const WRONG_USAGE = 2;
const FAILED = 3;

async function filesOf({ files }: TaskOrder, folder: WorkspaceFolder | undefined): Promise<Uri[]> {
  if (!files) {
    const all = await findRequestFiles();
    return folder ? all.filter((uri) => workspace.getWorkspaceFolder(uri)?.index === folder.index) : all;
  }
  const found = await Promise.all(
    files.map((pattern) =>
      workspace.findFiles(folder ? new RelativePattern(folder, pattern) : pattern, NO_SOURCES),
    ),
  );
  const byUri = new Map(found.flat().map((uri) => [uri.toString(), uri]));
  return [...byUri.values()].sort((a, b) => a.path.localeCompare(b.path));
}

type Print = (line: string) => void;

/** The terminal of a task that the extension does itself: its lines, and at the end its exit code. */
class TaskTerminal implements Pseudoterminal {
  readonly #written = new EventEmitter<string>();
  readonly #closed = new EventEmitter<number>();
  readonly #abort = new AbortController();

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** `work` resolves to the exit code. It does not reject. */
  constructor(private readonly work: (print: Print, signal: AbortSignal) => Promise<number>) {}

  open(): void {
    const print = (line: string) => this.#written.fire(`${line}\r\n`);
    void this.work(print, this.#abort.signal).then((code) => this.#closed.fire(code));
  }

  close(): void {
    this.#abort.abort();
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#abort.abort();
  }
}
