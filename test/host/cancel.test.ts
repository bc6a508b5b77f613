import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CallResult } from '../../src/app/endpoints/callEndpoint';
import type { Sandbox } from '../../src/sandbox/server';
import { startScriptedServer } from '../support/scriptedServer';
import { closeEditors, eventually, openFile } from './support/editor';
import { invoice, send, setBaseUrl, startMerchant, stopMerchant, useKey } from './support/merchant';

/** What the status bar does when it is clicked while something is under way. */
const CANCEL = '_eccaex.cancelSend';

describe('the one thing that is under way', () => {
  let merchant: Sandbox;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  afterEach(closeEditors);

  it('is a send that is stopped at once', async () => {
    const { document } = await openFile('stopped.invoice.json', invoice({ customer_id: 'fault_slow' }));
    const { requests } = merchant.stats();
    const sent = send({ uri: document.uri });
    await eventually('it is there', () => merchant.stats().requests > requests || undefined);
    await vscode.commands.executeCommand(CANCEL);
    const report = await sent;
    assert.deepEqual([report.outcome, report.problems[0]?.code], ['unanswered', 'connection']);
  });

  it('is a call of an endpoint that is stopped at once', async () => {
    const silent = await startScriptedServer(() => undefined);
    try {
      await setBaseUrl('dev', silent.baseUrl);
      await useKey('dev', 'any_key_0123456789');
      const called = vscode.commands.executeCommand<CallResult>('eccaex.callEndpoint', {
        endpoint: 'currencies',
        environment: 'dev',
      });
      await eventually('it is there', () => silent.received.length > 0 || undefined);
      await vscode.commands.executeCommand(CANCEL);
      const { outcome, problem } = await called;
      assert.deepEqual([outcome, problem?.code], ['unanswered', 'connection']);
    } finally {
      await setBaseUrl('dev', merchant.baseUrl);
      await useKey('dev', 'sandbox_active');
      await silent.stop();
    }
  });
});
