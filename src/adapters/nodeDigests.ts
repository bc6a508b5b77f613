import { createHash, createHmac } from 'node:crypto';
import { unzipSync } from 'node:zlib';
import type { Digests } from '../core/webhook/trials';

/** Bytes: as much as the listener takes of a webhook. */
const LARGEST = 1024 * 1024;

export const nodeDigests: Digests = {
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
