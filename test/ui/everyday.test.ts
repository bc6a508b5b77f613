import assert from 'node:assert/strict';
import { ACTIVE_KEY, SEND, switchTo } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

describe('everyday', function () {
  this.timeout(240_000);
  const stage = stageForSteps({
    session: (api) => ({
      files: { 'slow.invoice.json': requestText({ customer_id: 'fault_slow', external_id: 'slow-1' }) },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
      env: { MY_DEV_KEY: ACTIVE_KEY },
    }),
    sandbox: { slowMs: 600_000 },
  });

  it('imports a key from a variable that VS Code was started with', async () => {
    const { workbench } = stage;
    await workbench.openFile('slow.invoice.json');
    await switchTo(workbench, 'dev');
    await workbench.runCommand('EccaEx: Import API Key from an Environment Variable');
    await workbench.quickInput.pick('dev');
    await workbench.quickInput.type('NO_SUCH_VARIABLE');
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor('no environment variable NO_SUCH_VARIABLE');
    await workbench.runCommand('EccaEx: Import API Key from an Environment Variable');
    await workbench.quickInput.pick('dev');
    await workbench.quickInput.type('MY_DEV_KEY');
    await workbench.quickInput.accept();
    await workbench.notifications.waitFor('API key for dev stored (••••tive).');
  });

  it('stops a send that takes too long, and says what that means', async () => {
    const { workbench, api } = stage;
    const { notifications, problems } = workbench;
    await workbench.runCommand(SEND);
    await notifications.waitFor(/Sending slow\.invoice\.json to dev/);
    await workbench.screenshot('sending');
    await notifications.press('Sending slow.invoice.json', 'Cancel');
    await notifications.waitFor('You stopped the send before the answer came');
    await problems.show();
    await problems.waitFor('You stopped the send before the answer came');
    assert.match(
      await workbench.editor.hover('{', 'What to do about connection'),
      /may have been created: look for its external_id/,
    );
    await workbench.screenshot('stopped');
    assert.equal(api.stats().requests, 1);
  });

  it('writes a new request that can be sent as it stands', async () => {
    const { workbench } = stage;
    await workbench.runCommand('EccaEx: New Invoice Request');
    await workbench.editor.waitForText('"external_id": "order-');
    // The first value is selected: what is typed takes its place.
    await workbench.editor.type('20.50');
    await workbench.page.keyboard.press('Tab');
    await workbench.page.keyboard.press('Escape');
    await workbench.editor.waitForText('"amount": "20.50"');
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('Invoice created in dev: 20.50 UAH.');
  });
});
