import assert from 'node:assert/strict';
import { cautionWords } from '../../../../src/core/problems/cautions';
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

  it('before prod, whatever a file is', async () => {
    await sending.send({ uri: A }, 'prod');
    assert.equal(asked().length, 1);
    assert.deepEqual([asked()[0]?.outside, asked()[0]?.cautions], [[], []]);
  });

  it('not before prod where the user’s settings say so plainly', async () => {
    sending.world.confirmsProd = false;
    sending.world.confirmed = false;
    assert.deepEqual(await sending.outcomes({ uri: A }, 'prod'), ['0 created']);
    assert.deepEqual(asked(), []);
  });

  for (const environment of ['dev', 'staging', 'prod'] as const) {
    it(`where a file is outside of the workspace, and goes to ${environment}`, async () => {
      sending.world.outside = [OUTSIDE];
      sending.world.confirmsProd = false;
      sending.world.confirmed = false;
      assert.deepEqual(await sending.outcomes([{ uri: A }, { uri: B }], environment), [
        '0 blocked not-confirmed',
        '0 blocked not-confirmed',
      ]);
      assert.deepEqual(asked()[0]?.outside, [OUTSIDE]);
      assert.deepEqual(sending.world.requests, []);
      sending.world.confirmed = true;
      assert.deepEqual(await sending.outcomes({ uri: A }, environment), ['0 created']);
    });
  }

  it('not where such a file goes to the sandbox, or is not among those that are sent', async () => {
    sending.world.outside = [OUTSIDE];
    await sending.send({ uri: A }, 'sandbox');
    await sending.send({ uri: B }, 'dev');
    sending.world.texts.set(A, '{}');
    await sending.send([{ uri: A }, { uri: B }], 'dev');
    assert.deepEqual(asked(), []);
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

    it('and with none elsewhere', async () => {
      sending.world.outside = [OUTSIDE];
      sending.world.giveKey('prod', 'key-of-dev');
      await sending.send({ uri: A }, 'dev');
      assert.deepEqual(asked()[0]?.cautions, []);
    });
  });
});
