import { commands, type Disposable } from 'vscode';
import { INTERNAL_COMMANDS, PUBLIC_COMMANDS, type CommandId } from './commandIds';
import { notify } from './notify';
import type { Services } from './services';

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
        void (isFileGone(error) ? tellOfUpdate() : tellOfBug(id, log));
        return undefined;
      }
    }),
  );
}

/** An update in another window can remove the files of the version that still runs in this one. */
function isFileGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}

async function tellOfUpdate(): Promise<void> {
  const reload = 'Reload Window';
  const message = 'The extension was updated or removed while this window was open. Reload it to go on.';
  if ((await notify.error(message, reload)) === reload)
    await commands.executeCommand('workbench.action.reloadWindow');
}

async function tellOfBug(id: CommandId, log: Services['log']): Promise<void> {
  if (await notify.error(`${id} failed because of a bug in the extension.`, 'Show Log')) log.show();
}
