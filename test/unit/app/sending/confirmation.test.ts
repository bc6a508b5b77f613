import assert from 'node:assert/strict';
import { Approvals } from '../../../../src/app/sending/approvals';
import { cautionWords } from '../../../../src/core/problems/cautions';
import { ORIGIN, type World } from '../../../support/ports';
import { request } from '../../../support/requests';
import { A, B, Sending } from '../../../support/sendingWorld';

const OUTSIDE = { uri: A, place: '/home/somebody/a.json' };

describe('a send is asked about', () => {
  let sending: Sending;
  beforeEach(() => {
    sending = new Sending();
    sending.world.texts.set(B, request({ external_id: '"order-2"' }));
    for (const environment of ['dev', 'staging'] as const)
      sending.world.giveKey(environment, `key-of-${environment}`);
  });

  const asked = () => sending.world.summaries;
  const twice = async (...given: Parameters<Sending['send']>) => {
    await sending.send(...given);
    await sending.send(...given);
  };

  const person = () => (sending.options = { ...sending.options, approvals: new Approvals() });

  /** `person`: with the approvals of a window, where each send is made twice. */
  for (const [who, environment, count, silent, times] of [
    ['person', 'sandbox', 1, false, 0],
    ['person', 'sandbox', 2, false, 0],
    ['person', 'dev', 1, false, 1],
    ['person', 'staging', 1, false, 1],
    ['person', 'prod', 1, false, 2],
    ['person', 'prod', 1, true, 0],
    ['person', 'dev', 2, false, 2],
    ['person', 'staging', 2, true, 2],
    ['person', 'prod', 2, true, 2],
    ['anything', 'sandbox', 1, true, 0],
    ['anything', 'dev', 1, true, 2],
    ['anything', 'staging', 1, true, 2],
    ['anything', 'prod', 1, true, 2],
  ] as const)
    it(`${times} times of two by ${who} to ${environment}: ${count} requests, ${silent ? 'silenced' : 'not silenced'}`, async () => {
      if (who === 'person') person();
      sending.world.confirmsProd = !silent;
      await twice(count === 1 ? { uri: A } : [{ uri: A }, { uri: B }], environment);
      assert.equal(asked().length, times);
      assert.equal(sending.world.requests.length, 2 * count);
    });

  for (const [what, change] of Object.entries<(world: World) => void>({
    'another key': (world) =>
      world.giveKey('dev', 'another-key-of-dev', undefined, '2026-01-01T00:00:01.000Z'),
    'the key, stored again': (world) =>
      world.giveKey('dev', 'key-of-dev', undefined, '2026-01-01T00:00:02.000Z'),
    'another path of the base URL': (world) => (world.baseUrls = { dev: `${ORIGIN}/api/v2` }),
    'another environment': (world) => (world.baseUrls = {}),
  }))
    it(`anew after a yes, with ${what}`, async () => {
      person();
      await sending.send({ uri: A }, 'dev');
      change(sending.world);
      await sending.send({ uri: A }, what === 'another environment' ? 'staging' : 'dev');
      assert.equal(asked().length, 2);
    });

  it('anew after a no, and after a yes to something that no person started', async () => {
    person();
    sending.world.confirmed = false;
    assert.deepEqual(await sending.outcomes({ uri: A }, 'dev'), ['0 cancelled']);
    const { approvals: own, ...others } = sending.options;
    sending.world.confirmed = true;
    sending.options = others;
    await sending.send({ uri: A }, 'dev');
    sending.options = { ...others, approvals: own };
    await sending.send({ uri: A }, 'dev');
    assert.equal(asked().length, 3);
  });

  it('as a batch where all but one of several have errors', async () => {
    person();
    sending.world.texts.set(B, '{}');
    await twice([{ uri: A }, { uri: B }], 'dev');
    assert.equal(asked().length, 2);
  });

  for (const environment of ['dev', 'staging', 'prod'] as const) {
    it(`where a file is outside of the workspace, and goes to ${environment}`, async () => {
      person();
      await sending.send({ uri: B }, environment);
      sending.world.outside = [OUTSIDE];
      sending.world.confirmsProd = false;
      sending.world.confirmed = false;
      assert.deepEqual(await sending.outcomes({ uri: A }, environment), ['0 cancelled']);
      assert.deepEqual(asked().at(-1)?.outside, [OUTSIDE]);
      assert.equal(sending.world.requests.length, 1);
    });
  }

  it('with the word that dev has the host of prod, where it has', async () => {
    await sending.send({ uri: A }, 'dev');
    sending.world.baseUrls = { dev: 'https://dev.example/api/v1' };
    sending.world.giveKey('dev', 'key-of-dev', 'https://dev.example');
    await sending.send({ uri: A }, 'dev');
    assert.deepEqual(
      asked().map(({ isReal, cautions }) => [isReal, ...cautions.map(cautionWords)]),
      [[true, 'dev uses the same host as prod: its requests create real invoices.'], [false]],
    );
  });

  it('with the server that the request went to before, where that is another one, in the one question', async () => {
    sending.world.baseUrls = { prod: 'https://new.example/api/v1' };
    sending.world.giveKey('prod', 'key-of-prod', 'https://new.example');
    for (const earlierOrigin of ['https://new.example', 'https://old.example']) {
      sending.options = { ...sending.options, earlierOrigin };
      await sending.send({ uri: A }, 'prod');
    }
    assert.deepEqual(
      asked().map(({ cautions }) => cautions.map(cautionWords)),
      [[], ['This request went to https://old.example before: the base URL of prod has changed since.']],
    );
  });

  it('with what is left out, for its errors', async () => {
    sending.world.texts.set(A, '{}');
    await sending.send([{ uri: A }, { uri: B }], 'prod');
    const [{ count, cautions } = { count: 0, cautions: [] }] = asked();
    assert.deepEqual([count, cautions], [1, [{ kind: 'left-out', invalid: 1, total: 2 }]]);
    assert.deepEqual(cautions.map(cautionWords), ['1 of 2 requests has errors and is left out.']);
  });

  describe('with a caution before prod', () => {
    const cautions = async (text = request()) => {
      sending.world.texts.set(A, text);
      await sending.send({ uri: A }, 'prod');
      return (asked()[0]?.cautions ?? []).map(cautionWords);
    };

    it('that other environments have the same key', async () => {
      sending.world.giveKey('prod', 'key-of-dev');
      assert.deepEqual(await cautions(), [
        'The same key is stored for dev: a request there reaches the same merchant account.',
      ]);
    });

    it('that URLs lead to the user’s own machine, also by a variable', async () => {
      sending.world.variables = { here: 'http://localhost:3000' };
      assert.deepEqual(
        await cautions(
          request({
            callback_url: '"{{here}}/hook"',
            fail_url: '"https://10.0.0.1/x"',
            success_url: '"{{here}}"',
          }),
        ),
        [
          'URLs of this request lead to localhost and 1 more, which the vendor cannot reach: it looks like a test.',
        ],
      );
    });
  });
});
