import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Report } from '../../src/core/report/report';
import type { Sandbox } from '../../src/sandbox/server';
import { sayingYes } from './support/dialogs';
import {
  applyFix,
  closeEditors,
  codeOf,
  diagnosticsOf,
  eventually,
  fixesAt,
  openFile,
  replaceText,
  waitForCodes,
} from './support/editor';
import { invoice, send, startMerchant, stopMerchant, useKey } from './support/merchant';

const NO_URLS = { callback_url: undefined, success_url: undefined, fail_url: undefined };

describe('an answer of the API', () => {
  let merchant: Sandbox;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  afterEach(async () => {
    await useKey('dev', 'sandbox_active');
    await closeEditors();
  });

  const refusals = [
    { key: 'sandbox_revoked', code: 'API_KEY_INVALID', status: 403 },
    { key: 'sandbox_owner_blocked', code: 'OWNER_BLOCKED', status: 403 },
    { key: 'sandbox_merchant_blocked', code: 'MERCHANT_BLOCKED', status: 403 },
    { key: 'sandbox_not_active', code: 'MERCHANT_NOT_ACTIVE', status: 403 },
  ];

  for (const { key, code, status } of refusals) {
    it(`${code} shows on the request's first line, and a working key leads to an invoice`, async () => {
      await useKey('dev', key);
      const { document } = await openFile(`${code}.invoice.json`, invoice());
      const report = await send();
      assert.equal(report.outcome, 'rejected');
      assert.equal(report.status, status);
      assert.equal(report.error?.code, code);
      assert.ok(report.requestId);
      const [diagnostic] = await waitForCodes(document.uri, code);
      assert.ok(diagnostic);
      assert.deepEqual(diagnostic.range, new vscode.Range(0, 0, 0, 1));
      assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
      assert.deepEqual(await titlesAt(document.uri, diagnostic.range), [
        'Set the API key for dev…',
        'Verify the API key for dev',
        'Switch environment…',
        'Show where to create API keys',
        'Send again to dev',
        'Copy the request id for support',
      ]);
      await useKey('dev', 'sandbox_active');
      const again = (await sayingYes(() =>
        applyFix(document.uri, diagnostic.range, 'Send again to dev'),
      )) as Report;
      assert.equal(again.outcome, 'created');
      await waitForCodes(document.uri);
    });
  }

  it('“Send again” sends the request that it is offered for, wherever that is in its batch now', async () => {
    const element = (id: string, customer = 'user_1') =>
      invoice({ external_id: id, customer_id: customer }).trim();
    const editor = await openFile(
      'moved.invoice.json',
      `[\n${element('moved-a')},\n${element('moved-b', 'fault_unknown_code')}\n]`,
    );
    const { document } = editor;
    await sayingYes(() => vscode.commands.executeCommand('eccaex.sendInvoice'));
    await waitForCodes(document.uri, 'LIMIT_EXCEEDED_FOR_TODAY');
    await replaceText(editor, '[', `[\n${element('moved-c')},`);
    const [diagnostic] = await eventually('the problem is where its request is now', () => {
      const found = diagnosticsOf(document.uri);
      return found.some(({ range }) => range.start.line === 19) ? found : undefined;
    });
    assert.ok(diagnostic);
    const again = (await sayingYes(() =>
      applyFix(document.uri, diagnostic.range, 'Send again to dev'),
    )) as Report;
    assert.deepEqual([again.index, again.outcome], [2, 'rejected']);
    assert.match(again.body ?? '', /moved-b/);
    await waitForCodes(document.uri, 'LIMIT_EXCEEDED_FOR_TODAY');
    await applyFix(document.uri, diagnostic.range, 'Copy the request id for support');
    assert.equal(await vscode.env.clipboard.readText(), again.requestId);
  });

  it('API_KEY_MISSING shows on the first line, with the key as the first fix', async () => {
    const { document } = await openFile(
      'missing.invoice.json',
      invoice({ customer_id: 'fault_api_key_missing' }),
    );
    const report = await send();
    assert.equal(report.outcome, 'rejected');
    assert.equal(report.status, 401);
    const [diagnostic] = await waitForCodes(document.uri, 'API_KEY_MISSING');
    assert.ok(diagnostic);
    assert.deepEqual(diagnostic.range, new vscode.Range(0, 0, 0, 1));
    assert.equal((await titlesAt(document.uri, diagnostic.range))[0], 'Set the API key for dev…');
  });

  it('MISSING_REQUIRED_URLS takes the place of the warning, and its fix leads to an invoice', async () => {
    const { document } = await openFile('urls.invoice.json', invoice(NO_URLS));
    await waitForCodes(document.uri, 'urls-missing');
    const report = await send();
    assert.equal(report.outcome, 'rejected');
    const [diagnostic] = await waitForCodes(document.uri, 'MISSING_REQUIRED_URLS');
    assert.ok(diagnostic);
    assert.match(diagnostic.message, /callback_url, success_url and fail_url are missing/);
    await applyFix(document.uri, diagnostic.range, 'Add callback_url, success_url, fail_url');
    await waitForCodes(document.uri);
    const again = await send();
    assert.equal(again.outcome, 'created');
    assert.match(document.getText(), /\n {2}"fail_url": "https:\/\/example\.com\/payment\/failed"\n}/);
  });

  it('a repeated external_id shows on its value, and a new one leads to an invoice', async () => {
    const text = invoice();
    await openFile('once.invoice.json', text);
    assert.equal((await send()).outcome, 'created');
    const { document } = await openFile('twice.invoice.json', text);
    const report = await send();
    assert.equal(report.status, 409);
    const [diagnostic] = await waitForCodes(document.uri, report.error?.code ?? '');
    assert.ok(diagnostic);
    assert.match(document.getText(diagnostic.range), /^"order-.*"$/);
    await applyFix(document.uri, diagnostic.range, /^Use a new external_id: /);
    await waitForCodes(document.uri);
    assert.equal((await send()).outcome, 'created');
  });

  const oddities = [
    { fault: 'unknown_code', outcome: 'rejected', code: 'LIMIT_EXCEEDED_FOR_TODAY' },
    { fault: 'rates_unavailable', outcome: 'rejected', code: 'RATES_UNAVAILABLE' },
    { fault: 'html_502', outcome: 'unexpected', code: 'http-502' },
    { fault: 'empty_500', outcome: 'unexpected', code: 'http-500' },
    { fault: 'wrong_types', outcome: 'unexpected', code: 'http-422' },
    { fault: 'envelope_200', outcome: 'unexpected', code: 'RATES_UNAVAILABLE' },
    { fault: 'not_json', outcome: 'unexpected', code: 'not-json' },
    { fault: 'not_invoice', outcome: 'unexpected', code: 'not-an-invoice' },
    { fault: 'redirect', outcome: 'unexpected', code: 'redirect' },
    { fault: 'truncated', outcome: 'unanswered', code: 'truncated' },
    { fault: 'reset', outcome: 'unanswered', code: 'connection' },
    { fault: 'flood', outcome: 'unanswered', code: 'truncated' },
  ];

  for (const { fault, outcome, code } of oddities) {
    it(`${fault} is ${outcome}, shows as ${code} on the first line, and goes when the request is mended`, async () => {
      const editor = await openFile(`${fault}.invoice.json`, invoice({ customer_id: `fault_${fault}` }));
      const { document } = editor;
      const report = await send();
      assert.equal(report.outcome, outcome);
      const [diagnostic] = await waitForCodes(document.uri, code);
      assert.ok(diagnostic);
      assert.deepEqual(diagnostic.range, new vscode.Range(0, 0, 0, 1));
      assert.ok(report.problems[0]?.guidance.length);
      assert.ok((await titlesAt(document.uri, diagnostic.range)).length > 0);
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      assert.ok(await editor.edit((edit) => edit.replace(all, invoice())));
      await waitForCodes(document.uri);
      assert.equal((await send()).outcome, 'created');
    });
  }

  it('links each code to the vendor’s page about it', async () => {
    await useKey('dev', 'sandbox_revoked');
    const { document } = await openFile('link.invoice.json', invoice());
    await send();
    const [diagnostic] = await waitForCodes(document.uri, 'API_KEY_INVALID');
    assert.ok(diagnostic);
    assert.equal(codeOf(diagnostic), 'API_KEY_INVALID');
    assert.ok(typeof diagnostic.code === 'object');
    assert.equal(diagnostic.code.target.toString(), 'https://docs.ecca-ex.com/authentication');
  });

  it('is opened as text for the request that is being edited, whatever was sent last', async () => {
    const edited = await openFile('edited.invoice.json', invoice());
    await send({ uri: edited.document.uri });
    const { document } = await openFile('last.invoice.json', invoice());
    await send({ uri: document.uri });
    await vscode.window.showTextDocument(edited.document);
    await vscode.commands.executeCommand('eccaex.openResponse');
    const active = vscode.window.activeTextEditor?.document;
    assert.match(active?.uri.path ?? '', /^\/edited\.invoice\.json .* created\.json$/);
  });

  it('is shown beside the request that is being edited, whatever was sent last', async () => {
    const edited = await openFile('shown.invoice.json', invoice());
    await send({ uri: edited.document.uri });
    const { document } = await openFile('last.invoice.json', invoice());
    await send({ uri: document.uri });
    await vscode.window.showTextDocument(edited.document);
    await vscode.commands.executeCommand('eccaex.showResponse');
    const shown = await eventually('it is shown', () => {
      const [, beside] = vscode.window.tabGroups.all;
      return beside?.activeTab?.input instanceof vscode.TabInputWebview ? beside.activeTab.label : undefined;
    });
    assert.equal(shown, 'Response: shown.invoice.json');
  });

  it('says in the hover what to do, and copies the request id by a link', async () => {
    await useKey('dev', 'sandbox_revoked');
    const { document } = await openFile('hover.invoice.json', invoice());
    const report = await send();
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 0),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n')
      // Every sign is escaped, so that nothing in it is Markdown.
      .replaceAll('\\', '');
    assert.match(text, /What to do/);
    assert.match(text, /1\. Replace the key/);
    assert.ok(report.requestId);
    assert.ok(text.includes(report.requestId));
    const link = /\(command:(_eccaex\.copyRequestId)\?([^)]*)\)/.exec(text);
    assert.ok(link?.[1] && link[2]);
    const given = JSON.parse(decodeURIComponent(link[2])) as unknown[];
    await vscode.commands.executeCommand(link[1], ...given);
    assert.equal(await vscode.env.clipboard.readText(), report.requestId);
  });
});

async function titlesAt(uri: vscode.Uri, range: vscode.Range): Promise<string[]> {
  return (await fixesAt(uri, range)).map(({ title }) => title);
}
