import type { IncomingMessage } from 'node:http';

/** In bytes. The vendor's limit is unknown; this one is a guess. */
export const MAX_BODY = 1_000_000;

/** In bytes. Up to here a body that is too large is read to its end, so that its sender hears the answer; beyond it, the connection is closed. */
const MAX_DISCARDED = 8_000_000;

/** The whole body; `too-large` beyond `MAX_BODY`; `gone` where no answer can reach the sender any more. */
export async function readBody(req: IncomingMessage): Promise<Buffer | 'too-large' | 'gone'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
      if (size > MAX_DISCARDED) {
        req.socket.destroy();
        return 'gone';
      }
    }
  } catch {
    return 'gone';
  }
  return size > MAX_BODY ? 'too-large' : Buffer.concat(chunks);
}
