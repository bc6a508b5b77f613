import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CallResult } from '../../src/app/endpoints/callEndpoint';
import type { Sandbox } from '../../src/sandbox/server';
import { applyFix, closeEditors, eventually, openFile, waitForCodes } from './support/editor';
import { invoice, startMerchant, stopMerchant, useKey } from './support/merchant';

describe('the endpoints that read', () => {
  let merchant: Sandbox;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  afterEach(closeEditors);

  const call = (argument: object) =>
    vscode.commands.executeCommand<CallResult | undefined>('eccaex.callEndpoint', argument);

  const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  it('are called with what the argument says, and their answer is given and shown', async () => {
    const result = await call({ endpoint: 'withdrawals', query: { status: 'failed', per_page: 3, page: 2 } });
    assert.equal(result?.outcome, 'answered');
    assert.equal(result.environment, 'dev');
    assert.deepEqual(result.query, { status: 'failed', per_page: '3', page: '2' });
    assert.deepEqual(result.paging, { page: 2, perPage: 3, total: 11, totalPages: 4 });
    assert.equal((result.data as unknown[]).length, 3);
    await eventually('the view is open', () => tabs().find((label) => label === 'Withdrawals · dev'));
    const other = await call({ endpoint: '/currencies', environment: 'sandbox' });
    assert.equal(other?.outcome, 'answered');
    assert.equal(other.environment, 'sandbox');
    await eventually('the view shows the other call', () =>
      tabs().includes('Currencies · sandbox') && !tabs().includes('Withdrawals · dev') ? true : undefined,
    );
  });

  it('say what is wrong, and send nothing that is', async () => {
    const before = merchant.stats().requests;
    assert.equal(await call({ endpoint: 'create-invoice' }), undefined);
    const absent = await call({ endpoint: 'currencies', environment: 'prod' });
    assert.deepEqual([absent?.outcome, absent?.problem?.code], ['blocked', 'key-absent']);
    assert.equal(merchant.stats().requests, before);
  });

  it('feed the checks of a request, until the key is another one', async () => {
    const text = invoice({ amount: '1.00' });
    const { document } = await openFile('small.invoice.json', text);
    const other = await openFile('other.invoice.json', invoice({ currency_code: 'SEK' }));
    await waitForCodes(document.uri);
    await call({ endpoint: 'payment-methods', query: {} });
    await call({ endpoint: 'currencies' });
    const [diagnostic] = await waitForCodes(document.uri, 'amount-outside-limits');
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(document.getText(diagnostic.range), '"1.00"');
    const [currency] = await waitForCodes(other.document.uri, 'currency-not-offered');
    assert.ok(currency);
    const { requests } = merchant.stats();
    const fetched = await applyFix(other.document.uri, currency.range, 'Fetch the currencies of dev again');
    assert.equal((fetched as CallResult).outcome, 'answered');
    assert.equal(merchant.stats().requests, requests + 1);
    await applyFix(other.document.uri, currency.range, /^Write "(UAH|TRY|EUR|JPY)"$/);
    await waitForCodes(other.document.uri);
    await useKey('dev', 'sandbox_active');
    await waitForCodes(document.uri);
  });
});
