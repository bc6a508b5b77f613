import assert from 'node:assert/strict';
import path from 'node:path';
import { ACTIVE_KEY, SEND } from './actions';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';
import { writeMovingPicture } from '../support/movingPicture';
import { SCREENSHOTS } from '../support/paths';
import { USED_KEYS } from '../support/usedKeys';

/** A key that no server knows, and that stands nowhere by chance. */
const WRONG_KEY = USED_KEYS.wrong;
/** What README shows, one after the other. */
const SCENES: string[] = [];
const URLS = ['callback_url', 'success_url', 'fail_url'];

describe('the main path', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: { 'first.invoice.json': requestWithoutUrls() },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
  });

  it('creates an invoice in the sandbox with nothing set up, and opens its payment page', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    await workbench.openFile('order.invoice.json');
    await workbench.statusBar.waitFor('EccaEx: sandbox');
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in sandbox: 1500.00 UAH.');
    const payment = await workbench.pageOpenedBy(() =>
      notifications.press('Invoice created in sandbox', 'Open Payment Link'),
    );
    assert.match(payment.title, /^Pay .* – EccaEx sandbox$/);
    assert.match(payment.text, /Pay 1500\.00 UAH/);
    assert.equal(api.stats().requests, 0, 'Nothing goes to an environment that nobody chose.');
  });

  it('shows where each environment goes, and switches from the status bar', async () => {
    const { workbench, api } = stage;
    const { quickInput, statusBar } = workbench;
    await workbench.openFile('first.invoice.json');
    await statusBar.click('EccaEx: sandbox');
    assert.deepEqual(await quickInput.labels(), ['sandbox', 'dev', 'staging', 'prod']);
    const shown = await quickInput.text();
    assert.ok(shown.includes(`dev${new URL(api.origin).host} · no key`), shown);
    assert.ok(shown.includes('stagingapi.ecca-ex.com · no key'), shown);
    await workbench.screenshot('readme-environments');
    await quickInput.pick('dev');
    await statusBar.waitFor('EccaEx: dev');
    assert.equal(await statusBar.emphasis('EccaEx: dev'), 'none');
    await quickInput.waitForText('Base URL for dev (Step 1 of 2)');
    await quickInput.dismiss();
  });

  it('sends nothing without a key, and takes one through a masked field', async () => {
    const { workbench, api } = stage;
    const { notifications, quickInput } = workbench;
    await workbench.titleButton('Send Invoice Request').click();
    await notifications.waitFor('first.invoice.json: There is no API key for dev. Nothing was sent.');
    await notifications.press('There is no API key for dev', 'Set Key');
    await quickInput.waitForText(`Sent to ${api.origin} only.`);
    await quickInput.typePassword(WRONG_KEY);
    await quickInput.accept();
    await notifications.waitFor('API key for dev stored (••••_key).');
    assert.equal(api.stats().requests, 0);
  });

  it('shows a refused key where the request begins, with what to do about it', async () => {
    const { workbench, api } = stage;
    const { editor, notifications, problems } = workbench;
    await notifications.press('API key for dev stored', 'Send to dev');
    const question = await notifications.waitForDialog('in dev');
    assert.match(question, /Create 1 invoice in dev, 1,500\.00 UAH\?/);
    assert.ok(question.includes(`Host: ${new URL(api.origin).host}`), question);
    await workbench.screenshot('dev-question');
    await notifications.answerDialog('Send to dev');
    await notifications.waitFor(/first\.invoice\.json rejected in dev: .*\(API_KEY_INVALID\)/);
    assert.deepEqual(
      api.received().map(({ method, path, key }) => ({ method, path, key })),
      [{ method: 'POST', path: '/api/v1/create-invoice', key: 'other' }],
    );
    await notifications.close('API_KEY_INVALID');
    await editor.squiggles('error').waitFor();
    await problems.show();
    assert.match(await problems.waitFor('API_KEY_INVALID'), /\[Ln 1, Col 1\]$/);
    await editor.clickOn('{');
    const told = await editor.hover('{', 'What to do about API_KEY_INVALID');
    assert.match(told, /Replace the key\..*merchant dashboard, Settings → API Keys.*Request id for support/);
    SCENES.push(await workbench.screenshot('readme-error'));
  });

  it('replaces the key by a quick fix', async () => {
    const { workbench, api } = stage;
    const { editor, notifications, problems, quickInput } = workbench;
    await problems.hide();
    assert.deepEqual(await editor.openQuickFixes('{'), [
      'Set the API key for dev…',
      'Add callback_url, success_url, fail_url',
      'Verify the API key for dev',
      'Switch environment…',
      'Show where to create API keys',
      'Send again to dev',
      'Copy the request id for support',
    ]);
    SCENES.push(await workbench.screenshot('readme-fixes'));
    await editor.pickQuickFix('Set the API key for dev…');
    await quickInput.typePassword(ACTIVE_KEY);
    await quickInput.accept();
    await notifications.waitFor('API key for dev stored (••••tive).');
    assert.equal(api.stats().requests, 1);
  });

  it('shows the missing URLs as the API names them, and adds them by a quick fix', async () => {
    const { workbench } = stage;
    const { editor, notifications, problems } = workbench;
    await workbench.runCommand(SEND);
    // Another key: the yes is asked for anew.
    await notifications.waitForDialog('in dev');
    await notifications.answerDialog('Send to dev');
    await notifications.waitFor(/first\.invoice\.json rejected in dev: .*\(MISSING_REQUIRED_URLS\)/);
    await notifications.close('MISSING_REQUIRED_URLS');
    await problems.show();
    await editor.lens(/rejected: MISSING_REQUIRED_URLS/).waitFor();
    const [file, ...rows] = await problems.texts();
    assert.equal(file, 'first.invoice.json 1');
    assert.match(rows.join(), /^callback_url, success_url and fail_url are missing.*MISSING_REQUIRED_URLS/);
    SCENES.push(await workbench.screenshot('main-path-urls'));
    await editor.applyQuickFix('{', 'Add callback_url, success_url, fail_url');
    for (const url of URLS) await editor.waitForText(`"${url}": "https://example.com/`);
    await problems.waitUntilGone('MISSING_REQUIRED_URLS');
  });

  it('creates the invoice in dev, and opens its payment page', async () => {
    const { workbench, api } = stage;
    const { editor, notifications, problems } = workbench;
    await problems.hide();
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in dev: 1500.00 UAH.');
    await notifications.waitUntilGone('Sending first.invoice.json');
    await editor.lens(/created/).waitFor();
    SCENES.push(await workbench.screenshot('readme-created'));
    await writeMovingPicture(path.join(SCREENSHOTS, 'readme-main-path.png'), SCENES, 2.5);
    const [refused, incomplete, whole] = api.received();
    assert.deepEqual([refused?.key, incomplete?.key, whole?.key], ['other', ACTIVE_KEY, ACTIVE_KEY]);
    assert.deepEqual(Object.keys(JSON.parse(String(whole?.body)) as object).slice(-3), URLS);
    assert.deepEqual(api.createdExternalIds(), ['order-2026-0001']);
    const payment = await workbench.pageOpenedBy(() =>
      notifications.press('Invoice created in dev', 'Open Payment Link'),
    );
    assert.ok(payment.url.startsWith(`${api.origin}/pay/`), payment.url);
    assert.match(payment.text, /order-2026-0001/);
  });

  it('asks once before it sends a file from outside of the workspace', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    await workbench.writeFile(
      '../elsewhere.invoice.json',
      requestText({ external_id: 'elsewhere-{{$uuid}}' }),
    );
    const { created } = api.stats();
    await workbench.openFile('../elsewhere.invoice.json');
    await workbench.runCommand(SEND);
    const question = await notifications.waitForDialog('From outside this workspace');
    assert.match(question, /elsewhere\.invoice\.json/);
    await workbench.screenshot('outside');
    await notifications.answerDialog('Cancel');
    await workbench.runCommand(SEND);
    await notifications.answerDialog('Send to dev');
    await notifications.waitFor('Invoice created in dev: 1500.00 UAH.');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in dev: 1500.00 UAH.');
    assert.equal(api.stats().created, created + 2);
  });
});
