import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { requestText } from './requests';
import { stageForSteps } from './steps';

describe('an extension that another window has updated', function () {
  const stage = stageForSteps({
    // The installed files are this workbench's own.
    session: () => ({ files: { 'first.invoice.json': requestText({}) }, settings: {}, env: {} }),
  });

  it('says what to do where its files are gone', async () => {
    const { workbench } = stage;
    const files = await readdir(workbench.dataFolder, { recursive: true });
    const [late, ...others] = files.filter((file) => /[\\/]chunks[\\/]requestFeatures-\w+\.js$/.test(file));
    assert.ok(late !== undefined && others.length === 0, 'there is one');
    await rm(path.join(workbench.dataFolder, late));
    await workbench.runCommand('EccaEx: New Invoice Request');
    await workbench.notifications.waitFor('The extension was updated or removed while this window was open.');
    await workbench.screenshot('updated');
    await workbench.notifications.press('The extension was updated', 'Reload Window');
    await workbench.page
      .locator('.notifications-toasts .notification-list-item')
      .waitFor({ state: 'detached' });
  });
});
