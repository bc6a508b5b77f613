import assert from 'node:assert/strict';
import { sayingYes } from './support/dialogs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { Report } from '../../src/core/report/report';
import type { Sandbox } from '../../src/sandbox/server';
import {
  closeEditors,
  diagnosticsOf,
  fileUri,
  openFile,
  replaceText,
  waitForCodes,
  waitForOneError,
  writeFile,
} from './support/editor';
import {
  importKey,
  invoice,
  send,
  setBaseUrl,
  startMerchant,
  stopMerchant,
  useKey,
} from './support/merchant';

describe('bad input', () => {
  let merchant: Sandbox;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  afterEach(closeEditors);

  const nothingSent = async (act: () => Promise<void>) => {
    const before = merchant.stats().requests;
    await act();
    assert.equal(merchant.stats().requests, before, 'nothing was sent');
  };

  const texts = [
    { name: 'broken', text: '{"amount": "1.00" "currency_code": "UAH"}', code: 'json-syntax' },
    { name: 'empty', text: '', code: 'json-syntax' },
    { name: 'blank', text: ' \r\n\t', code: 'json-syntax' },
    { name: 'scalar', text: '5', code: 'root-type' },
    { name: 'empty-list', text: '[]', code: 'root-type' },
    { name: 'number', text: invoice().replace('"1500.00"', '1500'), code: 'field-type' },
    { name: 'comment', text: invoice().replace('{', '{ // the order'), code: 'json-comment' },
    { name: 'repeated', text: invoice().replace('{', '{ "amount": "1.00",'), code: 'json-duplicate-key' },
    { name: 'comma', text: invoice().replace('\n}', ',\n}'), code: 'json-trailing-comma' },
    { name: 'deep', text: '['.repeat(10_000), code: 'json-syntax' },
  ];

  for (const { name, text, code } of texts) {
    it(`${name}: not sent, and the place is shown`, () =>
      nothingSent(async () => {
        const { document } = await openFile(`bad-${name}.invoice.json`, text);
        const report = await send();
        assert.equal(report.outcome, 'invalid');
        assert.equal(report.problems[0]?.code, code);
        const shown = await waitForOneError(document.uri);
        assert.equal(shown.range.start.line, report.problems[0].range.start.line);
        assert.equal(document.getText(), text, 'the text is as it was');
      }));
  }

  it('sends a file with a byte order mark and CRLF', async () => {
    const text = `\ufeff${invoice().replaceAll('\n', '\r\n')}`;
    const uri = await writeFile('bom.invoice.json', text);
    assert.equal((await send({ uri })).outcome, 'created');
    await vscode.window.showTextDocument(uri);
    await replaceText(vscode.window.activeTextEditor ?? assert.fail(), 'order-', 'bom-order-');
    assert.equal((await send()).outcome, 'created');
  });

  it('says of a file in another encoding that it is not UTF-8', () =>
    nothingSent(async () => {
      const uri = await writeFile(
        'latin1.invoice.json',
        Buffer.from(invoice({ purpose: 'Prämie' }), 'latin1'),
      );
      const report = await send({ uri });
      assert.equal(report.outcome, 'invalid');
      assert.match(report.problems[0]?.message ?? '', /UTF-8/);
    }));

  it('checks and sends a batch of 5 MB as one file, without losing a request', async () => {
    const request = JSON.parse(invoice({ purpose: 'x'.repeat(500) })) as Record<string, string>;
    const count = 50;
    const many = Array.from({ length: count }, (_, place) => ({
      ...request,
      external_id: `big-${place}`,
      customer_id: 'c'.repeat(128),
    }));
    const text = JSON.stringify(many).padEnd(5 * 1024 * 1024, ' ');
    const uri = await writeFile('five-megabytes.invoice.json', text);
    const reports = await sayingYes(() =>
      vscode.commands.executeCommand<Report[]>('eccaex.sendInvoice', { uri }),
    );
    assert.deepEqual(
      reports.map(({ outcome }) => outcome),
      many.map(() => 'created'),
    );
  });

  it('sends the text of an editor whose file was deleted', async () => {
    const { document } = await openFile('deleted.invoice.json', invoice());
    await vscode.workspace.fs.delete(document.uri);
    assert.equal((await send({ uri: document.uri })).outcome, 'created');
  });

  it('says of a file that does not exist that it cannot be read, and of a folder that it is empty', () =>
    nothingSent(async () => {
      await vscode.workspace.fs.createDirectory(fileUri('empty'));
      assert.equal(
        await vscode.commands.executeCommand('eccaex.sendInvoice', { uri: fileUri('nowhere.json') }),
        undefined,
      );
      assert.equal(await vscode.commands.executeCommand('eccaex.sendInvoice', fileUri('empty')), undefined);
    }));

  it('sends unsaved text as it stands, from an untitled editor in any language mode', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: invoice() });
    await vscode.window.showTextDocument(document);
    const report = await send();
    assert.equal(report.outcome, 'created');
    assert.equal(report.file, document.uri.toString());
    assert.equal(document.isUntitled, true);
  });

  it('takes arguments of any type without throwing', async () => {
    await openFile('arguments.invoice.json', '[]');
    for (const argument of [
      null,
      5,
      'x',
      [],
      { uri: 5 },
      { uris: [null, {}] },
      { index: -1 },
      { environment: 'nowhere' },
    ]) {
      const report = await vscode.commands.executeCommand<Report | undefined>('eccaex.sendInvoice', argument);
      assert.equal(report?.outcome, 'invalid');
    }
  });

  it('sends a request once that is asked for twice', async () => {
    const { document } = await openFile('twice.invoice.json', invoice());
    const before = merchant.stats().created;
    const [first, second] = await Promise.all([send({ uri: document.uri }), send({ uri: document.uri })]);
    assert.equal(merchant.stats().created, before + 1);
    assert.deepEqual(first, second);
    assert.equal(first.outcome, 'created');
  });

  it('refuses a key with a line break in it', async () => {
    assert.deepEqual(await importKey('staging', 'abc\ndef'), { environment: 'staging', done: false });
    const { document } = await openFile('line-break.invoice.json', invoice());
    const report = await send({ uri: document.uri, environment: 'staging' });
    assert.equal(report.outcome, 'blocked');
    assert.equal(report.problems[0]?.code, 'key-absent');
  });

  it('does not send to a base URL that is none, or not encrypted, or at another origin than the key', () =>
    nothingSent(async () => {
      const { document } = await openFile('base-url.invoice.json', invoice());
      const bad = [
        { url: 'not a url', code: 'url-unsafe' },
        { url: 'http://api.ecca-ex.com/api/v1', code: 'url-unsafe' },
        { url: 'http://127.0.0.1.evil.example/api/v1', code: 'url-unsafe' },
        { url: 'https://user:secret@api.ecca-ex.com', code: 'url-unsafe' },
        { url: 'https://elsewhere.example/api/v1', code: 'key-other-origin' },
      ];
      try {
        for (const { url, code } of bad) {
          await setBaseUrl('dev', url);
          const report = await send();
          assert.equal(report.outcome, 'blocked', url);
          assert.equal(report.problems[0]?.code, code, url);
          await waitForCodes(document.uri, code);
        }
      } finally {
        await setBaseUrl('dev', merchant.baseUrl);
      }
    }));

  it('says that a server which is down was not reached', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await setBaseUrl('dev', `http://127.0.0.1:${port}/api/v1`);
    try {
      await useKey('dev', 'sandbox_active');
      const { document } = await openFile('down.invoice.json', invoice());
      const report = await send();
      assert.equal(report.outcome, 'blocked');
      assert.match(
        report.problems[0]?.message ?? '',
        /could not be reached \(ECONNREFUSED\)\. Nothing was sent/,
      );
      await waitForCodes(document.uri, 'connection');
    } finally {
      await setBaseUrl('dev', merchant.baseUrl);
      await useKey('dev', 'sandbox_active');
    }
  });

  it('keeps out of documents that are no requests', async () => {
    const { document } = await openFile('package.json', '{"name": "x", /* comment */ }');
    await openFile('probe.invoice.json', '[]');
    await waitForCodes(fileUri('probe.invoice.json'), 'root-type');
    assert.deepEqual(diagnosticsOf(document.uri), []);
  });
});
