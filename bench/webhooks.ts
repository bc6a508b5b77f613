import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { post, signedWebhook, successBody, WebhookWorld } from '../test/support/webhooks';
import type { Benchmark } from './benchmark';
import { compareMeasured } from './comparison';

/** What a webhook may take longer through the listener than directly, in milliseconds. */
const MOST_ADDED = 2;

/** From the listener's socket to the handler's: what verifying and forwarding add to each webhook. */
export const benchmark: Benchmark = async ({ pick, note }) => {
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
};
