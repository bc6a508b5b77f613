import type { FileReading } from '../../app/ports';

/** JSON is UTF-8 (RFC 8259, 8.1); a byte order mark is left out. */
export function decodeUtf8(bytes: Uint8Array): FileReading {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, fault: 'not-utf-8' };
  }
}
