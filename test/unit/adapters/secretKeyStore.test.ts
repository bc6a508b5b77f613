import assert from 'node:assert/strict';
import { SecretKeyStore } from '../../../src/adapters/vscode/secretKeyStore';
import { apiKey } from '../../support/keys';

type State = ConstructorParameters<typeof SecretKeyStore>[1];

/** VS Code's storage in memory; that of an older one lists nothing. */
function storage(lists: boolean) {
  const entries = new Map<string, string>();
  const listeners: ((event: { readonly key: string }) => void)[] = [];
  const changed = (key: string) => {
    for (const listener of listeners) listener({ key });
    return Promise.resolve();
  };
  const secrets = {
    get: (name: string) => Promise.resolve(entries.get(name)),
    store: (name: string, value: string) => {
      entries.set(name, value);
      return changed(name);
    },
    delete: (name: string) => {
      entries.delete(name);
      return changed(name);
    },
    onDidChange: (listener: (event: { readonly key: string }) => void) => {
      listeners.push(listener);
      return { dispose: () => undefined };
    },
    ...(lists ? { keys: () => Promise.resolve([...entries.keys()]) } : {}),
  };
  const values = new Map<string, unknown>();
  const state = {
    get: (name: string) => values.get(name),
    update: (name: string, value: unknown) => Promise.resolve(void values.set(name, value)),
  };
  return { entries, store: new SecretKeyStore(secrets, state as unknown as State) };
}

describe('the keys in SecretStorage', () => {
  const stored = {
    key: apiKey('key_0123456789'),
    origin: 'https://api.example',
    storedAt: '2026-01-01T00:00:00Z',
  };

  it('are told apart from what belongs to no environment, which can be removed', async () => {
    const { entries, store } = storage(true);
    await store.write('dev', stored);
    entries.set('eccaex.apiKey.qa', 'x').set('of an earlier version', 'y');
    assert.equal(await store.countLeftovers(), 2);
    assert.equal(await store.removeLeftovers(), true);
    assert.deepEqual([...entries.keys()], ['eccaex.apiKey.dev']);
    assert.equal(await store.countLeftovers(), 0);
  });

  it('are left alone where VS Code does not list what it keeps', async () => {
    const { entries, store } = storage(false);
    await store.write('dev', stored);
    entries.set('eccaex.apiKey.qa', 'x');
    assert.equal(await store.countLeftovers(), 0);
    assert.equal(await store.removeLeftovers(), true);
    assert.equal(entries.size, 2);
  });

  it('know when the API took them, and say so, until another key is stored', async () => {
    const { store } = storage(true);
    const told: string[] = [];
    store.onDidAccept((environment) => told.push(environment));
    await store.write('dev', stored);
    await store.accepted('dev', stored.storedAt, new Date('2026-02-01T00:00:00Z'));
    assert.deepEqual(told, ['dev']);
    const reading = await store.read('dev');
    assert.ok(reading.state === 'present');
    assert.equal(reading.stored.acceptedAt, '2026-02-01T00:00:00.000Z');
    await store.write('dev', { ...stored, storedAt: '2026-03-01T00:00:00Z' });
    const other = await store.read('dev');
    assert.ok(other.state === 'present');
    assert.equal(other.stored.acceptedAt, undefined);
  });

  it('keep webhook secrets beside them, newest first, until none is left', async () => {
    const { entries, store } = storage(true);
    await store.write('dev', stored);
    assert.deepEqual(await store.readWebhookSecrets('dev'), { state: 'absent' });
    const [old, fresh] = [apiKey('whsec_old_secret'), apiKey('whsec_new_secret')];
    assert.equal(await store.writeWebhookSecrets('dev', [fresh, old]), true);
    const reading = await store.readWebhookSecrets('dev');
    assert.ok(reading.state === 'present');
    assert.deepEqual(
      reading.secrets.map((secret) => secret.reveal()),
      ['whsec_new_secret', 'whsec_old_secret'],
    );
    assert.equal(await store.countLeftovers(), 0);
    const { redact } = await store.readAll();
    assert.ok(!redact('a whsec_old_secret b').includes('whsec_old_secret'));
    await store.writeWebhookSecrets('dev', []);
    assert.deepEqual([...entries.keys()], ['eccaex.apiKey.dev']);
    for (const text of ['', 'x', '{}', '{"secrets":[]}', '{"secrets":[1]}', '{"secrets":["a\\nb"]}']) {
      entries.set('eccaex.webhookSecret.dev', text);
      assert.deepEqual(await store.readWebhookSecrets('dev'), { state: 'unreadable' }, text);
    }
  });
});
