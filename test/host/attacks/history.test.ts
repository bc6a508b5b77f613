import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { HOSTILE_TEXTS } from '../../support/attacks';
import { WindowJournal } from '../../support/journal';
import { journalFolder } from '../../support/journalFolder';
import { startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { assertHoldsNoKey, USED_KEYS } from '../../support/usedKeys';
import type { HostTestOrder } from '../../support/vscode/hostRun';
import { whileListening } from '../support/dialogs';
import { closeEditors, eventually, openFile } from '../support/editor';
import { forget, invoice, send, setBaseUrl, useKey } from '../support/merchant';

/** The folder of the run has that of the user's data, in which VS Code keeps what the extension stores. */
function ownJournalFolder(): Promise<string> {
  const { output = '' } = JSON.parse(process.env.HOST_TEST_ORDER ?? '{}') as HostTestOrder;
  return journalFolder(path.dirname(output));
}

async function shownBy(command: string, id: string): Promise<string> {
  await closeEditors();
  // VS Code tells this process of a closed editor later: until then the text of the one before would be read.
  await eventually('no editor is open', () => vscode.window.activeTextEditor === undefined || undefined);
  await vscode.commands.executeCommand(command, { entry: id });
  return eventually('a document shows', () => vscode.window.activeTextEditor?.document.getText());
}

describe('the history of the extension', () => {
  /** Sends back the key that it gets, wherever an answer has room for it. */
  let echo: ScriptedServer;

  before(async () => {
    echo = await startScriptedServer((res, { headers }) => {
      const key = String(headers['x-api-key']);
      const forms = [key, encodeURIComponent(key), Buffer.from(`shop:${key}`).toString('base64')].join(' ');
      const error = { code: `NO_${key}`, message: forms, details: { [key]: [forms] } };
      res.writeHead(422, { 'Content-Type': 'application/json', 'X-Request-Id': key });
      res.end(JSON.stringify({ successful: false, request_id: key, error }));
    });
    await setBaseUrl('dev', echo.baseUrl);
    await useKey('dev', USED_KEYS.canary);
  });

  after(async () => {
    await closeEditors();
    await forget('dev');
    await setBaseUrl('dev', undefined);
    await echo.stop();
  });

  it('holds no key that a server sent back, and neither does what is exported or copied of it', async () => {
    const { document } = await openFile('echoed.invoice.json', invoice({ external_id: 'echoed-1' }));
    const { result, told } = await whileListening(() => send({ uri: document.uri, environment: 'dev' }));
    assert.equal(echo.received.at(-1)?.headers['x-api-key'], USED_KEYS.canary);
    const window = new WindowJournal(await ownJournalFolder());
    await window.history.refresh();
    const entry = window.history.entries.find(({ request }) => request.externalId === 'echoed-1');
    assert.ok(entry);
    const command = await vscode.commands.executeCommand<string>('eccaex.copyAsCurl', {
      uri: document.uri,
      environment: 'dev',
    });
    const texts = [
      JSON.stringify(result),
      told.join('\n'),
      command,
      await vscode.env.clipboard.readText(),
      await shownBy('eccaex.exportHar', entry.id),
      await shownBy('eccaex.createBugReport', entry.id),
      await shownBy('eccaex.openHistoryAnswer', entry.id),
      await shownBy('eccaex.openSentRequest', entry.id),
    ];
    await window.files.dispose();
    for (const [place, text] of texts.entries()) {
      assertHoldsNoKey(text, `text ${place}`);
      assert.ok(text.length > 20, `text ${place} is there`);
    }
  });

  describe('which an attacker has written into', () => {
    let attacker: WindowJournal;
    const ids = new Map<string, string>();

    before(async () => {
      attacker = new WindowJournal(await ownJournalFolder());
      for (const [what, text] of Object.entries(HOSTILE_TEXTS)) {
        const body = JSON.stringify({ external_id: what, amount: text, purpose: text });
        const url = `https://evil.example/${encodeURIComponent(text)}`;
        await attacker.send(
          { uri: `file:///etc/${encodeURIComponent(text)}`, url, body, environment: 'dev' },
          { outcome: 'rejected', requestId: text, error: { code: text, message: text } },
        );
      }
      await attacker.history.refresh();
      for (const { request, id } of attacker.history.entries) ids.set(request.externalId ?? '', id);
    });

    after(() => attacker.files.dispose());

    for (const [what, text] of Object.entries(HOSTILE_TEXTS))
      it(`with ${what}: it is a text in what is opened and exported, and nothing is sent by that`, async () => {
        const id = ids.get(what) ?? assert.fail();
        const before = echo.connections();
        const har = await shownBy('eccaex.exportHar', id);
        const { log } = JSON.parse(har) as {
          log: { entries: { request: { postData: { text: string } } }[] };
        };
        const sent = JSON.parse(log.entries[0]?.request.postData.text ?? '') as Record<string, string>;
        assert.equal(sent['purpose'], text);
        await shownBy('eccaex.createBugReport', id);
        const { result, told } = await whileListening(() =>
          vscode.commands.executeCommand('eccaex.resendSameRequest', { entry: id }),
        );
        assert.equal(result, undefined);
        for (const message of told) assert.doesNotMatch(message, /\]\((?:command|https?|file):/);
        assert.equal(echo.connections(), before);
      });
  });
});
