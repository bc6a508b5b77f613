import assert from 'node:assert/strict';
import { type Locator } from 'playwright-core';
import { ACTIVE_KEY } from './actions';
import { Keyboard } from './keyboard';
import { requestText } from './requests';
import { stageForSteps } from './steps';
import { ActionCount } from '../support/vscode/actionCount';
import { seriousViolations } from '../support/vscode/axe';
import { attempt, retry } from '../support/vscode/parts/attempt';
import { type Theme } from '../support/vscode/workbench';

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast'];
const OPEN = 'Welcome: Open Walkthrough...';
const WALKTHROUGH = 'Send Your First Invoice';
/** Of each step its picture, its title and a text that stands in no other picture. */
const PICTURES = [
  ['samples', 'Open the samples', 'invoice with a payment link'],
  ['send', 'Send to the sandbox', '1-created.invoice.json: invoice created'],
  ['fix', 'Fix an error', 'Rename to currency_code'],
  ['key', 'Set the dev key', 'API key for dev'],
] as const;
/** What VS Code puts around that has faults of its own. */
const OURS = '.getting-started-step .step-description-container';
const CREATED = /invoice created|Invoice created/i;

describe('the walkthrough', function () {
  const stage = stageForSteps({
    session: (api) => ({
      // As it is where nobody has changed it.
      settings: { 'eccaex.baseUrl.dev': api.baseUrl, 'eccaex.response.open': 'always' },
    }),
  });

  const page = (): Locator => stage.workbench.page.locator('.gettingStartedContainer');
  const step = (title: string): Locator =>
    page().locator('.getting-started-step', { hasText: title }).first();
  const isDone = (title: string): Locator =>
    step(title).locator('.codicon-getting-started-step-checked.complete');
  const button = (title: string): Locator => page().getByRole('button', { name: title, exact: true }).first();

  async function openWalkthrough(): Promise<void> {
    const { workbench } = stage;
    await workbench.runCommand(OPEN);
    await workbench.quickInput.type(WALKTHROUGH);
    await workbench.quickInput.pick(WALKTHROUGH);
    await step('Open the samples').waitFor();
  }

  it('creates a sandbox invoice and shows its response in two actions', async () => {
    const { workbench } = stage;
    await openWalkthrough();
    await button('Open Samples').waitFor();
    const count = await ActionCount.begin(workbench.page);
    await button('Open Samples').click();
    await workbench.editor.clickLens('Send to sandbox');
    await workbench.notifications.waitFor(CREATED);
    await workbench.webview().locator('.top', { hasText: CREATED }).waitFor();
    assert.equal(await count.taken(), 2, (await count.actions()).join());
    await isDone('Open the samples').waitFor();
    await isDone('Send to the sandbox').waitFor();
    assert.equal(await isDone('Fix an error').count(), 0);
    await workbench.screenshot('walkthrough-sent');
  });

  it('ticks a step once an error is fixed, not when its button is pressed', async () => {
    const { workbench } = stage;
    await step('Fix an error').click();
    await button('Open a Sample with Errors').click();
    await workbench.editor.squiggles('error').first().waitFor();
    assert.equal(await isDone('Fix an error').count(), 0);
    await workbench.screenshot('walkthrough-errors');
    await workbench.editor.replaceAll('{}\n');
    assert.equal(await isDone('Fix an error').count(), 0);
    await workbench.editor.replaceAll(requestText());
    await isDone('Fix an error').waitFor();
    await workbench.runCommand('View: Revert and Close Editor');
    await workbench.runCommand('View: Close All Editors');
  });

  it('is walked through with the keyboard alone', async () => {
    const { workbench } = stage;
    const { editor, notifications, page: window, quickInput } = workbench;
    const keyboard = new Keyboard(workbench);
    const take = async (title: string, label: string) => {
      await keyboard.command('View: Close All Editors');
      await keyboard.command(OPEN, WALKTHROUGH);
      await page().waitFor();
      // The page opens another step by itself when one is done.
      await retry(async () => {
        if ((await step(title).getAttribute('aria-expanded')) !== 'true') {
          await keyboard.reach(step(title));
          await keyboard.press('Enter');
        }
        await keyboard.reach(button(label));
      });
      await keyboard.press('Enter');
    };
    await keyboard.command('Notifications: Clear All Notifications');
    await take('Open the samples', 'Open Samples');
    await editor.waitForText('"external_id"');
    await window.locator('.monaco-editor.focused').waitFor();
    await keyboard.press('Control+Alt+Enter');
    await notifications.waitFor(CREATED);
    await take('Fix an error', 'Open a Sample with Errors');
    // Of the empty text before, there is one error alone.
    await editor.squiggles('error').nth(2).waitFor();
    // A key that comes while the editor still looks for fixes is lost.
    await attempt(window.locator('.action-widget .monaco-list-row.action').first(), async () => {
      if (!(await window.locator('.monaco-editor .marker-widget').isVisible())) await keyboard.press('F8');
      await keyboard.press('ControlOrMeta+.');
    });
    await keyboard.chooseFix('Fix all that is safe to fix');
    await editor.waitForText('"1500.50"');
    await keyboard.command('View: Revert and Close Editor');
    await take('Set the dev key', 'Set dev Key');
    await quickInput.waitForText('API key for dev');
    await keyboard.answer(ACTIVE_KEY, 'API key for dev');
    await notifications.waitFor('API key for dev stored');
    await isDone('Set the dev key').waitFor();
  });

  for (const theme of THEMES)
    it(`is shown in the theme ${theme}, picture by picture`, async () => {
      const { workbench } = stage;
      // Beside the side bar there is no room for the pictures.
      if (await workbench.page.locator('.part.sidebar').isVisible())
        await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
      await workbench.setTheme(theme);
      // The page is another one in another theme, and shows its first step again.
      await workbench.runCommand('View: Close All Editors');
      await openWalkthrough();
      for (const [name, title, text] of PICTURES) {
        if ((await step(title).getAttribute('aria-expanded')) !== 'true') await step(title).click();
        await workbench.webview().getByText(text).waitFor();
        await workbench.screenshot(`walkthrough-${name}-${theme}`);
        assert.deepEqual(await seriousViolations(workbench.page, OURS), [], title);
      }
    });
});
