import type { ByteChunk } from '../../app/leaks/scanPorts';

/** In bytes. */
export const CHUNK = 4 * 1024 * 1024;

/** What a chunk repeats of the one before it, in bytes: a key that stands across the border is in one of them. */
const OVERLAP = 64 * 1024;

/**
 * The bytes of a file, part by part, without zeros: what is ASCII in UTF-16 or between zeros is ASCII then. A part is
 * valid until the next one is asked for.
 */
export function* byteChunks(parts: Iterable<Buffer>): Generator<ByteChunk> {
  let kept = Buffer.alloc(0);
  let origin = { line: 0, character: 0 };
  for (const part of parts) {
    const bytes = Buffer.concat([kept, withoutZeros(part)]);
    yield { bytes, seen: kept.length, origin };
    const start = Math.max(0, bytes.length - OVERLAP);
    origin = placeAfter(origin, bytes.subarray(0, start));
    kept = bytes.subarray(start);
  }
}

function withoutZeros(bytes: Buffer): Buffer {
  return bytes.includes(0) ? (bytes.filter((byte) => byte !== 0) as Buffer) : bytes;
}

function placeAfter(origin: ByteChunk['origin'], bytes: Buffer): ByteChunk['origin'] {
  let { line } = origin;
  for (let feed = bytes.indexOf(0x0a); feed >= 0; feed = bytes.indexOf(0x0a, feed + 1)) line++;
  const last = bytes.lastIndexOf(0x0a);
  return { line, character: last < 0 ? origin.character + bytes.length : bytes.length - last - 1 };
}
