import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Report } from '../../../src/core/report/report';
import type { Sandbox } from '../../../src/sandbox/server';
import { USED_KEYS } from '../../support/usedKeys';
import { whileListening } from '../support/dialogs';
import { closeEditors, eventually, openFile, writeFile } from '../support/editor';
import { invoice, sendUnanswered, startMerchant, stopMerchant, useKey } from '../support/merchant';

const QUESTION = /^Create 1 (real )?invoice in dev, 1,500\.00 UAH\?$/;

describe('a person is asked before money moves', () => {
  let merchant: Sandbox;
  let uri: vscode.Uri;

  // Each test begins with another key, and so without a yes.
  beforeEach(async () => {
    merchant = await startMerchant();
    await openFile('guarded.invoice.json', invoice({ external_id: 'order-{{$uuid}}' }));
    uri = vscode.window.activeTextEditor?.document.uri ?? assert.fail('no editor');
  });
  afterEach(async () => {
    await closeEditors();
    await stopMerchant(merchant);
  });

  const asked = async (act: () => PromiseLike<unknown>, press?: string): Promise<boolean> => {
    const before = merchant.stats().requests;
    const { told } = await whileListening(act, press);
    const isAsked = told.some((text) => QUESTION.test(text));
    const isSent = merchant.stats().requests > before;
    assert.equal(isSent, !isAsked || press !== undefined, told.join('\n'));
    return isAsked;
  };
  const run = (command: string, ...given: unknown[]) =>
    vscode.commands.executeCommand<Report | undefined>(command, ...given);
  const sayYes = async () => assert.equal(await asked(() => run('eccaex.sendInvoice'), 'Send to dev'), true);
  const lens = () =>
    eventually('the lens is there', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        10,
      );
      return lenses.find(({ command }) => command?.title === 'Send to dev')?.command;
    });

  it('once per window, key and base URL where a person starts it: command, editor, lens', async () => {
    await sayYes();
    const { command, arguments: given } = await lens();
    for (const again of [
      () => run('eccaex.sendInvoice'),
      () => run('eccaex.sendInvoice', uri),
      () => run(command, ...((given ?? []) as unknown[])),
    ])
      assert.equal(await asked(again), false);
    await useKey('dev', 'sandbox_active');
    assert.equal(await asked(() => run('eccaex.sendInvoice')), true);
  });

  it('each time where anything else may have started it', async () => {
    await sayYes();
    const { arguments: given } = await lens();
    const copied: unknown = JSON.parse(JSON.stringify(given?.[0]));
    const last = { uri: uri.toString(), index: 0, environment: 'dev' };
    for (const [command, ...args] of [
      ['eccaex.sendInvoice', copied],
      ['eccaex.sendInvoice', {}],
      ['eccaex.sendInvoice', { environment: 'dev' }],
      ['eccaex.sendInvoice', uri, [uri]],
      ['eccaex.sendInvoiceTo', { environment: 'dev' }],
      ['_eccaex.sendRequests', { environment: 'dev', requests: [last] }],
      ['_eccaex.resendSameBody', last],
    ] as const)
      assert.equal(await asked(() => run(command, ...args)), true, `${command} ${JSON.stringify(args)}`);
  });

  it('with a harmless button first where it is a batch', async () => {
    const batch = await writeFile('guarded-batch.invoice.json', `[${invoice()}, ${invoice()}]`);
    const window = vscode.window as { showWarningMessage: unknown };
    const own = window.showWarningMessage;
    const shown: unknown[][] = [];
    window.showWarningMessage = (...given: unknown[]) => Promise.resolve(void shown.push(given));
    try {
      await run('eccaex.sendInvoice', { uri: batch });
    } finally {
      window.showWarningMessage = own;
    }
    const [[question, , ...buttons] = []] = shown;
    assert.match(String(question), /^Create 2 (real )?invoices in dev, 3,000\.00 UAH in total\?$/);
    assert.deepEqual(buttons, ['Don’t Send', 'Send 2 Requests to dev']);
    assert.equal(merchant.stats().requests, 0);
  });

  it('and a no is nothing: no word about it, no problem, and what came before stays', async () => {
    await sayYes();
    const before = vscode.languages.getDiagnostics(uri);
    const { result, told } = await whileListening(() => sendUnanswered({ environment: 'dev' }));
    assert.deepEqual([result.outcome, result.problems], ['cancelled', []]);
    assert.equal(told.filter((text) => !/stored|removed|created/i.test(text)).length, 1, told.join());
    assert.deepEqual(vscode.languages.getDiagnostics(uri), before);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
      10,
    );
    assert.ok(lenses.some(({ command }) => command?.title.includes('created')));
  });

  it('hears of an environment that an argument has switched', async () => {
    const window = vscode.window as { setStatusBarMessage: unknown };
    const own = window.setStatusBarMessage;
    const told: unknown[] = [];
    window.setStatusBarMessage = (text: string) => told.push(text);
    try {
      await run('eccaex.selectEnvironment', { environment: 'sandbox' });
    } finally {
      window.setStatusBarMessage = own;
    }
    assert.match(told.join(), /^Switched from dev to sandbox \(this machine\)$/);
  });

  describe('and before a key is changed by an argument', () => {
    const variable = 'ATTACKERS_KEY';
    before(() => (process.env[variable] = USED_KEYS.planted));
    after(() => Reflect.deleteProperty(process.env, variable));

    const keyInUse = async () => {
      await run('eccaex.verifyApiKey', { environment: 'dev' });
      return merchant.received().at(-1)?.key;
    };

    for (const [command, question] of [
      ['eccaex.rotateApiKey', /^Replace the key for dev \(•.*, SHA-256 .*\) with •.*, SHA-256 /],
      ['eccaex.importApiKey', /^Replace the key for dev /],
      ['eccaex.removeApiKey', /^Remove the API key for dev\?/],
      ['eccaex.removeAllApiKeys', /^Remove the API key for .*dev/],
    ] as const)
      it(`${command}: unanswered, it changes nothing`, async () => {
        const { told } = await whileListening(() => run(command, { environment: 'dev', variable }));
        assert.ok(
          told.some((text) => question.test(text)),
          told.join(),
        );
        assert.equal(await keyInUse(), 'sandbox_active');
      });

    it('also where there is none', async () => {
      const { told } = await whileListening(() =>
        run('eccaex.importApiKey', { environment: 'staging', variable }),
      );
      assert.match(told.join('\n'), /^Store the key •+_key, SHA-256 [0-9a-f]{8} for staging\?$/m);
    });
  });
});
