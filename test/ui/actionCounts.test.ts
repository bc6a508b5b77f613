import assert from 'node:assert/strict';
import { ACTIVE_KEY } from './actions';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { ActionCount } from '../support/vscode/actionCount';

describe('the number of actions', function () {
  this.timeout(240_000);
  let own: Sandbox;
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'first.invoice.json': requestText({ external_id: 'first-{{$uuid}}' }),
        'urls.invoice.json': requestWithoutUrls({ external_id: 'urls-{{$uuid}}' }),
        'typo.invoice.json': requestText().replace('currency_code', 'currency'),
        'number.invoice.json': requestText({ amount: 1500.5, currency_code: 'uah' }),
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
