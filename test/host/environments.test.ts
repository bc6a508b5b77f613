import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Verification } from '../../src/app/keys/keyRing';
import type { KeyResult } from '../../src/ui/keys/keyCommands';
import type { Report } from '../../src/core/report/report';
import type { Sandbox } from '../../src/sandbox/server';
import { sayingYes, whileListening } from './support/dialogs';
import { closeEditors, eventually, fileUri, openFile, writeFile } from './support/editor';
import {
  forget,
  invoice,
  send,
  sendUnanswered,
  startMerchant,
  stopMerchant,
  useKey,
} from './support/merchant';
import { USED_KEYS } from '../support/usedKeys';

describe('environments and keys', () => {
  afterEach(closeEditors);

  it('a fresh workspace sends to the sandbox, with nothing set up', async () => {
    await openFile('fresh.invoice.json', invoice());
    const report = await send({ environment: 'sandbox' });
    assert.equal(report.outcome, 'created');
    assert.equal(report.environment, 'sandbox');
    assert.match(report.origin ?? '', /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('the sandbox is started once, stopped, and started again when it is needed', async () => {
    const first = await vscode.commands.executeCommand<string>('eccaex.startSandbox');
    assert.equal(await vscode.commands.executeCommand('eccaex.startSandbox'), first);
    await vscode.commands.executeCommand('eccaex.stopSandbox');
    await assert.rejects(fetch(first));
    await openFile('again.invoice.json', invoice());
    assert.equal((await send({ environment: 'sandbox' })).outcome, 'created');
  });

  it('nothing is sent without a key, and the fix is to set it', async () => {
    await openFile('no-key.invoice.json', invoice());
    const report = await send({ environment: 'prod' });
    assert.equal(report.outcome, 'blocked');
    assert.equal(report.origin, 'https://api.ecca-ex.com');
    assert.equal(report.problems[0]?.code, 'key-absent');
    assert.equal(report.problems[0].fixes[0], 'eccaex.setApiKey');
  });

  it('nothing is sent to prod that no person has confirmed', async () => {
    await useKey('prod', USED_KEYS.ofProd);
    try {
      await openFile('prod.invoice.json', invoice());
      const report = await sendUnanswered({ environment: 'prod' });
      assert.deepEqual([report.outcome, report.problems], ['cancelled', []]);
    } finally {
      await forget('prod');
    }
  });

  it('prod is not chosen without a word where files lead to the own machine', async function () {
    // The server with the oldest VS Code comes without what it searches files with.
    if (!vscode.workspace.workspaceFile) this.skip();
    await openFile('own.invoice.json', invoice({ callback_url: 'http://localhost:3000/paid' }));
    const { told } = await whileListening(async () => {
      await vscode.commands.executeCommand('eccaex.selectEnvironment', { environment: 'dev' });
      await vscode.commands.executeCommand('eccaex.selectEnvironment', { environment: 'prod' });
      await eventually('dev is active again', async () => {
        const { environment } = await send({ uri: fileUri('own.invoice.json') });
        return environment === 'dev' || undefined;
      });
    }, 'Back to dev');
    assert.match(told.join('\n'), /prod is active, and URLs of .*\.invoice\.json.* lead to your own machine/);
    await vscode.commands.executeCommand('eccaex.selectEnvironment', { environment: 'sandbox' });
  });

  describe('with a merchant', () => {
    let merchant: Sandbox;

    before(async () => {
      merchant = await startMerchant();
    });

    after(() => stopMerchant(merchant));

    it('a key is verified by a request that changes nothing', async () => {
      const verify = () =>
        vscode.commands.executeCommand<Verification>('eccaex.verifyApiKey', { environment: 'dev' });
      assert.equal((await verify()).result, 'accepted');
      await useKey('dev', 'sandbox_revoked');
      const refused = await verify();
      assert.equal(refused.result, 'refused');
      assert.equal(refused.code, 'API_KEY_INVALID');
      await useKey('dev', 'sandbox_active');
      assert.equal(merchant.stats().created, 0);
    });

    it('a key is rotated to another one alone, and who else has the old one is said', async () => {
      const variable = 'HOST_TEST_KEY';
      const rotate = (key: string) =>
        whileListening(async () => {
          process.env[variable] = key;
          const argument = { environment: 'dev', variable };
          return sayingYes(() =>
            vscode.commands.executeCommand<KeyResult | undefined>('eccaex.rotateApiKey', argument),
          );
        }, 'Use It');
      try {
        await whileListening(() => useKey('staging', USED_KEYS.canary), 'Use It');
        await whileListening(() => useKey('dev', USED_KEYS.canary), 'Use It');
        const same = await rotate(USED_KEYS.canary);
        assert.equal(same.result, undefined);
        assert.match(
          same.told.join(),
          /The key for dev was not changed\. This is the key that is stored already/,
        );
        const other = await rotate('sandbox_active');
        assert.equal(other.result?.done, true);
        assert.match(other.told.join(), /deactivate it .* staging still has it: rotate there first\./);
      } finally {
        Reflect.deleteProperty(process.env, variable);
        await forget('staging');
      }
    });

    it('what a workspace says of base URLs, timeouts and variables does not count', async () => {
      const settings = {
        'eccaex.baseUrl.dev': 'http://127.0.0.1:9/stolen',
        'eccaex.timeoutSeconds': 0.001,
        'eccaex.variables': { dev: { customer: 'from-the-workspace' } },
        'eccaex.requestFiles': ['**/*.request.json'],
        '[json]': { 'eccaex.baseUrl.dev': 'http://127.0.0.1:9/stolen' },
      };
      const file = await writeFile('.vscode/settings.json', JSON.stringify(settings));
      try {
        const { document } = await openFile('probe.request.json', invoice());
        await eventually('VS Code has read the settings', () => {
          const { workspaceValue, workspaceFolderValue } =
            vscode.workspace.getConfiguration('eccaex', document).inspect('requestFiles') ?? {};
          return workspaceValue ?? workspaceFolderValue;
        });
        const report = await send({ uri: document.uri });
        assert.equal(report.outcome, 'created');
        assert.equal(report.origin, merchant.origin);
        const other = await writeFile('variable.invoice.json', invoice({ customer_id: '{{customer}}' }));
        assert.equal((await send({ uri: other })).problems[0]?.code, 'placeholder-unknown');
      } finally {
        await vscode.workspace.fs.delete(file);
      }
    });

    it('several files and a batch are sent, and each request reported', async () => {
      const uris = [
        await writeFile('one.invoice.json', invoice()),
        await writeFile('bad.invoice.json', invoice({ amount: undefined })),
        await writeFile(
          'batch.invoice.json',
          `[${invoice()}, ${invoice({ currency_code: 'uah' })}, ${invoice()}]`,
        ),
      ];
      const reports = await sayingYes(() =>
        vscode.commands.executeCommand<Report[]>('eccaex.sendInvoice', uris[0], uris),
      );
      assert.deepEqual(
        reports.map(({ outcome, index }) => `${index} ${outcome}`),
        ['0 created', '0 invalid', '0 created', '1 invalid', '2 created'],
      );
      const one = await vscode.commands.executeCommand<Report>('eccaex.sendInvoice', {
        uri: uris[2],
        index: 1,
      });
      assert.equal(one.outcome, 'invalid');
      assert.equal(one.problems[0]?.pointer, '/1/currency_code');
    });

    it('the request files of a folder are sent, and nothing else that is in it', async function () {
      // The server with the oldest VS Code comes without what it searches files with.
      if (!vscode.workspace.workspaceFile) this.skip();
      await writeFile('shop/one.invoice.json', invoice());
      await writeFile('shop/more/two.invoice.json', invoice());
      await writeFile('shop/package.json', '{}');
      await writeFile('shop-2/three.invoice.json', invoice());
      const { uri } = vscode.workspace.workspaceFolders?.[0] ?? assert.fail('no folder');
      const before = merchant.stats().requests;
      const reports = await sayingYes(() =>
        vscode.commands.executeCommand<Report[]>('eccaex.sendInvoice', vscode.Uri.joinPath(uri, 'shop')),
      );
      assert.deepEqual(
        reports.map(({ file, outcome }) => `${path.basename(file)} ${outcome}`),
        ['two.invoice.json created', 'one.invoice.json created'],
      );
      assert.equal(merchant.stats().requests, before + 2);
    });

    it('placeholders are resolved, and the body that was sent is in the report', async () => {
      await openFile('placeholder.invoice.json', invoice({ external_id: 'order-{{$uuid}}' }));
      const first = await send();
      const second = await send();
      assert.equal(first.outcome, 'created');
      assert.equal(second.outcome, 'created');
      assert.match(first.body ?? '', /"order-[0-9a-f-]{36}"/);
      assert.notEqual(first.body, second.body);
    });
  });
});
