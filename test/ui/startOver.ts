import { type SessionOptions } from '../support/vscode/session';
import { type Workbench } from '../support/vscode/workbench';
import { switchTo } from './actions';

/** Makes a workbench what it is after a start with these files and settings: nothing open, told, stored or sent. */
export async function startOver(
  workbench: Workbench,
  { files, settings }: Pick<SessionOptions, 'files' | 'settings'>,
): Promise<void> {
  await closeEditors(workbench);
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.page
    .locator('.notifications-toasts .notification-list-item')
    .first()
    .waitFor({ state: 'detached' });
  await workbench.replaceFiles(files);
  await workbench.replaceSettings(settings);
  await removeKeys(workbench);
  await workbench.runCommand('EccaEx: Delete the Whole History');
  await workbench.notifications.answerDialog('Delete');
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

/** There is a question where there are keys, and else the only notification. */
async function removeKeys(workbench: Workbench): Promise<void> {
  const question = workbench.page.locator('.monaco-dialog-box');
  const told = workbench.page.locator('.notifications-toasts .notification-list-item', {
    hasText: 'There are no API keys.',
  });
  await workbench.runCommand('EccaEx: Remove All API Keys');
  await question.or(told).first().waitFor();
  if (await question.isVisible()) await workbench.notifications.answerDialog('Remove');
}
