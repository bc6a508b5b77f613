import { parseTarget } from '../../core/webhook/forwarding';
import type { StoredSecrets } from '../ports';
import type { Hmac } from '../../core/webhook/signature';
import { Listener, type ListenerPorts } from './listener';
import { WebhookSecrets } from './secrets';
import { Webhooks, type WebhookPorts } from './webhooks';

/** Everything about webhooks that one window has. */
export interface WebhookRoom {
  readonly webhooks: Webhooks;
  readonly listener: Listener;
  readonly secrets: WebhookSecrets;
  readonly hmac: Hmac;
}

export type RoomPorts = Omit<WebhookPorts, 'secrets'> &
  Omit<ListenerPorts, 'webhooks'> & { readonly keys: Pick<StoredSecrets, 'readWebhookSecrets'> };

/** Puts it together. `target`: where this workspace's webhooks went before, as a person typed it. */
export function openRoom(ports: RoomPorts, target: unknown): WebhookRoom {
  const secrets = new WebhookSecrets(ports.keys);
  const webhooks = new Webhooks({ ...ports, secrets });
  const before = typeof target === 'string' ? parseTarget(target) : undefined;
  if (typeof before === 'object') webhooks.forwardTo(before);
  return { webhooks, secrets, hmac: ports.hmac, listener: new Listener({ ...ports, webhooks }) };
}
