import assert from 'node:assert/strict';
import { ACTIVE_KEY } from './actions';
import { requestText } from './requests';
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
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
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
    await stage.workbench.openFile('first.invoice.json');
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
      openFile: (file: string) => workbench.openFile(file),
    };
  }
});
