import type { JournalLine } from '../../app/ports';

/** In bytes; more than a record of ours can have by far. */
const LONGEST_LINE = 8 * 1024 * 1024;

const BREAK = 0x0a;

/** The lines in a stream of bytes, many at once; what follows the last break is none yet. `start`: the offset of its first byte. */
export async function* linesOf(
  stream: AsyncIterable<Buffer>,
  start: number,
): AsyncGenerator<readonly JournalLine[]> {
  let begun: Buffer[] = [];
  let offset = start;
  let length = 0;
  for await (const chunk of stream) {
    const lines: JournalLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(BREAK); end >= 0; end = chunk.indexOf(BREAK, from)) {
      length += end - from;
      const text = length > LONGEST_LINE ? undefined : textOf(begun, chunk, from, end);
      lines.push({ offset, length, text });
      offset += length + 1;
      [begun, length, from] = [[], 0, end + 1];
    }
    const rest = chunk.subarray(from);
    length += rest.length;
    if (length > LONGEST_LINE) begun = [];
    else begun.push(rest);
    yield lines;
  }
}

function textOf(begun: readonly Buffer[], chunk: Buffer, from: number, end: number): string {
  if (begun.length === 0) return chunk.toString('utf8', from, end);
  return Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
}
