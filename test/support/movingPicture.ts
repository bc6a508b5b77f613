import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/**
 * Makes one moving picture of several of the same size and colors: an animated PNG, which shows each for so many seconds
 * and begins again. A viewer that knows no such picture shows the first.
 */
export async function writeMovingPicture(
  file: string,
  pictures: readonly string[],
  seconds: number,
): Promise<void> {
  const frames = await Promise.all(pictures.map(async (picture) => chunksOf(await readFile(picture))));
  const [first = []] = frames;
  const header = dataOf(first, 'IHDR');
  for (const frame of frames)
    assert.deepEqual(dataOf(frame, 'IHDR'), header, 'All have one size and the same colors.');
  let sequence = 0;
  const animated = frames.flatMap((frame, place) => {
    const control = Buffer.alloc(26);
    control.writeUInt32BE(sequence++, 0);
    header.copy(control, 4, 0, 8);
    control.writeUInt16BE(Math.round(seconds * 1000), 20);
    control.writeUInt16BE(1000, 22);
    const image = frame.filter(({ type }) => type === 'IDAT');
    return [
      { type: 'fcTL', data: control },
      ...(place === 0
        ? image
        : image.map(({ data }) => ({ type: 'fdAT', data: Buffer.concat([numberOf(sequence++), data]) }))),
    ];
  });
  const chunks = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: Buffer.concat([numberOf(frames.length), numberOf(0)]) },
    ...animated,
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  await writeFile(file, Buffer.concat([SIGNATURE, ...chunks.map(bytesOf)]));
}

function chunksOf(png: Buffer): Chunk[] {
  assert.ok(png.subarray(0, SIGNATURE.length).equals(SIGNATURE), 'This is a PNG.');
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

function dataOf(chunks: readonly Chunk[], wanted: string): Buffer {
  return chunks.find(({ type }) => type === wanted)?.data ?? assert.fail(`It has ${wanted}.`);
}

function bytesOf({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([numberOf(data.length), body, numberOf(crc32(body))]);
}

function numberOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
