import { commands, type Disposable } from 'vscode';
import type { CommandId } from '../commandIds';
import { notify } from '../notify';
import type { Services } from '../services';

export type CommandHandlers = Readonly<Record<CommandId, (first: unknown, second: unknown) => unknown>>;

/** Registers every command behind the one place where a bug is caught, logged and shown. */
export function registerCommands(handlers: CommandHandlers, { log }: Pick<Services, 'log'>): Disposable[] {
  return Object.entries(handlers).map(([id, handler]) =>
    commands.registerCommand(id, async (first: unknown, second: unknown) => {
      try {
        return await handler(first, second);
      } catch (error) {
        log.error(`${id} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        void notify.error(`${id} failed because of a bug in the extension.`, 'Show Log').then((choice) => {
          if (choice) log.show();
        });
        return undefined;
      }
    }),
  );
}
