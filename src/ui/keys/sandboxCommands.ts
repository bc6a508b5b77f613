import { window } from 'vscode';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

/** Gives the sandbox's base URL, or `undefined` where it cannot be started. */
export async function startSandbox({ sandbox, log }: Services): Promise<string | undefined> {
  try {
    const baseUrl = await sandbox.baseUrl();
    log.info(`Sandbox: ${baseUrl}`);
    void notify.info(`The sandbox runs at ${baseUrl}.`);
    return baseUrl;
  } catch (error) {
    void notify.error(
      `The sandbox could not be started: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

export async function stopSandbox({ sandbox, log }: Services): Promise<void> {
  await sandbox.stop();
  log.info('Sandbox stopped');
  window.setStatusBarMessage('$(check) The sandbox is stopped', 3000);
}
