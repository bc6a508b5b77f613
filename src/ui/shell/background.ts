import type { LogOutputChannel } from 'vscode';

/** For what a command starts and does not wait for, such as a notification with buttons: a bug in it is logged. */
export function inBackground(log: LogOutputChannel, work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => {
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
}
