import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { webhookForwarder } from '../../src/adapters/http/webhookForwarder';
import { systemHmac, systemClock, systemTimer } from '../../src/adapters/system';
import { checkHandler, type CheckResult, type HandlerToCheck } from '../../src/app/webhooks/checkHandler';
import type { Timer } from '../../src/app/webhooks/webhookPorts';
import { DELIVERY_TIMEOUT_MS } from '../../src/core/webhook/delivery';
import { HANDLER_CHECKS } from '../../src/core/webhook/handlerChecks';
import { DEFAULT_SCHEME } from '../../src/core/webhook/signature';
import { startHandler, WRONG_HANDLERS, type Quirks } from '../support/webhook/wrongHandlers';

const SECRET = 'the secret of a test';

/** Long enough for a handler that has done its work when it responds, in milliseconds. */
const SOON = 10;

/** Calls back at once where somebody waits for a handler that has told it that it hangs. */
class Impatience {
  readonly #waiting = new Set<() => void>();
  readonly timer: Timer = {
    elapsed: () => systemTimer.elapsed(),
    after: (ms, callback) => {
      if (ms !== DELIVERY_TIMEOUT_MS) return systemTimer.after(Math.min(ms, SOON), callback);
      this.#waiting.add(callback);
      return () => void this.#waiting.delete(callback);
    },
  };

  /** As if the time were over for whatever is still under way. */
  end(): void {
    for (const callback of [...this.#waiting]) callback();
  }
}

async function checked(
  quirks: Quirks,
  { stop = new AbortController().signal, ...more }: Partial<HandlerToCheck> & { stop?: AbortSignal } = {},
  tell: (result: CheckResult, impatience: Impatience) => void = () => undefined,
): Promise<readonly CheckResult[]> {
  const handler = await startHandler(SECRET, quirks);
  const impatience = new Impatience();
  const results: CheckResult[] = [];
  try {
    await checkHandler(
      {
        url: handler.url,
        stateUrl: handler.stateUrl,
        scheme: DEFAULT_SCHEME,
        secret: SECRET,
        hmac: systemHmac,
        ...more,
      },
      { forwarder: webhookForwarder, clock: systemClock, timer: impatience.timer, newId: randomUUID },
      stop,
      (result) => {
        results.push(result);
        tell(result, impatience);
      },
    );
  } finally {
    await handler.stop();
  }
  return results;
}

const failed = (results: readonly CheckResult[]) =>
  results.flatMap(({ passed, check: { name } }) => (passed === false ? [name] : [])).sort();

describe('the checks of a handler', () => {
  for (const [name, [quirks, expected]] of Object.entries(WRONG_HANDLERS))
    it(`one that ${name} fails ${expected.length === 0 ? 'none' : expected.join(', ')}`, async () => {
      // Of one that hangs, all other checks have been told: what is left has had its time.
      const results = await checked(quirks, {}, (_, impatience) => {
        if (++told === HANDLER_CHECKS.length - 1 && quirks.work) impatience.end();
      });
      assert.deepEqual(failed(results), expected);
      assert.equal(results.length, HANDLER_CHECKS.length);
      assert.ok(results.every(({ passed }) => passed !== null));
    });
  let told = 0;
  beforeEach(() => (told = 0));

  it('say what was sent, expected and got', async () => {
    const results = await checked({ checksTime: false });
    const stale = results.find(({ check: { name } }) => name === 'stale');
    assert.equal(stale?.got, 'HTTP 200');
    assert.equal(stale.expected, '4xx within 15 s');
    assert.equal(stale.sent.length, 1);
    assert.match(stale.sent[0]?.headers.map(({ name }) => name).join(' ') ?? '', /X-Signature-Timestamp/);
  });

  it('leave open what only the state shows, where there is no state URL', async () => {
    const results = await checked({ deduplicates: false }, { stateUrl: undefined });
    assert.deepEqual(failed(results), []);
    assert.deepEqual(
      results.filter(({ passed }) => passed === null).map(({ check: { name } }) => name),
      ['counted-once', 'counted-once-at-once', 'late-expired'],
    );
  });

  it('take an order that the handler knows, and one that it does not', async () => {
    const knows =
      (id: string): NonNullable<Quirks['takes']> =>
      ({ external_id }) => {
        if (external_id !== id) throw new RangeError('no such order');
      };
    assert.deepEqual(failed(await checked({ takes: knows('order-1') }, { externalId: 'order-1' })), []);
    assert.deepEqual(failed(await checked({ takes: knows('order-1') }, { stateUrl: undefined })), []);
  });

  it('run some of them alone', async () => {
    const results = await checked({ checksTime: false }, { only: ['stale', 'get'] });
    assert.deepEqual(results.map(({ check: { name }, passed }) => `${name} ${passed}`).sort(), [
      'get true',
      'stale false',
    ]);
  });

  it('end when they are stopped, though the handler hangs', async () => {
    const stop = new AbortController();
    const results = await checked(
      { work: () => (stop.abort(), new Promise(() => undefined)) },
      { stop: stop.signal },
    );
    assert.deepEqual(results, []);
  });

  it('fail where nothing listens', async () => {
    const results: CheckResult[] = [];
    await checkHandler(
      {
        url: 'http://127.0.0.1:9/',
        scheme: DEFAULT_SCHEME,
        secret: SECRET,
        hmac: systemHmac,
        only: ['success'],
      },
      { forwarder: webhookForwarder, clock: systemClock, timer: systemTimer, newId: randomUUID },
      new AbortController().signal,
      (result) => results.push(result),
    );
    assert.match(results[0]?.got ?? '', /no connection \(ECONNREFUSED\)/);
    assert.equal(results[0]?.passed, false);
  });
});
