import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Locator } from 'playwright-core';
import { attempt } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { SHOWN_THEMES, type Workbench } from '../support/vscode/workbench';
import { SEND } from './actions';
import { Keyboard } from './keyboard';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';

describe('the view in the activity bar', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'good.invoice.json': requestText({ external_id: 'good-1' }),
        'public/config.js': "fetch('/x', { headers: { 'X-Api-Key': 'mk_live_8f3kd93kf93jd' } });\n",
        'orders/urls.invoice.json': requestWithoutUrls({ external_id: 'urls-1' }),
        'orders/[x](command:workbench.action.quit) $(alert).invoice.json': requestText({
          external_id: 'odd-1',
        }),
        'batch.invoice.json': JSON.stringify(
          Array.from({ length: 130 }, (_, place) => ({
            ...(JSON.parse(requestText({ external_id: `batch-${place}` })) as object),
            ...(place === 1 ? { amount: 'nothing' } : {}),
          })),
        ),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
  });
  let keyboard: Keyboard;

  before(() => {
    keyboard = new Keyboard(stage.workbench);
  });

  /** A row of one of the trees, by its accessible name. */
  const row = (name: string | RegExp): Locator =>
    stage.workbench.page.locator('.pane-body').getByRole('treeitem', { name }).first();

  it('lists environments, requests and endpoints', async () => {
    const { workbench } = stage;
    await keyboard.command('View: Show EccaEx');
    await row(/^sandbox, active/).waitFor();
    await row(/^dev, 127\.0\.0\.1:\d+, no key/).waitFor();
    await row(/^good\.invoice\.json, not sent yet/).waitFor();
    await row(
      /^\[x\]\(command:workbench\.action\.quit\) \$\(alert\)\.invoice\.json, not sent yet, orders/,
    ).waitFor();
    await row(/GET \/currencies/).waitFor();
    await workbench.screenshot('explore');
  });

  it('sends a request, and says beside it how that ended, also after its file was closed', async () => {
    const { workbench } = stage;
    const { notifications, page } = workbench;
    await row(/^good\.invoice\.json/).click();
    await page.locator('.tab.active', { hasText: 'good.invoice.json' }).waitFor();
    await row(/^good\.invoice\.json/).hover();
    await row(/^good\.invoice\.json/)
      .getByRole('button', { name: /^Send Invoice Request( \(|$)/ })
      .click();
    await notifications.waitFor('Invoice created in sandbox');
    await row(/^good\.invoice\.json, created in sandbox/).waitFor();
    await keyboard.command('View: Close All Editors');
    await row(/^urls\.invoice\.json/).click();
    await workbench.editor.waitForText('urls-1');
    await keyboard.command(SEND);
    await notifications.waitFor('MISSING_REQUIRED_URLS');
    await row(/^urls\.invoice\.json, rejected in sandbox.*, orders/).waitFor();
    await row(/^good\.invoice\.json, created in sandbox/).waitFor();
    // A key in a script is an error, too, and no request has it.
    await workbench.openFile('public/config.js');
    await page.locator('.squiggly-error').first().waitFor();
    const own = page.locator('.activitybar').getByRole('tab', { name: /^EccaEx.*1 request file has errors/ });
    await own.waitFor();
    const item = own.locator('xpath=ancestor-or-self::li');
    await item.locator('.badge-content', { hasText: /^1$/ }).waitFor();
    await workbench.screenshot('explore-outcomes');
  });

  it('opens a batch, whose elements are sent one by one', async () => {
    const { workbench } = stage;
    await row(/^batch\.invoice\.json/).focus();
    await row(/^batch\.invoice\.json/).click();
    await workbench.page.locator('.tab.active', { hasText: 'batch.invoice.json' }).waitFor();
    await keyboard.command('EccaEx: Focus on Requests View');
    // A key that comes before the view has the focus is lost.
    await attempt(row(/^Request 1, batch-0, 1500\.00 UAH, not sent yet/), () => keyboard.press('ArrowRight'));
    const first = row(/^Request 1, batch-0/);
    const sendIt = first.getByRole('button', { name: /^Send Invoice Request( \(|$)/ });
    // What is told of the row above it lies over this one for as long as the pointer rests there.
    await attempt(sendIt, async (patience) => {
      await workbench.page.mouse.move(0, 0);
      await first.hover(patience);
    });
    await sendIt.click();
    await workbench.notifications.waitFor('Invoice created in sandbox');
    await row(/^Request 1, batch-0, 1500\.00 UAH, created in sandbox/).waitFor();
    await row(/^batch\.invoice\.json, created in sandbox, .*129 not sent/).waitFor();
    await workbench.screenshot('explore-batch');
  });

  it('switches the environment, and asks before it removes a key', async () => {
    const { workbench } = stage;
    const { notifications } = workbench;
    await row(/^sandbox/).hover();
    await row(/^sandbox/)
      .getByRole('button', { name: 'Set API Key…', exact: true })
      .click();
    await workbench.quickInput.pick('sandbox_revoked');
    await row(/^sandbox, active, .*sandbox_revoked/).waitFor();
    await row(/^sandbox/).hover();
    await row(/^sandbox/)
      .getByRole('button', { name: 'Remove API Key…', exact: true })
      .click();
    await notifications.waitForDialog('Remove the API key for sandbox?');
    await keyboard.confirm('Remove');
    await row(/^sandbox, active, .*built-in key/).waitFor();
    await row(/^dev/).hover();
    await row(/^dev/).getByRole('button', { name: 'Switch Environment…', exact: true }).click();
    await workbench.statusBar.waitFor('EccaEx: dev');
    await row(/^dev, active/).waitFor();
    await workbench.quickInput.waitForText('Base URL for dev (Step 1 of 2)');
    await workbench.quickInput.dismiss();
  });

  it('calls an endpoint, and begins a new request', async () => {
    const { workbench } = stage;
    await row(/^sandbox/).hover();
    await row(/^sandbox/)
      .getByRole('button', { name: 'Switch Environment…', exact: true })
      .click();
    await row(/^sandbox, active/).waitFor();
    await row(/GET \/currencies/).click();
    await workbench.webview().locator('main').getByRole('gridcell', { name: '41.35' }).waitFor();
    await row(/GET \/currencies.*fetched from sandbox/).waitFor();
    await row(/POST \/create-invoice/).click();
    await workbench.editor.waitForText('"fail_url"');
  });

  it('is shown in other themes', async () => {
    const { workbench } = stage;
    for (const theme of SHOWN_THEMES) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`explore-${theme}`);
    }
    assert.ok(await row(/^sandbox/).isVisible());
  });

  it('says what to do where there is no request file, and where there is no folder', async () => {
    const { workbench } = stage;
    await workbench.replaceFiles();
    await rm(path.join(workbench.workspace, 'order.invoice.json'));
    const welcome = ({ page }: Workbench) => page.locator('.pane-body.welcome:visible').first();
    await welcome(workbench).filter({ hasText: 'This workspace has no request file' }).waitFor();
    await workbench.screenshot('explore-no-files');
    const empty = await workbench.openEmptyWindow();
    await empty.runCommand('View: Show EccaEx');
    const text = readable(await welcome(empty).innerText());
    assert.match(
      text,
      /^Open a folder to keep request files\. Open Folder Or try without one: Open Samples New Invoice Request Get started in four steps$/,
    );
    await empty.screenshot('explore-no-folder');
    await welcome(empty).getByRole('button', { name: 'New Invoice Request' }).click();
    await empty.editor.waitForText('"fail_url"');
    await empty.page.close();
  });
});
