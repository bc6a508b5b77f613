import { createHmac } from 'node:crypto';
import type { Hmac } from '../core/webhook/signature';

export const nodeHmac: Hmac = (algorithm, key, data) => createHmac(algorithm, key).update(data).digest();
