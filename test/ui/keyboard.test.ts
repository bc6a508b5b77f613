import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { aboutEnvironment, ACTIVE_KEY, SEND } from './actions';
import { Keyboard } from './keyboard';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';
import { USED_KEYS } from '../support/usedKeys';

const IMPORT = 'EccaEx: Import API Key from Variable…';

describe('the keyboard alone', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'first.invoice.json': requestWithoutUrls({ external_id: 'keys-1' }),
        'slow.invoice.json': requestText({ customer_id: 'fault_slow', external_id: 'slow-1' }),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
      env: { KEY_OF_STAGING: USED_KEYS.imported, TWO_LINES: 'one\ntwo' },
    }),
    sandbox: { slowMs: 600_000 },
  });
  let keyboard: Keyboard;

  before(() => {
    keyboard = new Keyboard(stage.workbench);
  });

  it('is enough to switch the environment and to set a key that is refused', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    await workbench.openFile('first.invoice.json');
    await keyboard.command('EccaEx: Switch Environment…', 'dev');
    await workbench.statusBar.waitFor('EccaEx: dev');
    await keyboard.command(SEND);
    await notifications.waitFor('There is no API key for dev');
    await keyboard.pressButton('Set Key');
    await keyboard.answer(USED_KEYS.typed, 'API key for dev');
    await notifications.waitFor('API key for dev stored (••••4711).');
    await keyboard.pressButton('Send to dev');
    await notifications.waitForDialog('Create 1 invoice in dev, 1,500.00 UAH?');
    await keyboard.confirm('Send to dev');
    await notifications.waitFor('(API_KEY_INVALID)');
    assert.equal(api.stats().requests, 1);
  });

  it('is enough to mend the request and to open the payment page', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    await keyboard.openFixes('The API does not accept the key');
    await keyboard.chooseFix('Set the API key for dev…');
    await keyboard.answer(ACTIVE_KEY, 'API key for dev');
    await notifications.waitFor('API key for dev stored (••••tive).');
    await keyboard.pressButton('Send to dev');
    await notifications.waitForDialog('Create 1 invoice in dev, 1,500.00 UAH?');
    await keyboard.confirm('Send to dev');
    await notifications.waitFor('(MISSING_REQUIRED_URLS)');
    await keyboard.openFixes('callback_url, success_url and fail_url are missing');
    await keyboard.chooseFix('Add callback_url, success_url, fail_url');
    await workbench.editor.waitForText('"fail_url"');
    await workbench.editor.save();
    await keyboard.command(SEND);
    await notifications.waitFor('Invoice created in dev: 1500.00 UAH.');
    const payment = await workbench.pageOpenedBy(() => keyboard.pressButton('Open Payment Link'));
    assert.match(payment.text, /keys-1/);
    assert.deepEqual(api.createdExternalIds(), ['keys-1']);
  });

  it('is enough to stop a send, which says that the invoice may exist', async () => {
    const { workbench, api } = stage;
    await workbench.openFile('slow.invoice.json');
    await keyboard.command(SEND);
    await workbench.notifications.waitFor('Sending slow.invoice.json to dev');
    await keyboard.pressButton('Cancel');
    await workbench.notifications.waitFor(
      'slow.invoice.json: You canceled before the response arrived. The invoice may have been created.',
    );
    await keyboard.openFixes('You canceled before the response arrived');
    await workbench.screenshot('stopped');
    await keyboard.chooseFix('Resend the exact request to dev');
    await workbench.notifications.waitForDialog('Create 1 invoice in dev');
    await keyboard.confirm('Send to dev');
    await workbench.notifications.waitFor('Sending slow.invoice.json to dev');
    await keyboard.pressButton('Cancel');
    await workbench.notifications.waitFor('You canceled before the response arrived');
    const [one, other] = api.received().slice(-2);
    assert.equal(one?.body, other?.body, 'the body is the same, its external_id included');
  });

  it('is enough to import keys', async () => {
    const { workbench } = stage;
    const { notifications, quickInput } = workbench;
    await keyboard.command('EccaEx: Switch Environment…', 'staging');
    await quickInput.waitForText('Base URL for staging');
    await keyboard.press('Escape');
    await keyboard.command(IMPORT);
    await quickInput.waitForText('Import the API key for staging');
    await keyboard.press('Enter');
    await notifications.waitFor('The extension host has no environment variable ECCAEX_API_KEY_STAGING.');
    await keyboard.command(IMPORT);
    await keyboard.answer('TWO_LINES', 'Import the API key for staging');
    await notifications.waitFor('The key for staging was not stored. The key contains a line break');
    await keyboard.command(IMPORT);
    await keyboard.answer('KEY_OF_STAGING', 'Import the API key for staging');
    await notifications.waitFor('API key for staging stored (••••0123).');
    await keyboard.command('EccaEx: Switch Environment…', 'dev');
  });

  it('is enough to remove all keys, or one, and each time there is a question', async () => {
    const { workbench } = stage;
    const { notifications } = workbench;
    await keyboard.command('EccaEx: Forget All Stored Keys');
    assert.match(await notifications.waitForDialog('Remove the API key'), /for dev and staging\?/);
    await workbench.screenshot('remove-question');
    await keyboard.press('Escape');
    await notifications.waitUntilNoDialog();
    assert.match(await aboutEnvironment(workbench, 'staging'), /key ••••0123/);

    await keyboard.command('EccaEx: Remove API Key…', 'staging');
    assert.match(await notifications.waitForDialog('Remove the API key'), /for staging\?/);
    await keyboard.confirm('Remove');
    await notifications.waitFor('Removed the API key for staging. It still works until it is deactivated');
    assert.match(await aboutEnvironment(workbench, 'staging'), /no key/);

    await keyboard.command('EccaEx: Forget All Stored Keys');
    assert.match(await notifications.waitForDialog('Remove the API key'), /for dev\?/);
    await keyboard.confirm('Remove');
    await notifications.waitFor('Removed the API key for dev.');
    await keyboard.command('EccaEx: Forget All Stored Keys');
    await notifications.waitFor('There are no API keys or webhook secrets.');
  });

  it('is enough to begin in an empty workspace', async () => {
    const { workbench } = stage;
    const { editor, notifications, page } = workbench;
    await keyboard.command('View: Close All Editors');
    for (const file of await readdir(workbench.workspace)) await rm(path.join(workbench.workspace, file));
    await workbench.treeItem('invoice.json').waitFor({ state: 'detached' });
    await keyboard.command('EccaEx: Switch Environment…', 'sandbox');
    await keyboard.command(SEND);
    await notifications.waitFor('This workspace has no request file (*.invoice.json).');
    await keyboard.pressButton('New Request');
    await editor.waitForText('"fail_url"');
    for (const [place, value] of ['250.00', 'EUR', 'some-one', 'order-7'].entries()) {
      if (place > 0) await keyboard.press('Tab');
      await keyboard.type(value);
    }
    await workbench.titleButton('Send Invoice Request').waitFor();
    await workbench.screenshot('new-request');
    await keyboard.command(SEND);
    await notifications.waitFor('Invoice created in sandbox: 250.00 EUR.');
    await keyboard.press('ControlOrMeta+S');
    await page.locator('.tab.active:not(.dirty)', { hasText: '.invoice.json' }).waitFor();
    const [file = ''] = await readdir(workbench.workspace);
    assert.match(file, /^order-[0-9a-f]{8}\.invoice\.json$/);
    const written = JSON.parse(await workbench.readFile(file)) as unknown;
    assert.deepEqual(Object.values(written as object).slice(0, 4), ['250.00', 'EUR', 'some-one', 'order-7']);
  });

  it('is enough to write a request with nothing to start from', async () => {
    const { workbench } = stage;
    const { editor } = workbench;
    await keyboard.press('ControlOrMeta+A');
    await keyboard.type('{');
    // What would be suggested for the brace comes before its problems.
    await editor.squiggles('error').first().waitFor();
    await keyboard.press('Enter');
    const offered = await editor.completions();
    assert.deepEqual(offered.slice(0, 3), ['amount', 'currency_code', 'customer_id']);
    await workbench.screenshot('completion');
    await keyboard.complete('currency_code');
    await editor.waitForText('"currency_code": ""');
    await keyboard.type('UA');
    assert.deepEqual((await editor.completions()).slice(0, 1), ['UAH']);
    await workbench.screenshot('completion-currency');
    await keyboard.complete('UAH');
    await editor.waitForText('"currency_code": "UAH"');
  });
});
