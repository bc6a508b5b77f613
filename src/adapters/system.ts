import { createHash, createHmac, randomInt, randomUUID } from 'node:crypto';
import { unzipSync } from 'node:zlib';
import type { Clock, SendPorts } from '../app/ports';
import type { Timer } from '../app/webhooks/webhookPorts';
import type { Hmac } from '../core/webhook/signature';
import type { Digests } from '../core/webhook/trials';

/** Bytes: as much as the listener takes of a webhook. */
const LARGEST = 1024 * 1024;

export const systemClock: Clock = {
  now: () => new Date(),
};

export const systemRandom: SendPorts['random'] = {
  uuid: () => randomUUID(),
  randomInt: (min, max) => randomInt(min, max + 1),
};

export const systemTimer: Timer = {
  elapsed: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export const systemHmac: Hmac = (algorithm, key, data) => createHmac(algorithm, key).update(data).digest();

export const systemDigests: Digests = {
  hmac: (algorithm, key, data) => createHmac(algorithm, key).update(data).digest(),
  hash: (algorithm, data) => createHash(algorithm).update(data).digest(),
  unpack: (bytes) => {
    try {
      return unzipSync(bytes, { maxOutputLength: LARGEST });
    } catch {
      return undefined;
    }
  },
};
