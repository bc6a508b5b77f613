import { commands, type Disposable } from 'vscode';
import { INTERNAL_COMMANDS, PUBLIC_COMMANDS, type CommandId } from '../commandIds';
import { notify } from '../notify';
import type { Services } from '../services';

export type CommandHandlers = Readonly<Record<CommandId, (first: unknown, second: unknown) => unknown>>;

/**
 * Registers every command behind the one place where a bug is caught, logged and shown. What carries them out is loaded
 * with the first one.
 */
export function registerCommands(
  load: () => Promise<CommandHandlers>,
  { log }: Pick<Services, 'log'>,
): Disposable[] {
  return [...PUBLIC_COMMANDS, ...INTERNAL_COMMANDS].map((id) =>
    commands.registerCommand(id, async (first: unknown, second: unknown) => {
      try {
        const handlers = await load();
        return await handlers[id](first, second);
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
