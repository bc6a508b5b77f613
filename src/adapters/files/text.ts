import type { FileReading } from '../../app/ports';

/** In bytes. Larger files are data. */
export const LARGEST_FILE = 5 * 1024 * 1024;

type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** How much of a file tells its encoding, in bytes. */
const SAMPLE = 8192;

/** UTF-8, or UTF-16 with or without a byte order mark; a file with other zero bytes near its beginning is no text: `undefined`. */
export function encodingOf(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  const sample = bytes.subarray(0, SAMPLE);
  return sample.includes(0) ? unmarkedEncodingOf(sample) : 'utf8';
}

/** In UTF-16 every second byte of most texts is zero, no other one is, and none beside a zero is a control character. */
function unmarkedEncodingOf(sample: Buffer): Encoding | undefined {
  const zeros = [0, 0] as [number, number];
  for (const [place, byte] of sample.entries()) {
    if (byte !== 0) continue;
    const beside = sample[place ^ 1] ?? 0;
    if (beside < 0x20 && !LINE_BYTES.has(beside)) return undefined;
    zeros[place % 2 === 0 ? 0 : 1]++;
  }
  const many = sample.length / 4;
  if (zeros[0] === 0 && zeros[1] > many) return 'utf16le';
  return zeros[1] === 0 && zeros[0] > many ? 'utf16be' : undefined;
}

/** Tab, line feed and carriage return. */
const LINE_BYTES = new Set([0x09, 0x0a, 0x0d]);

/** Without its byte order mark. `undefined` for what is no text. */
export function textOf(bytes: Buffer, encoding = encodingOf(bytes)): string | undefined {
  if (encoding === undefined) return undefined;
  const text =
    encoding === 'utf16be'
      ? Buffer.from(bytes.subarray(0, bytes.length & ~1))
          .swap16()
          .toString('utf16le')
      : bytes.toString(encoding);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** JSON is UTF-8 (RFC 8259, 8.1); a byte order mark is left out. */
export function decodeUtf8(bytes: Uint8Array): FileReading {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, fault: 'not-utf-8' };
  }
}
