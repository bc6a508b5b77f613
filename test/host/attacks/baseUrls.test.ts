import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { OTHER_ORIGINS, UNSAFE_BASE_URLS } from '../../support/attacks';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { USED_KEYS } from '../../support/usedKeys';
import { closeEditors, writeFile } from '../support/editor';
import { forget, invoice, send, setBaseUrl, useKey } from '../support/merchant';

describe('an attacker talks the user into a base URL', () => {
  /** Takes whatever comes, on 127.0.0.1. */
  let server: ScriptedServer;
  let uri: vscode.Uri;

  before(async () => {
    server = await startScriptedServer(
      jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' }),
    );
    uri = await writeFile('base-url.invoice.json', invoice());
  });

  after(async () => {
    await forget('dev');
    await setBaseUrl('dev', undefined);
    await closeEditors();
    await server.stop();
  });

  async function assertBlocked(url: string, code: string): Promise<void> {
    await setBaseUrl('dev', url);
    const report = await send({ uri, environment: 'dev' });
    assert.deepEqual([report.outcome, report.problems[0]?.code], ['blocked', code]);
    assert.equal(server.connections(), 0);
  }

  describe('that is none', () => {
    before(async () => {
      await setBaseUrl('dev', server.baseUrl);
      await useKey('dev', USED_KEYS.canary);
    });

    for (const [what, url] of Object.entries(UNSAFE_BASE_URLS))
      it(`with ${what}: nothing is sent`, () =>
        assertBlocked(url(new URL(server.origin).port), 'url-unsafe'));
  });

  for (const [what, url] of Object.entries(OTHER_ORIGINS))
    it(`with ${what}: the key that is stored does not go there`, async () => {
      const base = url(new URL(server.origin).port);
      const isHere = /^https?:\/\/(127|localhost)/.test(base);
      await setBaseUrl('dev', isHere ? server.baseUrl : undefined);
      await useKey('dev', USED_KEYS.canary);
      await assertBlocked(base, 'key-other-origin');
    });
});
