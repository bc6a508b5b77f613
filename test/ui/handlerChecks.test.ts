import { startHandler } from '../support/webhook/wrongHandlers';
import { requestText } from './requests';
import { stageForSteps } from './steps';

describe('the checks of a webhook handler', function () {
  this.timeout(240_000);
  /** What the handler does wrong, until it is repaired below. */
  const quirks: { checksTime: boolean } = { checksTime: false };
  let handler: Awaited<ReturnType<typeof startHandler>>;
  before(async () => (handler = await startHandler('sandbox_webhook_secret', quirks)));
  after(() => handler.stop());
  const stage = stageForSteps({
    session: () => ({ files: { 'first.invoice.json': requestText({ external_id: 'checked-1' }) } }),
  });

  /** The row's icon says how the check ended. */
  const waitForState = (name: string, state: 'Passed' | 'Failed') => {
    const { page } = stage.workbench;
    return page
      .locator('.part.sidebar .monaco-list-row')
      .filter({ hasText: new RegExp(`^\\s*${name}(?!-)`) })
      .filter({ has: page.locator(`[class*="testing-${state.toLowerCase()}"]`) })
      .first()
      .waitFor();
  };

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

  it('are green after the failed ones were run again', async () => {
    const { workbench } = stage;
    quirks.checksTime = true;
    await workbench.runCommand('Test: Rerun Failed Tests');
    await waitForState('stale', 'Passed');
    await waitForState('future', 'Passed');
    await workbench.screenshot('handler-checks-green');
  });
});
