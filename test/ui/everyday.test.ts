import assert from 'node:assert/strict';
import { ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
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

  it('offers the fields of a request', async () => {
    const { workbench } = stage;
    const { editor, page } = workbench;
    await workbench.openFile('order.invoice.json');
    await editor.replaceAll('{\n  \n}');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    const offered = await editor.completions();
    assert.ok(offered.includes('amount') && offered.includes('currency_code'), offered.join());
    await workbench.screenshot('completion');
    await page.keyboard.press('Escape');
  });

  it('asks before a key is forgotten, and forgets one or all', async () => {
    const { workbench } = stage;
    const { notifications, quickInput } = workbench;
    await setKey(workbench, 'staging', 'another-key-of-this-test');
    await workbench.runCommand('EccaEx: Remove API Key');
    await quickInput.pick('staging');
    assert.match(await notifications.waitForDialog('Remove the API key'), /for staging\?/);
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('EccaEx: Remove All API Keys');
    assert.match(await notifications.waitForDialog('Remove the API key'), /for dev and staging\?/);
    await notifications.answerDialog('Remove');
    await notifications.waitFor('Removed the API key for dev and staging');
    await workbench.runCommand('EccaEx: Remove All API Keys');
    await notifications.waitFor('There are no API keys.');
  });

  it('is legible in every theme', async () => {
    const { workbench } = stage;
    await workbench.openFile('slow.invoice.json');
    await workbench.problems.show();
    for (const theme of ['dark', 'high-contrast', 'high-contrast-light', 'light'] as const) {
      await workbench.setTheme(theme);
      await workbench.problems.waitFor('You stopped the send');
      await workbench.screenshot(`theme-${theme}`);
    }
  });
});
