import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { obstacleToResend, reportOf, sentReportOf } from '../../../src/app/outcomes/keptReport';
import { encodeRecord } from '../../../src/core/journal/record';
import { below, oneOf } from '../../support/chaos/chance';
import { bodyOf, departed, REPORT, WindowJournal } from '../../support/journal';
import { nightly } from '../../support/nightly';
import { removeFolder, temporaryFolder } from '../../support/temporaryFolder';
import { filesWith } from '../../support/traces';

const FILES = nightly(1_000, 10);
const SENDS = 12;

/** What stands in a file between the records of sends. */
const STRANGE: [Buffer | string, ...(Buffer | string)[]] = [
  Buffer.alloc(3_000),
  randomBytes(3_000),
  Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
  '{"kind":"sent","id":"__proto__"}',
  '{"kind":"webhook","id":"x"}',
  '{"kind":"deleted"}',
  '{"kind":"session","session":7}',
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  '1e999',
  '"\\ud800"',
  'null',
  '',
];

/** What a member of a record is replaced by. */
const VALUES: [unknown, ...unknown[]] = [
  null,
  1,
  -1,
  1e308,
  '',
  {},
  [],
  true,
  '9999-12-31T00:00:00Z',
  '2026-13-40',
  'file://%zz',
  'https://u:p@h/%00',
  'x'.repeat(70_000),
];

type Line = Buffer | string;

/** How the lines of a file are spoilt; each gives the lines of which nothing can be expected. */
const SPOIL: Record<string, (lines: Line[]) => number[]> = {
  'bits are flipped': (lines) =>
    Array.from({ length: 1 + below(5) }, () => {
      const at = below(lines.length);
      const bytes = Buffer.from(lines[at] ?? '');
      const place = below(bytes.length);
      bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << below(8)), place);
      lines[at] = bytes;
      return at;
    }),
  'lines have changed places': (lines) => {
    for (let left = 5; left > 0; left--) lines.push(...lines.splice(below(lines.length), 1));
    return [];
  },
  'lines stand there twice': (lines) => {
    for (let left = 5; left > 0; left--)
      lines.splice(below(lines.length), 0, lines[below(lines.length)] ?? '');
    return [];
  },
  'something strange stands between them': (lines) => {
    for (let left = 3; left > 0; left--) lines.splice(below(lines.length), 0, oneOf(STRANGE));
    return [];
  },
  'a member has another value': (lines) => {
    const at = below(lines.length);
    const record = JSON.parse(String(lines[at])) as Record<string, unknown>;
    record[oneOf(['at', 'order', 'uri', 'index', 'environment', 'url', 'body', 'report', 'kind'])] =
      oneOf(VALUES);
    lines[at] = JSON.stringify(record);
    return [at];
  },
};

describe('a journal whose files hold anything', function () {
  this.timeout(FILES * 2_000);

  for (const [how, spoil] of Object.entries(SPOIL))
    it(`is read, cleaned up and emptied where ${how}, ${FILES / 5} times`, async () => {
      for (let time = 0; time < FILES / 5; time++) await check(spoil);
    });

  async function check(spoil: (lines: Line[]) => number[]): Promise<void> {
    const folder = await temporaryFolder('eccaex-chaos');
    const window = new WindowJournal(folder);
    try {
      const ids = Array.from({ length: SENDS }, () => randomUUID());
      const written: Line[] = ids.flatMap((id, at) => {
        const body = bodyOf(`spoilt-${at}.`);
        const sent = encodeRecord({
          kind: 'sent',
          id,
          at: new Date(at * 1_000).toISOString(),
          ...departed({ body }),
        });
        // The last one has no response.
        return [sent, ...(at < SENDS - 1 ? [encodeRecord({ kind: 'answered', id, report: REPORT })] : [])];
      });
      const lines = written.map((line) => String(line).trim()) as Line[];
      const spoilt = spoil(lines);
      const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
      await writeFile(path.join(folder, `${randomUUID()}.0.jsonl`), bytes);
      await window.history.refresh();
      const known = new Set(window.history.entries.map(({ id }) => id));
      for (const [at, id] of ids.entries())
        assert.ok(known.has(id) || spoilt.includes(2 * at), `${at} is gone`);
      for (const entry of window.history.entries) {
        const kept = await window.history.read(entry);
        if (!kept) continue;
        obstacleToResend(kept);
        reportOf(kept, true);
        sentReportOf(kept, true);
      }
      window.limit = 5;
      await window.history.refresh();
      assert.ok(window.history.entries.length <= 5 + 2 + spoilt.length);
      const [first] = window.history.entries;
      if (first) assert.deepEqual(await window.history.delete([first.id]), []);
      assert.deepEqual(await window.history.clear(), []);
      assert.deepEqual(window.history.entries, []);
      assert.deepEqual((await filesWith(folder, ['spoilt-'])).found, []);
      assert.deepEqual(window.failures, []);
    } finally {
      await window.files.dispose();
      await removeFolder(folder);
    }
  }
});
