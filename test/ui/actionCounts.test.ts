import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ACTIVE_KEY } from './actions';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { runOrThrow } from '../support/processes';
import { ActionCount } from '../support/vscode/actionCount';
import { seriousViolations } from '../support/vscode/axe';

describe('the number of actions', function () {
  let own: Sandbox;
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'first.invoice.json': requestText({ external_id: 'first-{{$uuid}}' }),
        'urls.invoice.json': requestWithoutUrls({ external_id: 'urls-{{$uuid}}' }),
        'typo.invoice.json': requestText().replace('currency_code', 'currency'),
        'number.invoice.json': requestText({ amount: 1500.5, currency_code: 'uah' }),
        'shop.invoice.json': requestText({ purpose: 'Order of {{shop}}', external_id: 'shop-{{$uuid}}' }),
        'pasted.invoice.json': requestText({ external_id: 'pasted-{{$uuid}}' })
          .replaceAll(/"(\w+)":/g, '$1:')
          .replaceAll('"', "'"),
        'batch.invoice.json': JSON.stringify(
          Array.from(
            { length: 200 },
            (_, place) =>
              JSON.parse(
                requestText({
                  external_id: `batch-${place}-{{$uuid}}`,
                  customer_id: place % 40 === 39 ? 'fault_rate_not_found' : 'user_1',
                }),
              ) as object,
          ),
          undefined,
          2,
        ),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl, 'eccaex.response.open': 'always' },
    }),
  });

  before(async () => (own = await startSandbox()));
  after(() => own.stop());

  /** What a person does, and no more of it than this. */
  async function takes(most: number, act: () => Promise<void>): Promise<void> {
    const count = await ActionCount.begin(stage.workbench.page);
    await act();
    const actions = await count.actions();
    assert.ok(actions.length > 0 && actions.length <= most, `${actions.length}: ${actions.join()}`);
  }

  it('from a request to its response: one, and the response follows the next send until it is pinned', async () => {
    const { editor, openFile } = pick();
    const top = (text: string) => stage.workbench.webview().locator('main', { hasText: text });
    await openFile('first.invoice.json');
    await takes(1, async () => {
      await editor.clickLens('Send to sandbox');
      await top('Invoice created').waitFor();
    });
    await stage.workbench.screenshot('response-by-itself');
    await openFile('urls.invoice.json');
    await editor.clickLens('Send to sandbox');
    await top('urls.invoice.json').waitFor();
    await stage.workbench.webview().getByRole('button', { name: 'Pin' }).click();
    await stage.workbench.webview().locator('.pin[aria-pressed="true"]').waitFor();
    await openFile('first.invoice.json');
    await editor.clickLens('Send to sandbox');
    await stage.workbench.notifications.waitFor('first.invoice.json – invoice created');
    await top('urls.invoice.json').waitFor();
    await stage.workbench.webview().getByRole('button', { name: 'Pin' }).click();
    await stage.workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('from a batch of 200 to all of it that failed: one', async () => {
    const { editor, notifications, openFile } = pick();
    const { workbench } = stage;
    await openFile('batch.invoice.json');
    await editor.lens(/Send all 200 to sandbox/).waitFor();
    const table = workbench.webview().getByRole('grid', { name: 'Outcome of each request' });
    await takes(1, async () => {
      await editor.clickLens('Send all 200 to sandbox');
      await table.getByRole('row', { name: /^200 batch-199-.* RATE_NOT_FOUND$/ }).waitFor();
    });
    assert.equal(await table.getByRole('row').count(), 6, 'The head, and the five that failed.');
    await notifications.waitFor('200 requests: 195 created, 5 rejected.');
    await workbench.screenshot('batch-failures');
    assert.deepEqual(await seriousViolations(workbench.webview()), []);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('from an undefined placeholder to its value: two', async () => {
    const { editor, notifications, openFile, quickInput } = pick();
    await openFile('shop.invoice.json');
    await editor.clickLens('Send to sandbox');
    await takes(2, async () => {
      await notifications.press('Not sent: shop.invoice.json has 1 error', 'Define Placeholder');
      await quickInput.waitForText('Value of {{shop}} in sandbox');
      await quickInput.type('Kyiv');
      await quickInput.accept();
      await notifications.waitFor('shop.invoice.json is fixed.');
      await editor.squiggles('error').first().waitFor({ state: 'detached' });
    });
    await notifications.press('shop.invoice.json is fixed.', 'Send to sandbox');
    await notifications.waitFor('shop.invoice.json – invoice created');
    await stage.workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('from an object of JavaScript to JSON: one', async () => {
    const { editor, openFile } = pick();
    await openFile('pasted.invoice.json');
    await editor.lens(/Convert to JSON/).waitFor();
    await stage.workbench.screenshot('convert-lens');
    await takes(1, async () => {
      await editor.clickLens('Convert to JSON');
      await editor.waitForText('"currency_code": "UAH"');
      await editor.squiggles('error').first().waitFor({ state: 'detached' });
    });
    await stage.workbench.runCommand('View: Revert and Close Editor');
  });

  it('to the first page of withdrawals, and to the payment methods: one each', async () => {
    const { workbench } = stage;
    const { page } = workbench;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('EccaEx: Focus on API View');
    const row = (name: RegExp) => page.getByRole('treeitem', { name });
    await row(/^GET \/withdrawals,/).waitFor();
    const endpoint = (text: string | RegExp) => workbench.webview().locator('main', { hasText: text });
    await takes(1, async () => {
      await row(/^GET \/withdrawals,/).click();
      await endpoint(/Page 1 of \d/).waitFor();
    });
    await workbench.screenshot('withdrawals-first-page');
    await takes(1, async () => {
      await row(/^GET \/payment-methods,/).click();
      await endpoint('uah_iban').waitFor();
    });
    await workbench.runCommand('View: Close Editor');
  });

  it('to the commit hook, once its notification is gone: one', async () => {
    const { workbench } = stage;
    await runOrThrow('git', ['init', '--quiet'], { cwd: workbench.workspace });
    await workbench.runCommand('EccaEx: Focus on Environments View');
    const button = workbench.page
      .locator('.pane-header', { hasText: 'Environments' })
      .getByRole('button', { name: 'Add Commit Hook' });
    await button.waitFor();
    await takes(1, async () => {
      await button.click();
      await workbench.notifications.waitFor('Commit hook added');
    });
    assert.match(
      await readFile(path.join(workbench.workspace, '.git', 'hooks', 'pre-commit'), 'utf8'),
      /eccaex/,
    );
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('from a rejection for its URLs to an invoice: two', async () => {
    const { editor, notifications, openFile } = pick();
    await openFile('urls.invoice.json');
    await editor.clickLens('Send to sandbox');
    await notifications.waitFor('urls.invoice.json rejected in sandbox');
    await stage.workbench.screenshot('notification-cures');
    await takes(2, async () => {
      await notifications.press('urls.invoice.json rejected in sandbox', 'Add URLs');
      await notifications.press('urls.invoice.json is fixed', 'Send to sandbox');
      await notifications.waitFor('urls.invoice.json – invoice created');
    });
  });

  it('from errors that are found before the send to none: one', async () => {
    const { editor, notifications, openFile } = pick();
    await openFile('number.invoice.json');
    await editor.clickLens('Send to sandbox');
    await notifications.waitFor('Not sent: number.invoice.json has 2 errors');
    await takes(1, async () => {
      await notifications.press('Not sent: number.invoice.json', 'Fix All');
      await editor.waitForText('"1500.50"');
      await editor.waitForText('"UAH"');
      await editor.squiggles('error').first().waitFor({ state: 'detached' });
    });
    await stage.workbench.runCommand('View: Revert and Close Editor');
  });

  it('from a misspelled field to the right one: one', async () => {
    const { editor, notifications, openFile } = pick();
    await openFile('typo.invoice.json');
    await editor.clickLens('Send to sandbox');
    await takes(1, async () => {
      await notifications.press('Not sent: typo.invoice.json has 1 error', 'Rename Field');
      await editor.waitForText('"currency_code": "UAH"');
      await editor.squiggles('error').first().waitFor({ state: 'detached' });
    });
    await stage.workbench.runCommand('View: Revert and Close Editor');
  });

  it('from a request to its first send to dev: five, the key and the yes among them', async () => {
    const { editor, quickInput, notifications, openFile } = pick();
    await openFile('first.invoice.json');
    await editor.lens(/Send to…/).waitFor();
    await takes(5, async () => {
      await editor.clickLens('Send to…');
      await quickInput.pick('dev');
      await quickInput.waitForText('Base URL for dev (Step 1 of 2)');
      await stage.workbench.screenshot('set-up-base-url');
      await quickInput.accept();
      await quickInput.waitForText('API key for dev (Step 2 of 2)');
      await stage.workbench.screenshot('set-up-key');
      await quickInput.typePassword(ACTIVE_KEY);
      await quickInput.accept();
      await notifications.waitForDialog('Create 1 invoice in dev');
      await notifications.answerDialog('Send to dev');
      await notifications.waitFor(/created in dev/);
    });
    assert.equal(stage.api.createdExternalIds().length, 1);
  });

  it('the same with a base URL of one’s own: six at most', async () => {
    const { editor, quickInput, notifications } = pick();
    await takes(6, async () => {
      await editor.clickLens('Send to…');
      await quickInput.pick('staging');
      await quickInput.waitForText('Base URL for staging (Step 1 of 2)');
      await quickInput.type('http://api.example');
      await quickInput.waitForText('is not encrypted');
      await quickInput.type(own.baseUrl);
      await quickInput.accept();
      await quickInput.waitForText(`sent to ${own.origin} only`);
      await quickInput.typePassword(ACTIVE_KEY);
      await quickInput.accept();
      await notifications.waitForDialog('already stored for dev');
      await notifications.answerDialog('Use It');
      await notifications.waitForDialog('Create 1 invoice in staging');
      await notifications.answerDialog('Send to staging');
      await notifications.waitFor(/created in staging/);
    });
    assert.equal(own.createdExternalIds().length, 1);
  });

  it('a key that the API rejects is told at once, and nothing is sent', async () => {
    const { editor, quickInput, notifications } = pick();
    const { requests } = stage.api.stats();
    await stage.workbench.changeSettings({ 'eccaex.baseUrl.prod': stage.api.baseUrl });
    await pick().openFile('first.invoice.json');
    await editor.clickLens('Send to…');
    await quickInput.pick('prod');
    await quickInput.waitForText('Base URL for prod (Step 1 of 2)');
    await quickInput.accept();
    await quickInput.typePassword('sandbox_revoked');
    await quickInput.accept();
    await notifications.waitFor('API_KEY_INVALID');
    assert.equal(stage.api.stats().requests, requests + 1, 'The key was verified, and nothing was sent.');
  });

  it('to change one’s mind at prod: one, and nothing is left of it', async () => {
    const { editor, quickInput, notifications, openFile } = pick();
    const { requests } = stage.api.stats();
    await stage.workbench.runCommand('Notifications: Clear All Notifications');
    await openFile('first.invoice.json');
    const before = await editor.lenses();
    await editor.clickLens('Send to…');
    await quickInput.pick('prod');
    await notifications.waitForDialog('Create 1 real invoice in prod');
    await takes(1, async () => {
      await notifications.answerDialog('Cancel');
    });
    await stage.workbench.statusBar.waitFor('EccaEx: sandbox');
    assert.deepEqual(await editor.lenses(), before);
    assert.equal(await editor.squiggles('error').count(), 0);
    assert.deepEqual(
      (await notifications.texts()).filter((text) => text.includes('first.invoice.json')),
      [],
    );
    assert.equal(stage.api.stats().requests, requests);
  });

  function pick() {
    const { workbench } = stage;
    return {
      editor: workbench.editor,
      quickInput: workbench.quickInput,
      notifications: workbench.notifications,
      openFile: async (file: string) => {
        await workbench.runCommand('View: Focus First Editor Group');
        await workbench.openFile(file);
      },
    };
  }
});
