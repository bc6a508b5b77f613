import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import fetch from 'node-fetch';
import { sendInvoices } from '../src/app/sending/sendInvoices';
import { startSandbox, type Sandbox } from '../src/sandbox/server';
import { Sending } from '../test/support/sending';
import type { Benchmark } from './benchmark';
import { compare, type Side } from './comparison';
import { profileOf } from './profiled';
import { invoice } from './requests';

/** Many files in one process, over connections that are open: what the extension adds to bare HTTP. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const sandbox = await startSandbox();
  const sending = new Sending(sandbox.baseUrl);
  const agent = new http.Agent({ keepAlive: true });
  const count = pick(1000, 100);
  const rounds = pick(15, 2);
  const against = (inFlight: number) => ({
    ours: counted(sandbox, count, 'eccaex', () => engine(sending, count, inFlight)),
    theirs: counted(sandbox, count, 'a bare loop with node-fetch', () =>
      loop(sandbox, agent, count, inFlight),
    ),
    aim: { times: 1.15 },
    rounds,
  });
  try {
    const rows = [
      await compare({ what: `send ${count} files, 20 in flight`, ...against(20) }),
      await compare({ what: `send ${count} files, one after the other`, ...against(1) }),
    ];
    const whole = 'of the time, the server’s included';
    note(`Ours, ${whole}: ${await profileOf(() => engine(sending, 3 * count, 1))}.`);
    note(`Theirs, ${whole}: ${await profileOf(() => loop(sandbox, agent, 3 * count, 1))}.`);
    return rows;
  } finally {
    agent.destroy();
    sending.dispose();
    await sandbox.stop();
  }
};

function counted(sandbox: Sandbox, count: number, name: string, work: () => Promise<void>): Side {
  return {
    name,
    run: async () => {
      const before = sandbox.stats().created;
      const begin = performance.now();
      await work();
      const cost = performance.now() - begin;
      assert.equal(sandbox.stats().created, before + count, `${name} created another number of invoices`);
      return cost;
    },
  };
}

/** As the extension and the CLI do it: read, check, resolve, send, classify, report. */
export async function engine(sending: Sending, count: number, inFlight: number): Promise<void> {
  sending.concurrency = inFlight;
  const items = sending.write(...Array.from({ length: count }, () => invoice(randomUUID())));
  const { signal } = new AbortController();
  const { reports } = await sendInvoices(items, 'dev', sending.ports, { signal });
  assert.ok(reports.every(({ report }) => report.outcome === 'created'));
}

async function loop(sandbox: Sandbox, agent: http.Agent, count: number, inFlight: number): Promise<void> {
  const queue = Array.from({ length: count }, () => invoice(randomUUID())).values();
  const worker = async () => {
    for (const text of queue) {
      const response = await fetch(`${sandbox.baseUrl}/create-invoice`, {
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
