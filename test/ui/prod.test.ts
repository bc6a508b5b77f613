import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { aboutEnvironment, ACTIVE_KEY, SEND, setKey, switchTo, typeKey } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

const BATCH = `[${requestText({ amount: '0.10', external_id: 'batch-1' })},
${requestText({ amount: '0.20', external_id: 'batch-2' })},
${requestText({ amount: '7', currency_code: 'EUR', external_id: 'batch-3' })},
${requestText({ amount: 'much', external_id: 'batch-4' })}]`;

describe('prod', function () {
  let elsewhere: Sandbox;
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'real.invoice.json': requestText({ amount: '2500.50', external_id: 'real-1' }),
        'priced.invoice.json': requestText({ amount: '{{price}}', external_id: 'priced-1' }),
        'batch.invoice.json': BATCH,
      },
      settings: {
        'eccaex.baseUrl.prod': api.baseUrl,
        'eccaex.variables': { prod: { price: '99999.99' } },
      },
    }),
  });

  before(async () => {
    elsewhere = await startSandbox();
  });

  after(() => elsewhere.stop());

  it('stands out in the status bar', async () => {
    const { workbench } = stage;
    await workbench.openFile('real.invoice.json');
    await switchTo(workbench, 'prod');
    assert.equal(await workbench.statusBar.emphasis('EccaEx: prod'), 'error');
    await setKey(workbench, 'prod', ACTIVE_KEY);
  });

  it('asks before it sends, and names amount, currency, environment and host', async () => {
    const { workbench, api } = stage;
    await workbench.runCommand(SEND);
    const question = await workbench.notifications.waitForDialog('Create 1 real invoice');
    assert.match(question, /Create 1 real invoice in prod, 2,500\.50 UAH\?/);
    assert.ok(question.includes(`Host: ${new URL(api.origin).host}`), question);
    await workbench.screenshot('prod-question');
  });

  it('sends nothing, and says nothing, when the question is left with Escape', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    await workbench.page.keyboard.press('Escape');
    await notifications.waitUntilNoDialog();
    assert.deepEqual(await notifications.texts(), []);
    assert.equal(api.stats().requests, 0);
  });

  it('sends nothing when the question is cancelled', async () => {
    const { workbench, api } = stage;
    await workbench.runCommand(SEND);
    await workbench.notifications.waitForDialog('Create 1 real invoice');
    await workbench.notifications.answerDialog('Cancel');
    assert.equal(api.stats().requests, 0);
  });

  it('sends once it is confirmed', async () => {
    const { workbench, api } = stage;
    await workbench.runCommand(SEND);
    await workbench.notifications.waitForDialog('Create 1 real invoice');
    await workbench.notifications.answerDialog('Send to prod');
    await workbench.notifications.waitFor('Invoice created in prod: 2500.50 UAH.');
    assert.deepEqual(api.createdExternalIds(), ['real-1']);
  });

  it('names the sums of a batch, and an amount that comes from a variable', async () => {
    const { workbench, api } = stage;
    await workbench.openFile('batch.invoice.json');
    await workbench.runCommand(SEND);
    const sums = await workbench.notifications.waitForDialog('Create 3 real invoices');
    assert.match(sums, /Create 3 real invoices in prod, 0\.30 UAH and 7\.00 EUR in total\?/);
    assert.ok(sums.includes('1 of 4 requests has errors and is left out.'), sums);
    await workbench.screenshot('prod-batch-question');
    await workbench.page.keyboard.press('Enter');
    await workbench.notifications.waitUntilNoDialog();
    assert.equal(api.stats().requests, 1, 'Enter alone sends no batch.');
    await workbench.openFile('priced.invoice.json');
    await workbench.runCommand(SEND);
    const sum = await workbench.notifications.waitForDialog('Create 1 real invoice');
    assert.match(sum, /Create 1 real invoice in prod, 99,999\.99 UAH\?/);
    await workbench.notifications.answerDialog('Cancel');
    assert.equal(api.stats().requests, 1);
  });

  it('keeps the key from another host until it is given for that', async () => {
    const { workbench, api } = stage;
    const { notifications, problems } = workbench;
    await workbench.changeSettings({ 'eccaex.baseUrl.prod': elsewhere.baseUrl });
    await workbench.openFile('real.invoice.json');
    await workbench.runCommand(SEND);
    const told = await notifications.waitFor('The API key for prod was given for');
    assert.ok(
      told.includes(`given for ${api.origin}, but the base URL is now at ${elsewhere.origin}.`),
      told,
    );
    await problems.show();
    await problems.waitFor('key-other-origin');
    assert.equal(elsewhere.stats().requests, 0);

    await setKey(workbench, 'prod', ACTIVE_KEY);
    await workbench.runCommand(SEND);
    const question = await notifications.waitForDialog('Create 1 real invoice');
    assert.ok(question.includes(new URL(elsewhere.origin).host), question);
    await notifications.answerDialog('Send to prod');
    await notifications.waitFor('Invoice created in prod: 2500.50 UAH.');
    assert.deepEqual(elsewhere.createdExternalIds(), ['real-1']);
    assert.equal(api.stats().requests, 1);
  });

  it('warns of a key that another environment has', async () => {
    const { workbench } = stage;
    const { notifications } = workbench;
    await typeKey(workbench, 'staging', ACTIVE_KEY);
    const question = await notifications.waitForDialog('This key is already stored for prod');
    assert.match(question, /Use it for staging, too\?.*a separate key for each environment/);
    await workbench.screenshot('same-key-question');
    await workbench.page.keyboard.press('Escape');
    await notifications.waitUntilNoDialog();
    assert.match(await aboutEnvironment(workbench, 'staging'), /no key/);

    await typeKey(workbench, 'staging', ACTIVE_KEY);
    await notifications.waitForDialog('This key is already stored for prod');
    await notifications.answerDialog('Use It');
    await notifications.waitFor('API key for staging stored');
    assert.match(await aboutEnvironment(workbench, 'staging'), /key ••••tive/);
    await workbench.runCommand(SEND);
    const caution = await notifications.waitForDialog('Create 1 real invoice');
    assert.ok(caution.includes('⚠ The same key is stored for staging'), caution);
    await workbench.screenshot('prod-caution');
    await notifications.answerDialog('Cancel');
  });

  it('is said of dev where that leads to the same host: in the status bar and in the tree', async () => {
    const { workbench } = stage;
    await switchTo(workbench, 'dev');
    assert.doesNotMatch(await workbench.statusBar.waitFor('EccaEx: dev'), /prod/);
    await workbench.changeSettings({ 'eccaex.baseUrl.dev': elsewhere.baseUrl });
    await workbench.statusBar.waitFor('EccaEx: dev · prod’s host');
    await workbench.runCommand('EccaEx: Focus on Environments View');
    const row = (name: RegExp) => workbench.page.getByRole('treeitem', { name }).first();
    await row(/^dev, active, .*prod’s host.*: its requests create real invoices/).waitFor();
    assert.equal(await row(/^staging, .*prod’s host/).count(), 0);
    await workbench.screenshot('prod-host');
  });

  it('loses its key by the command that says so, and all keys by another alone, which Enter does not confirm', async () => {
    const { workbench } = stage;
    const { notifications, quickInput, page } = workbench;
    await page.keyboard.press('F1');
    await quickInput.type('>EccaEx: Remove API Key');
    await page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Remove API Key…' })
      .waitFor();
    assert.ok(!(await quickInput.labels()).some((label) => label.includes('Forget All')));
    await quickInput.dismiss();

    await workbench.runCommand('EccaEx: Forget All Stored Keys');
    await notifications.waitForDialog('Remove the API key for staging and prod?');
    await page.keyboard.press('Enter');
    await notifications.waitUntilNoDialog();
    assert.match(await aboutEnvironment(workbench, 'prod'), /key ••••tive/);
    await workbench.runCommand('EccaEx: Forget All Stored Keys');
    await notifications.waitForDialog('Remove the API key for staging and prod?');
    await workbench.screenshot('forget-all');
    await notifications.answerDialog('Remove');
    await notifications.waitFor('Removed the API key for staging and prod.');
    for (const environment of ['prod', 'staging'] as const)
      assert.match(await aboutEnvironment(workbench, environment), /no key/);
  });
});
