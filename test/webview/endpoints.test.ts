import assert from 'node:assert/strict';
import { type Locator } from 'playwright-core';
import { callEndpoint, type CallResult } from '../../src/app/endpoints/callEndpoint';
import type { Call } from '../../src/core/endpoints/call';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { shownCall } from '../../src/ui/endpoints/shownCall';
import {
  jsonAnswer,
  startScriptedServer,
  textAnswer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { Sending } from '../support/sending';
import { seriousViolations } from '../support/vscode/axe';
import { pageForEachTest } from '../support/webview/page';

const MARKUP = '<img src=x onerror="top.ran=1"><script>top.ran=1</script><a href="command:x">x</a>';
const CURRENCIES: Call = { endpoint: 'currencies', query: {} };
/** Of those, the sandbox has three pages. */
const FAILED: Call = { endpoint: 'withdrawals', query: { status: 'failed', order: 'desc', per_page: '4' } };

describe('the page of a call', () => {
  const stage = pageForEachTest('endpoint');
  let sandbox: Sandbox;
  let server: ScriptedServer;
  let script: Script = jsonAnswer(200, {});

  before(async () => {
    sandbox = await startSandbox();
    server = await startScriptedServer((res, request) => script(res, request));
  });
  after(() => Promise.all([sandbox.stop(), server.stop()]));

  const page = () => stage.now;
  const main = (): Locator => page().locator('main');
  const filter = (): Locator => main().getByRole('searchbox', { name: 'Filter the rows' });

  const show = (call: Call, state: CallResult | 'calling' | 'idle'): Promise<void> =>
    page().show({
      kind: 'show',
      call: shownCall(call, 'dev', state, 'api.example'),
      restored: { ...call, environment: 'dev' },
    });

  /** Calls over the wire, and shows what came of it. */
  const call = async (asked: Call, baseUrl = sandbox.baseUrl, key?: string): Promise<CallResult> => {
    const sending = new Sending(baseUrl, key);
    try {
      const result = await callEndpoint(asked, 'dev', sending.ports, new AbortController().signal);
      await show(asked, result);
      return result;
    } finally {
      sending.dispose();
    }
  };
  const scripted = (answer: Script): Promise<CallResult> => {
    script = answer;
    return call(CURRENCIES, server.baseUrl);
  };

  it('says that nothing was called, that it is called, and takes buttons for what they say', async () => {
    const press = (name: string) => page().posted(() => page().button(name).click());
    await show(FAILED, 'idle');
    await main().getByText('Not called in this window yet.').waitFor();
    assert.deepEqual(page().state, { ...FAILED, environment: 'dev' });
    assert.deepEqual(await press('Call'), [{ kind: 'refresh' }]);
    await page().button('Call').focus();
    await show(FAILED, 'calling');
    await main().getByText('Waiting for the response…').waitFor();
    await page().button('Cancel').and(page().locator(':focus')).waitFor();
    assert.deepEqual(await press('Cancel'), [{ kind: 'cancel' }]);
    await call(FAILED);
    const asked: readonly (readonly [button: string, kind: string])[] = [
      ['Refresh', 'refresh'],
      ['Filters…', 'parameters'],
      ['As JSON', 'text'],
      ['EccaEx Docs', 'docs'],
    ];
    for (const [button, kind] of asked) assert.deepEqual(await press(button), [{ kind }]);
  });

  it('turns pages, and keeps the focus on what turns them', async () => {
    await call(FAILED);
    await main().getByText('Page 1 of 3, 11 in all').waitFor();
    await main().getByText('GET /withdrawals?status=failed&order=desc&per_page=4').waitFor();
    assert.ok(await page().button('Previous').isDisabled());
    assert.deepEqual(await page().posted(() => page().button('Next').press('Enter')), [
      { kind: 'page', page: 2 },
    ]);
    await call({ ...FAILED, query: { ...FAILED.query, page: '2' } });
    await main().getByText('Page 2 of 3, 11 in all').waitFor();
    await page().button('Next').and(page().locator(':focus')).waitFor();
  });

  it('sorts, filters, copies and opens what is in a table', async () => {
    await call(FAILED);
    const first = () => main().locator('tbody tr').first().locator('td').nth(1).innerText();
    await page().button('Amount').press('Enter');
    await main().locator('th[aria-sort="ascending"]').waitFor();
    const low = Number(await first());
    await page().button('Amount').press('Enter');
    await main().locator('th[aria-sort="descending"]').waitFor();
    assert.ok(Number(await first()) > low);
    await filter().fill('rejected_by');
    await main().getByText('4 rows').waitFor();
    await filter().fill(String(low));
    await main().getByText('1 of 4 rows').waitFor();
    const row = Number(await main().locator('tbody tr').getAttribute('data-row'));
    await main().locator('tbody td').nth(1).focus();
    assert.deepEqual(await page().posted(() => page().page.keyboard.press('Enter')), [
      { kind: 'copy', row, column: 1 },
    ]);
    await page().page.keyboard.press('ArrowLeft');
    await main().locator('tbody td').first().and(page().locator(':focus')).waitFor();
    await main().locator('td.id').first().focus();
    assert.deepEqual(await page().posted(() => page().page.keyboard.press('Enter')), [{ kind: 'open', row }]);
    await filter().fill('');
    const time = main().locator('tbody time').first();
    const at = new Date((await time.getAttribute('datetime')) ?? '');
    assert.equal(await time.getAttribute('title'), `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`);
    assert.equal(
      await time.innerText(),
      await time.evaluate((_, date) => new Date(date).toLocaleString('sv'), at.toISOString()),
    );
    await main().locator('tbody .status.failed svg').first().waitFor();
  });

  it('shows one item, and what is wrong with a call, with what to do about it', async () => {
    const list = await call(FAILED);
    const [item] = list.data as { withdraw_uuid: string }[];
    await call({ endpoint: 'withdrawal', query: { withdraw_uuid: item?.withdraw_uuid ?? '' } });
    await main().getByRole('heading', { name: 'Withdrawal', exact: true }).waitFor();
    await main().getByRole('gridcell', { name: 'rejected_by_network' }).waitFor();
    const { problem } = await call(CURRENCIES, sandbox.baseUrl, 'sandbox_revoked');
    assert.ok(problem?.fixes[0]);
    await main().getByRole('region', { name: problem.code }).waitFor();
    const fix = page().button(problem.fixes[0].title);
    assert.deepEqual(await page().posted(() => fix.click()), [{ kind: 'fix', place: 0 }]);
  });

  it('shows what a server sends as text, whatever it is', async () => {
    const item = { currency: MARKUP, name: MARKUP, rate: '[x](command:x)', [MARKUP]: { [MARKUP]: MARKUP } };
    const answers: readonly (readonly [answer: Script, shown: string])[] = [
      [jsonAnswer(200, { successful: true, data: [{ currency: MARKUP }] }), MARKUP],
      [jsonAnswer(200, { successful: true, data: [item, item] }), '[x](command:x)'],
      [textAnswer(502, `<html>${MARKUP}</html>`), 'http-502'],
      [
        jsonAnswer(403, { successful: false, request_id: MARKUP, error: { code: MARKUP, message: MARKUP } }),
        MARKUP,
      ],
    ];
    for (const [answer, shown] of answers) {
      await scripted(answer);
      await main().getByText(shown).first().waitFor();
      assert.equal(await page().strangers(), 0);
      assert.equal(await page().ran(), undefined);
      assert.deepEqual(await seriousViolations(page().page), []);
    }
  });

  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
    it(`has nothing that keeps people from using it, in the theme ${theme}`, async () => {
      await page().setTheme(theme);
      const states: Readonly<Record<string, () => Promise<unknown>>> = {
        idle: () => show(CURRENCIES, 'idle'),
        calling: () => show(CURRENCIES, 'calling'),
        failed: () => call(CURRENCIES, sandbox.baseUrl, 'sandbox_revoked'),
        rows: () => call(FAILED),
      };
      for (const [state, shown] of Object.entries(states)) {
        await shown();
        assert.deepEqual(await seriousViolations(page().page), [], state);
        await page().screenshot(`page-endpoint-${state}-${theme}`);
      }
    });
  }

  it('fits into a narrow column: a wide table scrolls by itself', async () => {
    await page().page.setViewportSize({ width: 320, height: 640 });
    await call(FAILED);
    await main().locator('tbody td').first().waitFor();
    assert.equal(await page().overflow(), 0);
    await scripted(jsonAnswer(200, { successful: true, data: [{ currency: MARKUP, name: MARKUP }] }));
    await main().getByText(MARKUP).first().waitFor();
    assert.equal(await page().overflow(), 0);
  });
});
