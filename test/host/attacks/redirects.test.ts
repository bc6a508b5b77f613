import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { USED_KEYS } from '../../support/usedKeys';
import { closeEditors, openFile, waitForCodes } from '../support/editor';
import { forget, invoice, send, setBaseUrl, useKey } from '../support/merchant';

describe('an attacker’s server redirects the extension', () => {
  let asked: ScriptedServer;
  /** What the redirect leads to, and what would gladly take the key. */
  let trap: ScriptedServer;
  let redirect = { status: 302, location: '' };
  let uri: vscode.Uri;

  before(async () => {
    asked = await startScriptedServer((res) =>
      res.writeHead(redirect.status, { Location: redirect.location, 'Content-Length': 0 }).end(),
    );
    trap = await startScriptedServer(
      jsonAnswer(201, { invoice_id: 'i', payment_link: 'https://pay.example/i' }),
    );
    await setBaseUrl('dev', asked.baseUrl);
    await useKey('dev', USED_KEYS.canary);
    uri = (await openFile('redirected.invoice.json', invoice())).document.uri;
  });

  after(async () => {
    await closeEditors();
    await forget('dev');
    await setBaseUrl('dev', undefined);
    await Promise.all([asked.stop(), trap.stop()]);
  });

  const portOf = (server: ScriptedServer) => new URL(server.origin).port;
  const TARGETS: Readonly<Record<string, () => string>> = {
    'another port': () => `${trap.origin}/x`,
    'another name of this machine': () => `http://localhost:${portOf(trap)}/x`,
    'another scheme': () => `https://127.0.0.1:${portOf(trap)}/x`,
    itself: () => '/api/v1/create-invoice',
  };

  for (const status of [301, 302, 303, 307, 308])
    for (const [where, location] of Object.entries(TARGETS))
      it(`with ${status} to ${where}: told, and not followed`, async () => {
        redirect = { status, location: location() };
        const before = asked.received.length;
        const report = await send({ uri, environment: 'dev' });
        assert.deepEqual([report.outcome, report.status], ['unexpected', status]);
        const [diagnostic] = await waitForCodes(uri, 'redirect');
        const named = redirect.location.startsWith('/') ? redirect.location : new URL(redirect.location).host;
        assert.ok(diagnostic?.message.includes(`(HTTP ${status}) to ${named}`), diagnostic?.message);
        assert.equal(asked.received.length, before + 1);
        assert.equal(trap.connections(), 0);
      });
});
