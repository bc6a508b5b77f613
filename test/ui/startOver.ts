import { type SessionOptions } from '../support/vscode/session';
import { type Workbench } from '../support/vscode/workbench';
import { switchTo } from './actions';

/** Makes a workbench what it is after a start with these files and settings: nothing open, told, stored or sent. */
export async function startOver(
  workbench: Workbench,
  { files, settings }: Pick<SessionOptions, 'files' | 'settings'>,
): Promise<void> {
  await closeEditors(workbench);
  await workbench.replaceFiles(files);
  await workbench.replaceSettings(settings);
  await confirmed(workbench, 'EccaEx: Remove All API Keys', 'Remove the API key', 'Remove');
  await confirmed(workbench, 'EccaEx: Delete the Whole History', 'Delete the whole history', 'Delete');
  await switchTo(workbench, 'sandbox');
  await workbench.runCommand('View: Show Explorer');
  await workbench.problems.hide();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
}

async function closeEditors(workbench: Workbench): Promise<void> {
  const tabs = workbench.page.locator('.tabs-container .tab');
  const isDirty = (await tabs.and(workbench.page.locator('.dirty')).count()) > 0;
  await workbench.runCommand('View: Close All Editors');
  if (isDirty) await workbench.notifications.answerDialog("Don't Save");
  await tabs.first().waitFor({ state: 'detached' });
}

/** Runs a command that asks before it removes what there is, or says that there is nothing. */
async function confirmed(
  workbench: Workbench,
  command: string,
  question: string,
  yes: string,
): Promise<void> {
  await workbench.runCommand(command);
  const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: question });
  const told = workbench.page.locator('.notifications-toasts .notification-list-item').first();
  await dialog.or(told).first().waitFor();
  if (await dialog.isVisible()) await workbench.notifications.answerDialog(yes);
}
