import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Report } from '../../src/core/report/report';
import type { Sandbox } from '../../src/sandbox/server';
import { closeEditors, eventually, openFile } from './support/editor';
import { sayingYes, whileListening } from './support/dialogs';
import { invoice, send, startMerchant, stopMerchant } from './support/merchant';

describe('a send of the history', () => {
  let merchant: Sandbox;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  afterEach(closeEditors);

  const sentTo = () => merchant.received().map(({ body }) => externalIdOf(body));
  const externalIdOf = (body: string) => (JSON.parse(body) as { external_id: string }).external_id;

  /** Takes the newest send, which is the first one in the list. */
  const again = async (command = 'eccaex.resendFile'): Promise<Report | undefined> => {
    let isOver = false;
    const sent = sayingYes(() => vscode.commands.executeCommand<Report | undefined>(command)).then(
      (report) => ((isOver = true), report),
    );
    await eventually('it is sent again, or not', async () => {
      if (!isOver) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isOver || undefined;
    });
    return sent;
  };

  it('is found in a batch whose requests have moved, and is not taken for another one', async () => {
    const id = Date.now();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => invoice({ external_id: `${name}-${id}` }));
    const editor = await openFile(`moved-${id}.invoice.json`, `[${a},${b}]`);
    const uri = editor.document.uri;
    const report = await send({ uri, index: 1 });
    assert.equal(report.outcome, 'created');
    const rewrite = async (text: string) => {
      const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
      assert.ok(await editor.edit((edit) => edit.replace(all, text)));
    };
    await rewrite(`[${c},${a},${b}]`);
    const before = sentTo().length;
    assert.equal((await again())?.index, 2);
    assert.deepEqual(sentTo().slice(before), [`b-${id}`]);
    await rewrite(`[${c},${a}]`);
    assert.equal(await again(), undefined);
    assert.equal(sentTo().length, before + 1);
  });

  it('is in no bug report when its list is left with Escape', async () => {
    const { document } = await openFile(`reported-${Date.now()}.invoice.json`, invoice());
    await send({ uri: document.uri });
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    const before = tabs();
    let isOver = false;
    const { told } = await whileListening(async () => {
      const left = vscode.commands.executeCommand('eccaex.createBugReport').then(() => (isOver = true));
      await eventually('the list is left', async () => {
        if (!isOver) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        return isOver || undefined;
      });
      await left;
    });
    assert.deepEqual([told, tabs()], [[], before]);
  });

  it('is not sent a second time while it is in flight', async () => {
    const before = sentTo().length;
    const { document } = await openFile('slow.invoice.json', invoice({ customer_id: 'fault_slow' }));
    const sent = send({ uri: document.uri });
    await eventually('it is there', () => sentTo().length > before || undefined);
    const { result, told } = await whileListening(() => again('eccaex.resendSameRequest'));
    assert.equal(result, undefined);
    assert.match(told.join(), /^order-.* is still being sent\. Wait for its response/);
    await vscode.commands.executeCommand('_eccaex.cancelSend');
    assert.equal((await sent).outcome, 'unanswered');
    assert.equal(sentTo().length, before + 1);
  });
});
