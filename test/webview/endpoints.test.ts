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
  const search = (): Locator => main().getByRole('searchbox', { name: 'Search these rows' });

  const show = (call: Call, state: CallResult | 'calling' | 'idle'): Promise<void> =>
    page().show({
      kind: 'show',
      call: shownCall(call, 'dev', state, 'api.example'),
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

  const field = (name: string): Locator => main().getByLabel(name, { exact: true });
  const applied = () => page().posted(() => page().button('Apply').click());

  it('has a field for each documented parameter, with what the call was made with', async () => {
    await call(FAILED);
    assert.deepEqual(await main().locator('form label').allInnerTexts(), [
      'status',
      'order',
      'per_page',
      'page',
    ]);
    assert.equal(await field('status').inputValue(), 'failed');
    assert.equal(await field('per_page').inputValue(), '4');
    assert.equal(await field('page').getAttribute('placeholder'), '1');
    assert.deepEqual(await applied(), [{ kind: 'filter', query: { status: 'failed', per_page: '4' } }]);
    assert.deepEqual(await page().posted(() => page().button('Reset').click()), [
      { kind: 'filter', query: {} },
    ]);
    await call({ endpoint: 'payment-methods', query: {} });
    await field('currency').fill(' uah ');
    assert.deepEqual(await page().posted(() => field('currency').press('Enter')), [
      { kind: 'filter', query: { currency: 'uah' } },
    ]);
    assert.equal(await page().button('Reset').count(), 0);
    await call(CURRENCIES);
    await main().getByRole('gridcell', { name: '41.35' }).waitFor();
    assert.equal(await main().locator('form').count(), 0, 'None is documented.');
  });

  it('keeps what is set while the same call is made again, and begins other filters with the first page', async () => {
    const second: Call = { endpoint: 'withdrawals', query: { page: '2', per_page: '4' } };
    await call(second);
    await field('status').selectOption('success');
    assert.equal(await field('page').inputValue(), '');
    await field('order').selectOption('asc');
    await field('order').focus();
    await show(second, 'calling');
    await main().getByText('Waiting for the response…').waitFor();
    await field('order').and(page().locator(':focus')).waitFor();
    await call(second);
    await main().getByText('Page 2 of').waitFor();
    assert.equal(await field('status').inputValue(), 'success');
    const query = { status: 'success', order: 'asc', per_page: '4' };
    assert.deepEqual(await applied(), [{ kind: 'filter', query }]);
    await call({ endpoint: 'withdrawals', query: { ...query, page: '2' } });
    await main().getByText('Page 2 of').waitFor();
    assert.equal(await field('page').inputValue(), '2');
    assert.deepEqual(await applied(), [{ kind: 'filter', query: { ...query, page: '2' } }]);
  });

  it('says at the field what is wrong with it, and asks for nothing until that is right', async () => {
    await call({ endpoint: 'withdrawals', query: { status: 'lost' } });
    await main().getByText('Nothing was sent yet.').waitFor();
    await field('status').and(page().locator(':focus[aria-invalid]')).waitFor();
    assert.equal(await field('status').inputValue(), 'lost');
    await main().getByText('status is one of pending, success, failed, cancelled.').waitFor();
    assert.deepEqual(await seriousViolations(page().page), []);
    await page().screenshot('page-endpoint-invalid');
    await field('status').selectOption('failed');
    await field('per_page').fill('501');
    await page().button('Apply').click();
    await field('per_page').and(page().locator(':focus[aria-invalid]')).waitFor();
    await main().getByText('per_page is a whole number from 1 to 500.').waitFor();
    await field('per_page').fill('500');
    await main().locator('[aria-invalid]').waitFor({ state: 'detached' });
    assert.deepEqual(await applied(), [{ kind: 'filter', query: { status: 'failed', per_page: '500' } }]);
    await call({ endpoint: 'withdrawal', query: {} });
    await field('withdraw_uuid').and(page().locator(':focus')).waitFor();
    await main().getByText('Enter the withdraw_uuid.').waitFor();
  });

  it('says why there are no rows', async () => {
    script = jsonAnswer(200, {
      successful: true,
      data: [],
      page: 9,
      per_page: 20,
      total: 45,
      total_pages: 3,
    });
    await call({ endpoint: 'withdrawals', query: { page: '9' } }, server.baseUrl);
    await main().getByText('Page 9 has no withdrawals.').waitFor();
    assert.deepEqual(await page().posted(() => page().button('Previous').click()), [
      { kind: 'page', page: 3 },
    ]);
    script = jsonAnswer(200, { successful: true, data: [] });
    await call({ endpoint: 'payment-methods', query: { currency: 'SEK' } }, server.baseUrl);
    await main().getByText('No payment methods match these filters.').waitFor();
    await page().button('Reset').waitFor();
    await scripted(script);
    await main().getByText('The API returned no currencies.').waitFor();
  });

  it('sorts, searches, copies and opens what is in a table', async () => {
    await call(FAILED);
    const first = () => main().locator('tbody tr').first().locator('td').nth(1).innerText();
    await page().button('Amount').press('Enter');
    await main().locator('th[aria-sort="ascending"]').waitFor();
    const low = Number(await first());
    await page().button('Amount').press('Enter');
    await main().locator('th[aria-sort="descending"]').waitFor();
    assert.ok(Number(await first()) > low);
    await search().fill('rejected_by');
    await main().getByText('4 rows').waitFor();
    await search().fill(String(low));
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
    await search().fill('');
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

  it('shows rows where there is little height, as at 200 % zoom: the page scrolls', async () => {
    await page().page.setViewportSize({ width: 320, height: 300 });
    await call(FAILED);
    const row = main().locator('tbody tr').nth(3);
    await row.scrollIntoViewIfNeeded();
    const hidden = await main()
      .locator('.scroll')
      .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
    assert.equal(hidden, 0, 'All four are there.');
    await page().screenshot('page-endpoint-zoomed');
    assert.equal(await page().overflow(), 0);
  });
});
