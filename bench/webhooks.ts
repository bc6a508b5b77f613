import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { post, signedWebhook, successBody, WebhookWorld } from '../test/support/webhooks';
import type { Benchmark, Context } from './benchmark';
import { systemDigests } from '../src/adapters/system';
import { diagnose } from '../src/core/webhook/diagnosis';
import { DEFAULT_SCHEME } from '../src/core/webhook/signature';
import { PROJECT } from '../test/support/paths';
import { compareMeasured, type Row } from './comparison';
import type { Flood } from './host/flood';
import { bundleForHost, inHost, providedHost } from './hosted';
import { invoice } from './requests';

/** What a webhook may take longer through the listener than directly, in milliseconds. */
const MOST_ADDED = 2;

/** What forwarding adds to a webhook, what it takes to find no cause, and what a flood of webhooks adds to an edit. */
export const benchmark: Benchmark = async (context) => [
  ...(await forwarding(context)),
  explaining(context),
  ...(await editingInFlood(context)),
];

/** From the listener's socket to the handler's: what verifying and forwarding add to each webhook. */
async function forwarding({ pick, note }: Context): Promise<readonly Row[]> {
  let received = 0;
  const handler = http
    .createServer((req, res) => {
      received += 1;
      req.resume().once('end', () => res.end());
    })
    .listen(0, '127.0.0.1');
  await once(handler, 'listening');
  const direct = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/`;
  const world = await WebhookWorld.start();
  world.forwardTo(direct);
  const timed = async (url: string, id: string) => {
    const webhook = signedWebhook(successBody(id));
    const begin = performance.now();
    const { status } = await post(url, webhook);
    assert.equal(status, 200);
    return performance.now() - begin;
  };
  try {
    const warm = pick(200, 20);
    const count = pick(1000, 50);
    const pairs: { ours: number; theirs: number }[] = [];
    for (let i = -warm; i < count; i++) {
      const [first, second] = i % 2 === 0 ? [world.listening.url, direct] : [direct, world.listening.url];
      const one = await timed(first, `order-${i}`);
      const other = await timed(second, `order-${i}`);
      if (i >= 0) pairs.push(i % 2 === 0 ? { ours: one, theirs: other } : { ours: other, theirs: one });
    }
    const begin = performance.now();
    const before = received;
    const ids = Array.from({ length: pick(1000, 100) }, (_, i) => `order-${i}`).values();
    const lane = async () => {
      for (const id of ids) await timed(world.listening.url, id);
    };
    await Promise.all(Array.from({ length: 20 }, lane));
    assert.equal(received - before, pick(1000, 100));
    note(
      `${received - before} webhooks, 20 at once, all arrived, in ${Math.round(performance.now() - begin)} ms.`,
    );
    return [
      compareMeasured(
        {
          what: 'one webhook through the listener, verified and forwarded',
          unit: 'ms',
          against: 'a POST to the handler',
          aim: { more: MOST_ADDED },
        },
        pairs,
      ),
    ];
  } finally {
    await world.stop();
    handler.closeAllConnections();
    handler.close();
  }
}

/** A signature that nothing explains: everything is tried. */
function explaining({ pick }: Context): Row {
  const items = Array.from({ length: 120 }, (_, place) => ({
    id: place,
    name: `Größe ${place}: "a/b"`,
    price: 1.5,
  }));
  const body = Buffer.from(JSON.stringify({ external_id: 'order-1', status: 'success', items }, null, 2));
  assert.ok(body.length > 10_000);
  const secret = { environment: 'dev', secret: 'whsec_0123456789abcdef' } as const;
  const evidence = {
    ...{
      scheme: DEFAULT_SCHEME,
      body,
      signature: 'ab'.repeat(32),
      timestamp: '1782000000',
      idempotencyKey: '',
    },
    ...{ receivedAtSeconds: 1_782_000_001, environment: undefined, toleranceSeconds: 300 },
    ...{ secrets: [secret, { ...secret, environment: 'staging' as const, secret: 'other' }], apiKeys: [] },
  };
  const time = (work: () => void) => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  };
  const pairs = Array.from({ length: pick(30, 5) }, () => ({
    ours: time(() => assert.equal(diagnose(systemDigests, evidence).cause, 'unknown')),
    theirs: time(() => JSON.stringify(JSON.parse(body.toString()))),
  }));
  const what = `why a signature of ${Math.round(body.length / 1000)} KB fails, where nothing explains it`;
  return compareMeasured(
    { what, unit: 'ms', against: 'parsing and writing the body', aim: { more: 100 } },
    pairs.slice(1),
  );
}

const FLOOD = 20;

/** In a real VS Code: how soon an edit is checked, and what is held, while 20 senders never pause. */
async function editingInFlood({ pick, note }: Context): Promise<readonly Row[]> {
  const least = pick(10_000, 1000);
  let sent = 0;
  let isOver = false;
  let flood: Promise<unknown> = Promise.resolve();
  const lane = async (url: string) => {
    while (!isOver || sent < least) {
      const { status } = await post(url, signedWebhook(successBody(`flood-${sent++}`)));
      assert.equal(status, 200);
    }
  };
  const control = http
    .createServer((req, res) => {
      void (async () => {
        const url = await text(req);
        if (req.url === '/begin') {
          flood = Promise.all(Array.from({ length: FLOOD }, () => lane(url)));
          // It is told when the flood is to end.
          flood.catch(() => undefined);
        } else {
          isOver = true;
          await flood;
        }
        res.end();
      })().catch((error: unknown) => res.writeHead(500).end(String(error)));
    })
    .listen(0, '127.0.0.1');
  await once(control, 'listening');
  try {
    const file = 'order.invoice.json';
    const { quiet, flooded, memory } = await inHost<Flood>(await providedHost(note), {
      entry: await bundleForHost('flood.ts', 'flood.js'),
      extension: PROJECT,
      files: { [file]: invoice('order-1') },
      env: {
        BENCH_FILE: file,
        BENCH_ROUNDS: String(pick(50, 10)),
        BENCH_FLOOD: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
      },
      settings: { 'eccaex.webhooks.port': 0 },
    });
    note(`${sent} webhooks came while the editor was used.`);
    return [
      compareMeasured(
        { what: 'key to diagnostic in a flood', unit: 'ms', against: 'without', aim: { more: 100 } },
        flooded.map(({ diagnostic }, place) => ({
          ours: diagnostic,
          theirs: quiet[place]?.diagnostic ?? NaN,
        })),
      ),
      compareMeasured(
        { what: 'longest block at a key in a flood', unit: 'ms', against: 'without', aim: { more: 50 } },
        flooded.map(({ block }, place) => ({ ours: block, theirs: quiet[place]?.block ?? NaN })),
      ),
      compareMeasured({ what: 'memory after the flood', unit: 'MB', against: 'before', aim: { more: 50 } }, [
        { ours: memory.after, theirs: memory.before },
      ]),
    ];
  } finally {
    control.closeAllConnections();
    control.close();
  }
}
