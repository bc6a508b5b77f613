import assert from 'node:assert/strict';
import { attempt, retry } from '../support/vscode/parts/attempt';
import { ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

const COUNT = 10_000;
/** The one that is wrong. */
const MIDDLE = 5000;

const request = (place: number): string =>
  requestText({ external_id: `order-${place}`, ...(place === MIDDLE ? { amount: '1,50' } : {}) }).trim();

describe('a batch of 10,000', function () {
  const stage = stageForSteps({
    session: (api) => ({
      files: {
        'many.invoice.json': `[\n${Array.from({ length: COUNT }, (_, i) => request(i)).join(',\n')}\n]\n`,
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
  });

  it('leads to the one that is wrong, with lenses there, too', async () => {
    const { workbench } = stage;
    const { editor, page } = workbench;
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', ACTIVE_KEY);
    await workbench.openFile('many.invoice.json');
    await editor.lens(/^Send all 10000 to dev$/).waitFor();
    // The lenses can be there before the problems.
    await attempt(editor.squiggles('error').first(), () => page.keyboard.press('F8'));
    await editor.waitForText('"1,50"');
    await editor
      .lens(/^Send to dev$/)
      .and(page.locator(':visible'))
      .first()
      .waitFor();
    await workbench.screenshot('large-middle');
    await page.keyboard.press('Escape');
  });

  it('is checked anew as it is mended, and as that is undone', async () => {
    const { editor, page } = stage.workbench;
    await editor.applyQuickFix('1,50', '1.50');
    await editor.squiggles('error').first().waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+Z');
    await editor.squiggles('error').first().waitFor();
  });

  it('is sent without that one, and stopped: what the reports say is what the server counted', async () => {
    const { workbench, api } = stage;
    const { notifications } = workbench;
    await workbench.runCommand(SEND);
    const progress = 'Sending 9999 of 10000 requests';
    await notifications.waitFor(progress);
    await retry(() =>
      api.stats().created > 100 ? Promise.resolve() : Promise.reject(new Error('few were sent')),
    );
    await workbench.screenshot('large-sending');
    await notifications.press(progress, 'Cancel');
    const told = await notifications.waitFor('10,000 requests:');
    const [created, unanswered, cancelled, invalid] = [
      ...['created', 'no response', 'canceled', 'with errors'],
    ].map((outcome) => Number(new RegExp(`(\\d+) ${outcome}`).exec(told.replaceAll(',', ''))?.[1] ?? 0)) as [
      number,
      number,
      number,
      number,
    ];
    assert.equal(created + unanswered + cancelled + invalid, COUNT);
    assert.equal(invalid, 1);
    assert.ok(cancelled > 0, 'it was stopped before the end');
    const counted = api.stats().created;
    assert.ok(created <= counted && counted <= created + unanswered, `${counted} were created: ${told}`);
    await workbench.screenshot('large-stopped');
  });
});
