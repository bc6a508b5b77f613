import assert from 'node:assert/strict';
import { resolveTarget } from '../../../../src/app/api/target';
import type { Environment } from '../../../../src/core/environments/environment';
import { KEY, ORIGIN, World } from '../../../support/ports';

describe('where a request goes', () => {
  let world: World;
  beforeEach(() => (world = new World()));

  const resolve = async (environment: Environment) => {
    const resolution = await resolveTarget(environment, world);
    if (!resolution.ok) return { obstacle: resolution.obstacle, origin: resolution.origin };
    const { target } = resolution;
    return {
      url: target.baseUrl.href,
      origin: target.origin,
      key: target.key?.reveal(),
      environment: target.environment,
    };
  };

  for (const environment of ['dev', 'staging', 'prod'] as const) {
    it(`is the base URL of ${environment}, with its key`, async () => {
      world.baseUrls = { [environment]: 'https://own.example/v1' };
      world.giveKey(environment, `${environment}_key`, 'https://own.example');
      assert.deepEqual(await resolve(environment), {
        url: 'https://own.example/v1',
        origin: 'https://own.example',
        key: `${environment}_key`,
        environment,
      });
      assert.deepEqual(world.events, [`key ${environment}`]);
    });
  }

  const unsafe: Readonly<Record<string, string>> = {
    '//api.example': 'not-a-url',
    'javascript:alert(1)': 'scheme',
    'http://127.0.0.1.evil.example': 'plain-http',
    'http://localhost.': 'plain-http',
    'https://u:p@api.example': 'credentials',
    'https://api.example?x': 'query',
  };
  for (const [url, fault] of Object.entries(unsafe)) {
    it(`is nowhere for ${url}, and no key is read`, async () => {
      world.baseUrls = { dev: url };
      assert.deepEqual(await resolve('dev'), {
        obstacle: { kind: 'url-unsafe', arguments: { environment: 'dev', fault }, pointer: '' },
        origin: undefined,
      });
      assert.deepEqual(world.events, []);
    });
  }

  it('is nowhere without a key', async () => {
    const absent = { kind: 'key-absent', arguments: { environment: 'dev' }, pointer: '' };
    world.stored.delete('dev');
    assert.deepEqual(await resolve('dev'), { obstacle: absent, origin: ORIGIN });
    world.stored.set('dev', { state: 'present', stored: { key: undefined, origin: ORIGIN, storedAt: '' } });
    assert.deepEqual(await resolve('dev'), { obstacle: absent, origin: ORIGIN });
  });

  it('is nowhere with a key that cannot be read', async () => {
    world.stored.set('dev', { state: 'unreadable' });
    assert.deepEqual(await resolve('dev'), {
      obstacle: { kind: 'key-unreadable', arguments: { environment: 'dev' }, pointer: '' },
      origin: ORIGIN,
    });
  });

  const otherOrigins = [
    'https://api.example.',
    'https://api.example:8443',
    'http://api.example',
    'https://API.example',
    'https://api.example/',
    '',
    'sandbox',
  ];
  for (const keyOrigin of otherOrigins) {
    it(`is nowhere with a key for ${JSON.stringify(keyOrigin)}`, async () => {
      world.giveKey('dev', KEY, keyOrigin);
      assert.deepEqual(await resolve('dev'), {
        obstacle: {
          kind: 'key-other-origin',
          arguments: { environment: 'dev', keyOrigin, origin: ORIGIN },
          pointer: '',
        },
        origin: ORIGIN,
      });
    });
  }

  describe('for the sandbox', () => {
    const url = 'http://127.0.0.1:4321/api/v1';
    const origin = 'http://127.0.0.1:4321';

    it('is the server on this machine, with the key that it takes', async () => {
      assert.deepEqual(await resolve('sandbox'), {
        url,
        origin,
        key: 'sandbox_active',
        environment: 'sandbox',
      });
      assert.deepEqual(world.events, ['sandbox', 'key sandbox']);
    });

    it('has the key that was chosen, whatever its origin', async () => {
      world.giveKey('sandbox', 'sandbox_revoked', 'sandbox');
      assert.deepEqual(await resolve('sandbox'), {
        url,
        origin,
        key: 'sandbox_revoked',
        environment: 'sandbox',
      });
    });

    it('can be sent no key', async () => {
      world.stored.set('sandbox', {
        state: 'present',
        stored: { key: undefined, origin: 'sandbox', storedAt: '' },
      });
      assert.deepEqual(await resolve('sandbox'), { url, origin, key: undefined, environment: 'sandbox' });
    });

    it('has the key that it takes where the chosen one cannot be read', async () => {
      world.stored.set('sandbox', { state: 'unreadable' });
      assert.deepEqual(await resolve('sandbox'), {
        url,
        origin,
        key: 'sandbox_active',
        environment: 'sandbox',
      });
    });

    it('is nowhere if the server does not start, and no key is read', async () => {
      world.sandboxUrl = new Error('port in use');
      assert.deepEqual(await resolve('sandbox'), {
        obstacle: {
          kind: 'connection',
          arguments: { reason: 'never-left', detail: 'port in use' },
          pointer: '',
        },
        origin: undefined,
      });
      assert.deepEqual(world.events, ['sandbox']);
    });
  });
});
