import assert from 'node:assert/strict';
import type { SecretReading } from '../../../../src/app/ports';
import { obstacleWords } from '../../../../src/app/webhooks/make';
import { WebhookSecrets } from '../../../../src/app/webhooks/secrets';
import type { RemoteEnvironment } from '../../../../src/core/environments/environment';
import { apiKey } from '../../../support/keys';

describe('the webhook secret that signs', () => {
  const present = (...secrets: readonly string[]): SecretReading => ({
    state: 'present',
    secrets: secrets.map(apiKey),
  });
  const signing = (readings: Partial<Record<RemoteEnvironment, SecretReading>>) =>
    new WebhookSecrets({
      readWebhookSecrets: (environment) => Promise.resolve(readings[environment] ?? { state: 'absent' }),
    }).forSigning('dev');

  it('is the newest of its environment', async () => {
    assert.deepEqual(await signing({ dev: present('newer-secret', 'older-secret') }), {
      ok: true,
      secret: 'newer-secret',
    });
  });

  it('never is one that prod has, the one before a rotation included', async () => {
    const dev = present('newer-secret');
    for (const prod of [present('newer-secret'), present('another-secret', 'newer-secret')])
      assert.deepEqual(await signing({ dev, prod }), { ok: false, obstacle: 'same-as-prod' });
  });

  it('is none where that of prod cannot be read: it may be the same one', async () => {
    const prod = { state: 'unreadable' } as const;
    assert.deepEqual(await signing({ dev: present('newer-secret'), prod }), {
      ok: false,
      obstacle: 'prod-unreadable',
    });
    assert.match(obstacleWords('prod-unreadable', 'dev', ''), /^The webhook secret of prod cannot be read/);
  });
});
