/** In bytes. Larger files are data. */
export const LARGEST_FILE = 5 * 1024 * 1024;

type Encoding = 'utf8' | 'utf16le' | 'utf16be';

/** UTF-8, or UTF-16 with its byte order mark; else what has a zero byte near its beginning is no text: `undefined`. */
export function encodingOf(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  return bytes.subarray(0, 8192).includes(0) ? undefined : 'utf8';
}

/** Without its byte order mark. `undefined` for what is no text. */
export function textOf(bytes: Buffer, encoding = encodingOf(bytes)): string | undefined {
  switch (encoding) {
    case 'utf16le':
      return bytes.toString('utf16le', 2);
    case 'utf16be':
      return Buffer.from(bytes.subarray(2, bytes.length & ~1))
        .swap16()
        .toString('utf16le');
    case 'utf8': {
      const text = bytes.toString('utf8');
      return text.startsWith('\ufeff') ? text.slice(1) : text;
    }
    case undefined:
      return undefined;
  }
}
