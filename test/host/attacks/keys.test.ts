import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FORGED_KEYS } from '../../support/attacks';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { USED_KEYS } from '../../support/usedKeys';
import { whileListening } from '../support/dialogs';
import { closeEditors, openFile, waitForCodes, writeFile } from '../support/editor';
import { forget, importKey, invoice, send, setBaseUrl, useKey } from '../support/merchant';

describe('an attacker hands the user a key', () => {
  let server: ScriptedServer;

  before(async () => {
    server = await startScriptedServer(
      jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' }),
    );
    await setBaseUrl('dev', server.baseUrl);
  });

  after(async () => {
    await forget('dev');
    await setBaseUrl('dev', undefined);
    await server.stop();
  });

  afterEach(closeEditors);

  // No variable of a process can hold a NUL.
  for (const [what, value] of Object.entries(FORGED_KEYS).filter(([, key]) => !key.includes('\0')))
    it(`with ${what}: it is not stored, and nothing says it`, async () => {
      await forget('dev');
      const { result, told } = await whileListening(() => importKey('dev', value));
      assert.deepEqual(result, { environment: 'dev', done: false });
      assert.doesNotMatch(told.join('\n'), /sk_live|X-Evil/);
      const report = await send({
        uri: await writeFile('forged.invoice.json', invoice()),
        environment: 'dev',
      });
      assert.deepEqual([report.outcome, report.problems[0]?.code], ['blocked', 'key-absent']);
      assert.equal(server.received.length, 0);
    });

  describe('of their own account', () => {
    beforeEach(() => useKey('dev', USED_KEYS.canary));

    /** What the server hears of the key that is stored now. */
    async function keyInUse(): Promise<unknown> {
      const uri = await writeFile('whose.invoice.json', invoice());
      assert.equal((await send({ uri, environment: 'dev' })).outcome, 'created');
      return server.received.at(-1)?.headers['x-api-key'];
    }

    it('in a variable: it takes the place of no other key unasked', async () => {
      const { result, told } = await whileListening(() => importKey('dev', USED_KEYS.planted));
      assert.equal(result, undefined);
      assert.equal(told.length, 1);
      assert.match(
        told[0] ?? '',
        /^Replace the key for dev \(••••_key, SHA-256 ([0-9a-f]{8})\) with ••••_key, SHA-256 (?!\1)[0-9a-f]{8}\?$/,
      );
      assert.equal(await keyInUse(), USED_KEYS.canary);
    });

    it('in a file, where a fix moves it to SecretStorage: neither', async () => {
      const text = `curl -H "X-Api-Key: ${USED_KEYS.planted}"\n`;
      const { document } = await openFile('planted.sh', text);
      await waitForCodes(document.uri, 'key-literal');
      const move = { uri: document.uri, index: text.indexOf(USED_KEYS.planted), environment: 'dev' };
      const moved = () => vscode.commands.executeCommand('_eccaex.moveKey', move);
      const { result, told } = await whileListening(moved);
      assert.equal(result, false);
      assert.match(told.join(), /^Replace the key for dev /);
      assert.equal(document.getText(), text);
      assert.equal(await keyInUse(), USED_KEYS.canary);
      assert.equal((await whileListening(moved, 'Replace')).result, true);
      assert.equal(await keyInUse(), USED_KEYS.planted);
    });

    it('that is the one already: nobody is asked', async () => {
      const { result, told } = await whileListening(() => importKey('dev', USED_KEYS.canary));
      assert.equal(result?.done, true);
      assert.doesNotMatch(told.join(), /already/);
    });
  });
});
