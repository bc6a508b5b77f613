import assert from 'node:assert/strict';
import { until } from '../contract/sandboxClient';
import { attempt } from '../support/vscode/parts/attempt';
import { startHandler, type Quirks } from '../support/webhook/wrongHandlers';
import { requestText } from './requests';
import { stageForSteps } from './steps';

describe('the checks of a webhook handler', function () {
  /** What the handler does wrong, until it is repaired below. */
  const quirks: { -readonly [Name in keyof Quirks]: Quirks[Name] } = { checksTime: false };
  let handler: Awaited<ReturnType<typeof startHandler>>;
  /** Requests. */
  let inOneRun = 0;
  before(async () => (handler = await startHandler('sandbox_webhook_secret', quirks)));
  after(() => handler.stop());
  const stage = stageForSteps({
    session: () => ({
      files: {
        'first.invoice.json': requestText({ external_id: 'checked-1' }),
        'handler.mjs': '// Reads X-Signature.\n',
      },
    }),
  });

  type State = 'Passed' | 'Failed';
  /** The row's icon says how the check ended. */
  const row = (name: string, state: State) => {
    const { page } = stage.workbench;
    return page
      .locator('.part.sidebar .monaco-list-row')
      .filter({ hasText: new RegExp(`^\\s*${name}(?!-)`) })
      .filter({ has: page.locator(`[class*="testing-${state.toLowerCase()}"]`) })
      .first();
  };
  const waitForState = (name: string, state: State) => row(name, state).waitFor();

  it('are red where the handler is wrong', async () => {
    const { workbench } = stage;
    await workbench.openFile('first.invoice.json');
    await workbench.runCommand('Testing: Focus on Test Explorer View');
    await workbench.runCommand('Test: Run All Tests');
    const { quickInput } = workbench;
    await quickInput.waitForText('URL of your handler');
    await quickInput.type(handler.url);
    await quickInput.accept();
    await quickInput.waitForText('Leave empty to skip');
    await quickInput.type(handler.stateUrl);
    await quickInput.accept();
    await waitForState('stale', 'Failed');
    await waitForState('wrong-signature', 'Passed');
    await waitForState('future', 'Failed');
    await workbench.screenshot('handler-checks-red');
  });

  it('say of a failed one what was sent, expected and got, and send it again', async () => {
    const { workbench } = stage;
    quirks.checksTime = true;
    await workbench.runCommand('Test Results: Focus on Test Results View');
    const results = workbench.page.locator('.part.panel');
    await results.locator('.monaco-list-row', { hasText: /stale/ }).first().click();
    await results.getByText('Expected: 4xx within 15 s').waitFor();
    await workbench.screenshot('handler-check-failed');
    await attempt(row('stale', 'Passed'), (patience) => results.getByText('Replay this').click(patience));
    await waitForState('future', 'Failed');
  });

  it('are green after the failed ones were run again', async () => {
    const { workbench } = stage;
    quirks.checksTime = true;
    await workbench.runCommand('Test: Rerun Failed Tests');
    await waitForState('stale', 'Passed');
    await waitForState('future', 'Passed');
    await workbench.screenshot('handler-checks-green');
  });

  it('run again when a file of the handler is saved, and not when another one is', async () => {
    const { workbench } = stage;
    // The last check tells that the run which starts at once is over.
    quirks.keepsPaid = false;
    const begin = handler.received();
    await workbench.runCommand('Test: Start Continuous Run');
    await waitForState('late-expired', 'Failed');
    const before = handler.received();
    inOneRun = before - begin;
    quirks.keepsPaid = true;
    quirks.method = 'any';
    await workbench.openFile('first.invoice.json');
    await workbench.editor.replaceAll(requestText({ external_id: 'checked-2' }));
    await workbench.editor.save();
    await workbench.openFile('handler.mjs');
    assert.equal(handler.received(), before);
    await workbench.editor.replaceAll('// Reads X-Signature, as saved.\n');
    await workbench.editor.save();
    await waitForState('get', 'Failed');
    await waitForState('late-expired', 'Passed');
    await workbench.runCommand('Test: Stop Continuous Run');
  });

  it('run once more when a file of the handler was saved while they ran', async () => {
    const { workbench } = stage;
    let goOn = () => {};
    const saved = new Promise<void>((resolve) => (goOn = resolve));
    quirks.work = () => saved;
    const before = handler.received();
    await workbench.runCommand('Test: Start Continuous Run');
    await until(() => handler.received() > before);
    await workbench.editor.replaceAll('// Reads X-Signature, as saved meanwhile.\n');
    await workbench.editor.save();
    goOn();
    await until(() => handler.received() === before + 2 * inOneRun);
    await workbench.runCommand('Test: Stop Continuous Run');
  });

  it('are canceled though the handler hangs', async () => {
    const { workbench } = stage;
    quirks.work = () => new Promise(() => undefined);
    const running = workbench.page.locator('.part.sidebar [class*="codicon-modifier-spin"]').first();
    await attempt(running, () => workbench.runCommand('Test: Run All Tests'));
    await workbench.runCommand('Test: Cancel Test Run');
    await running.waitFor({ state: 'detached' });
  });
});
