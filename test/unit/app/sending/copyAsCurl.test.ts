import assert from 'node:assert/strict';
import { copyAsCurl, type RequestChoice } from '../../../../src/app/sending/copyAsCurl';
import type { Environment } from '../../../../src/core/environments/environment';
import { KEY, ORIGIN, World } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { A } from '../../../support/sendingWorld';

describe('a request as a cURL command', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.texts.set(A, request());
  });

  const copy = (choice: Partial<RequestChoice> = {}, environment: Environment = 'dev') =>
    copyAsCurl({ uri: A, ...choice }, environment, world);
  const bodyOf = async (choice: Partial<RequestChoice> = {}) => {
    const copied = await copy(choice);
    assert.ok(copied.ok);
    return JSON.parse(copied.request.body) as Record<string, string>;
  };

  it('goes where a send would go, and names the variable of the key', async () => {
    assert.deepEqual(await copy({}, 'staging'), {
      ok: true,
      request: {
        url: `${ORIGIN}/api/v1/create-invoice`,
        key: { variable: 'ECCAEX_API_KEY_STAGING' },
        body: request(),
      },
      errors: 0,
    });
  });

  it('has its placeholders resolved', async () => {
    world.variables = { shop: 'kyiv' };
    world.texts.set(A, request({ external_id: '"{{$uuid}}"', purpose: '"{{shop}}"' }));
    const { external_id, purpose } = await bodyOf();
    assert.deepEqual([external_id, purpose], ['uuid-1', 'kyiv']);
  });

  it('is the one that was asked for, that around the cursor, or the first', async () => {
    const text = batch({}, {}, {});
    world.texts.set(A, text);
    assert.equal((await bodyOf({ index: 2 }))['external_id'], 'order-2');
    assert.equal((await bodyOf({ offset: text.indexOf('order-1') }))['external_id'], 'order-1');
    assert.equal((await bodyOf())['external_id'], 'order-0');
  });

  it('tells of errors, and is copied all the same', async () => {
    world.texts.set(A, request({ amount: '5', currency_code: '"uah"', success_url: undefined }));
    const copied = await copy();
    assert.ok(copied.ok && copied.errors === 2);
  });

  it('has no comments and trailing commas: to a shell they may be commands', async () => {
    const comment = "/*\n'@ | Out-Null\ncalc.exe\n@'\n*/";
    world.texts.set(A, request({ amount: `${comment} "1.00"`, purpose: '"// not, /* one */"' }));
    const copied = await copy();
    assert.ok(copied.ok);
    assert.deepEqual(
      [copied.request.body, copied.errors],
      [request({ amount: ' "1.00"', purpose: '"// not, /* one */"' }), 0],
    );
  });

  it('is the one around the cursor where a comment stands elsewhere in the batch', async () => {
    const text = batch({}, { amount: '/* 5 */"6.00"' }, {});
    world.texts.set(A, text);
    assert.equal((await bodyOf({ offset: text.indexOf('order-1') }))['external_id'], 'order-1');
    assert.equal((await bodyOf({ index: 2 }))['external_id'], 'order-2');
  });

  it('has the key of the sandbox where that is no secret', async () => {
    const keyOf = async () => {
      const copied = await copy({}, 'sandbox');
      return copied.ok && copied.request.key;
    };
    assert.deepEqual(await keyOf(), { publicKey: 'sandbox_active' });
    world.giveKey('sandbox', 'sandbox_revoked');
    assert.deepEqual(await keyOf(), { publicKey: 'sandbox_revoked' });
    world.giveKey('sandbox', 'a_real_key');
    assert.deepEqual(await keyOf(), { variable: 'ECCAEX_API_KEY_SANDBOX' });
    world.stored.set('sandbox', {
      state: 'present',
      stored: { key: undefined, origin: 'sandbox', storedAt: '' },
    });
    assert.equal(await keyOf(), undefined);
  });

  it('reads no key in a workspace that is not trusted', async () => {
    world.trusted = false;
    for (const environment of ['sandbox', 'dev'] as const) assert.ok((await copy({}, environment)).ok);
    assert.ok(!world.events.some((event) => event.startsWith('key ')));
  });

  it('is none where a key stands in it, there is no such request, or no place to send it to', async () => {
    world.texts.set(A, batch({ purpose: `"${KEY}"` }, {}));
    assert.deepEqual(await copy({ index: 0 }), { ok: false, reason: 'key-in-file' });
    assert.ok((await copy({ index: 1 })).ok);
    assert.deepEqual(await copy({ index: 2 }), { ok: false, reason: 'no-request' });
    world.texts.set(A, request().slice(0, -1));
    assert.deepEqual(await copy(), { ok: false, reason: 'no-request' });
    world.texts.delete(A);
    assert.deepEqual(await copy(), { ok: false, reason: 'unreadable', detail: 'no such file' });
    world.texts.set(A, request());
    world.baseUrls = { dev: 'http://shop.example' };
    assert.deepEqual(await copy(), {
      ok: false,
      reason: 'url-unsafe',
      environment: 'dev',
      fault: 'plain-http',
    });
    world.sandboxUrl = new Error('port in use');
    assert.deepEqual(await copy({}, 'sandbox'), { ok: false, reason: 'sandbox', detail: 'port in use' });
  });
});
