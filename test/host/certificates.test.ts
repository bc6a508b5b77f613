import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { selfSignedCertificate, type Certificate } from '../support/certificate';
import { jsonAnswer, startScriptedServer } from '../support/scriptedServer';
import { USED_KEYS } from '../support/usedKeys';
import type { HostTestOrder } from '../support/vscode/hostRun';
import { closeEditors, openFile } from './support/editor';
import { forget, invoice, send, setBaseUrl, useKey } from './support/merchant';

const CREATED = jsonAnswer(201, { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' });

/** Sends to a server that shows a certificate. */
async function sendTo(certificate: Certificate) {
  const server = await startScriptedServer(CREATED, certificate);
  try {
    await setBaseUrl('dev', server.baseUrl);
    await useKey('dev', USED_KEYS.canary);
    await openFile('certificate.invoice.json', invoice());
    return { report: await send({ environment: 'dev' }), received: server.received.length };
  } finally {
    await server.stop();
  }
}

describe('a server with a certificate that no authority has signed', () => {
  afterEach(async () => {
    await closeEditors();
    await forget('dev');
    await setBaseUrl('dev', undefined);
  });

  it('gets the request where VS Code is told to trust it', async function () {
    // With the oldest VS Code, served, the certificate does not count.
    if (!vscode.workspace.workspaceFile) this.skip();
    const { trusted } = JSON.parse(process.env.HOST_TEST_ORDER ?? '{}') as HostTestOrder;
    assert.ok(trusted);
    const { report, received } = await sendTo({
      cert: readFileSync(trusted.cert, 'utf8'),
      key: readFileSync(trusted.key, 'utf8'),
    });
    assert.deepEqual([report.outcome, received], ['created', 1]);
  });

  it('gets nothing where it is not', async () => {
    const { report, received } = await sendTo(selfSignedCertificate());
    assert.deepEqual([report.outcome, report.problems[0]?.code, received], ['blocked', 'connection', 0]);
    assert.match(report.problems[0]?.message ?? '', /SELF_SIGNED/);
  });
});
