import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import fetch from 'node-fetch';
import { sendInvoices } from '../src/app/sending/sendInvoices';
import { selfSignedCertificate } from '../test/support/certificate';
import { startSandbox, type Sandbox } from '../src/sandbox/server';
import type { Sending } from '../test/support/sending';
import type { Benchmark } from './benchmark';
import { compare, type Row, type Side } from './comparison';
import { invoice } from './requests';

/** What a connection for each request costs, beside some that are kept open. */
export const benchmark: Benchmark = async ({ pick }) => {
  const sandbox = await startSandbox();
  const count = pick(1000, 100);
  const rounds = pick(15, 2);
  try {
    return [
      await compare({
        what: `${count} bare requests by http, a connection for each`,
        ...connections(sandbox.baseUrl, count, rounds, (keepAlive) => new http.Agent({ keepAlive })),
      }),
      await overTls(count, rounds),
    ];
  } finally {
    await sandbox.stop();
  }
};

/** What a create may pay for a connection that no server can end under it, in milliseconds. */
const MOST_FOR_CONNECTION = 4;

function connections(
  baseUrl: string,
  count: number,
  rounds: number,
  agentWith: (keepAlive: boolean) => http.Agent,
) {
  const side = (name: string, keepAlive: boolean): Side => ({
    name,
    run: async () => {
      const agent = agentWith(keepAlive);
      const begin = performance.now();
      await loop({ baseUrl }, agent, count, 1);
      const cost = performance.now() - begin;
      agent.destroy();
      return cost;
    },
  });
  return {
    ours: side('one for each', false),
    theirs: side('a connection that is kept', true),
    aim: { more: MOST_FOR_CONNECTION * count },
    rounds,
  };
}

/** On this machine a handshake has no way to go: it takes the time of its cryptography alone. */
async function overTls(count: number, rounds: number): Promise<Row> {
  const certificate = selfSignedCertificate();
  const server = https
    .createServer({ ...certificate, keepAliveTimeout: 0 }, (req, res) => {
      req.resume().once('end', () => res.end('{"invoice_id":"i"}'));
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await compare({
      what: `${count} bare requests by https, a connection for each`,
      ...connections(
        `https://127.0.0.1:${port}`,
        count,
        rounds,
        (keepAlive) => new https.Agent({ keepAlive, ca: certificate.cert }),
      ),
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** As the extension and the CLI do it: read, check, resolve, send, classify, report. */
export async function engine(sending: Sending, count: number, inFlight: number): Promise<void> {
  sending.concurrency = inFlight;
  const items = sending.write(...Array.from({ length: count }, () => invoice(randomUUID())));
  const { signal } = new AbortController();
  const { reports } = await sendInvoices(items, 'dev', sending.ports, { signal });
  assert.ok(reports.every(({ report }) => report.outcome === 'created'));
}

async function loop(
  { baseUrl }: Pick<Sandbox, 'baseUrl'>,
  agent: http.Agent,
  count: number,
  inFlight: number,
): Promise<void> {
  const queue = Array.from({ length: count }, () => invoice(randomUUID())).values();
  const worker = async () => {
    for (const text of queue) {
      const response = await fetch(`${baseUrl}/create-invoice`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Api-Key': 'sandbox_active' },
        body: JSON.stringify(JSON.parse(text)),
        agent,
      });
      const answer = JSON.parse(await response.text()) as { invoice_id?: string };
      assert.ok(answer.invoice_id);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}
