import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { obstacleToResend } from '../../src/app/outcomes/keptReport';
import type { KeyReading } from '../../src/app/ports';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { bodyOf, departed, REPORT, WindowJournal } from '../support/journal';
import { apiKey } from '../support/keys';
import { request } from '../support/requests';
import { Sending } from '../support/sending';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';
import { filesWith } from '../support/traces';
import { readOnlyFolder, smallDisk } from '../support/unwritable';

const KEY = 'sk_live_"0123"/abcdef';

describe('the journal in a folder', function () {
  this.timeout(20_000);
  let folder: string;
  const windows: WindowJournal[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder('eccaex-journal');
  });
  afterEach(async () => {
    await Promise.all(windows.splice(0).map(({ files }) => files.dispose()));
    await removeFolder(folder);
  });

  function open(...given: ConstructorParameters<typeof WindowJournal> | []): WindowJournal {
    const window = new WindowJournal(given[0] ?? folder, given[1]);
    windows.push(window);
    return window;
  }

  /** As after the window was closed. */
  const close = ({ files }: WindowJournal) => files.dispose();
  const files = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const lines = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'));
    return lines.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  };
  const onlyFile = async () => {
    const [name, ...others] = await files();
    assert.ok(name && others.length === 0);
    return name;
  };

  it('is empty where nothing was sent, and makes no folder for that', async () => {
    const window = open(path.join(folder, 'none'));
    assert.deepEqual(await window.entries(), []);
    assert.deepEqual(await files(), []);
  });

  it('gives back what was sent and what came back, in this window and in others', async () => {
    const [one, other] = [open(), open()];
    await one.send({ body: bodyOf('a') });
    await other.send({ body: bodyOf('b') }, { outcome: 'rejected', error: { code: 'X', message: 'No.' } });
    for (const window of [one, other, open()]) {
      assert.deepEqual(await window.entries(), ['b rejected', 'a created']);
      const [entry] = window.history.entries;
      const kept = entry && (await window.history.read(entry));
      assert.equal(kept?.sent.body, bodyOf('b'));
      const { invoice, ...rest } = REPORT;
      assert.deepEqual(kept.answered?.report, {
        ...rest,
        invoice,
        outcome: 'rejected',
        error: { code: 'X', message: 'No.' },
      });
    }
  });

  it('can be read by its owner alone', async () => {
    await open().send();
    const { statSync } = await import('node:fs');
    assert.equal(statSync(await onlyFile()).mode & 0o077, 0);
  });

  it('has a send as in flight until its answer is in, for every window', async () => {
    const [one, other] = [open(), open()];
    const end = await one.journal.begin(departed());
    for (const window of [one, other]) assert.deepEqual(await window.entries(), ['order-1 in-flight']);
    await end({ report: REPORT });
    for (const window of [one, other]) assert.deepEqual(await window.entries(), ['order-1 created']);
  });

  it('tells of news of another window', async () => {
    const [one, other] = [open(), open()];
    await other.send();
    const told = new Promise<void>((resolve) => one.files.onDidChange(resolve));
    await other.send({ body: bodyOf('b') });
    await told;
    assert.deepEqual(await one.entries(), ['b created', 'order-1 created']);
  });

  it('forgets a send that was stopped before it left', async () => {
    const window = open();
    await window.send({}, { outcome: 'cancelled' });
    assert.deepEqual(await window.entries(), []);
  });

  describe('that is damaged', () => {
    it('skips a torn last line, and counts it once the window has ended', async () => {
      const before = open();
      await before.send({ body: bodyOf('a') });
      const name = await onlyFile();
      await appendFile(name, '{"kind":"sent","id":"');
      const window = open();
      assert.deepEqual([await window.entries(), window.history.damaged], [['a created'], 0]);
      await close(before);
      assert.deepEqual([await window.entries(), window.history.damaged], [['a created'], 1]);
    });

    it('skips and counts every line that is none, and reads the others', async () => {
      const before = open();
      await before.send({ body: bodyOf('a') });
      await before.send({ body: bodyOf('b') });
      const name = await onlyFile();
      await close(before);
      const lines = (await readFile(name, 'utf8')).split('\n');
      const junk = [
        'nonsense',
        '{}',
        '\0\0\0',
        '{"kind":"sent"}',
        '[[[',
        '\ud800',
        'x'.repeat(9 * 1024 * 1024),
      ];
      await writeFile(name, [...junk, ...lines].join('\n'));
      const window = open();
      assert.deepEqual(
        [await window.entries(), window.history.damaged],
        [['b created', 'a created'], junk.length],
      );
    });

    it('is read though there are other things in its folder', async () => {
      await writeFile(path.join(folder, 'notes.txt'), 'x');
      await writeFile(
        path.join(folder, 'aaaaaaaa-2222-4333-8444-555555555555.0.jsonl'),
        Buffer.alloc(100_000, 0xff),
      );
      const window = open();
      await window.send();
      assert.deepEqual([await window.entries(), window.history.damaged], [['order-1 created'], 1]);
    });
  });

  it('keeps everything though its folder holds what no window has made', async () => {
    const before = open();
    for (const order of ['a', 'b', 'c']) await before.send({ body: bodyOf(order) });
    await close(before);
    const window = open();
    await window.entries();
    assert.deepEqual(await window.history.delete([window.history.entries[0]?.id ?? '']), []);
    await mkdir(path.join(folder, '7.base'));
    await writeFile(path.join(folder, '8.base'), '');
    await mkdir(path.join(folder, '9.base', 'lines.jsonl'), { recursive: true });
    await mkdir(path.join(folder, 'aaaaaaaa-2222-4333-8444-555555555555.0.jsonl'));
    await symlink(folder, path.join(folder, 'bbbbbbbb-2222-4333-8444-555555555555.0.jsonl'));
    await symlink('nowhere', path.join(folder, 'cccccccc-2222-4333-8444-555555555555.0.jsonl'));
    assert.deepEqual(await open().entries(), ['b created', 'a created']);
    await window.send({ body: bodyOf('d') });
    assert.deepEqual(await window.entries(), ['d created', 'b created', 'a created']);
    assert.deepEqual(await window.history.delete([window.history.entries[2]?.id ?? '']), []);
    assert.deepEqual(await open().entries(), ['d created', 'b created']);
    assert.deepEqual(window.failures, []);
  });

  it('is cleaned up no further where no number is left for one that takes its place', async () => {
    const window = open();
    for (const order of ['a', 'b', 'c']) await window.send({ body: bodyOf(order) });
    await window.entries();
    await mkdir(path.join(folder, '999999999999999.base'));
    assert.notDeepEqual(await window.history.delete([window.history.entries[0]?.id ?? '']), []);
    assert.deepEqual(await open().entries(), ['b created', 'a created']);
  });

  it('has half a line that nobody ends read once, however long it is', async () => {
    const before = open();
    await before.send();
    const name = await onlyFile();
    await close(before);
    await appendFile(name, Buffer.alloc(1024 * 1024, 'x'));
    const window = open();
    let reads = 0;
    const lines = window.files.lines.bind(window.files);
    window.files.lines = (...given) => {
      reads += 1;
      return lines(...given);
    };
    for (const _ of [1, 2, 3]) assert.deepEqual(await window.entries(), ['order-1 created']);
    assert.equal(reads, 1);
  });

  describe('that has more than it keeps', () => {
    const sendMany = async (window: WindowJournal, from: number, to: number) => {
      for (let i = from; i < to; i++) await window.send({ body: bodyOf(String(i)) });
    };

    it('shows the newest, and takes the oldest from the disk', async () => {
      const before = open();
      await sendMany(before, 0, 10);
      await close(before);
      const window = open();
      window.limit = 4;
      await sendMany(window, 10, 12);
      assert.deepEqual(await window.entries(), ['11 created', '10 created', '9 created', '8 created']);
      const texts = await Promise.all((await files()).map((name) => readFile(name, 'utf8')));
      assert.doesNotMatch(texts.join(''), /\\"external_id\\":\\"[0-7]\\"/);
      assert.deepEqual(await open().entries(), ['11 created', '10 created', '9 created', '8 created']);
    });

    it('keeps nothing with a limit of 0, but what is under way', async () => {
      const window = open();
      window.limit = 0;
      await sendMany(window, 0, 3);
      const end = await window.journal.begin(departed({ body: bodyOf('slow') }));
      assert.deepEqual(await window.entries(), ['slow in-flight']);
      await end({ report: REPORT });
      assert.deepEqual(await window.entries(), []);
      assert.deepEqual((await filesWith(folder, ['external_id'])).found, []);
    });

    it('begins a new file where one is full, so that old ones go as a whole', async () => {
      const window = open();
      window.limit = 10;
      const note = 'x'.repeat(200_000);
      for (let i = 0; i < 60; i++) await window.send({ body: bodyOf(String(i), { note }) });
      assert.ok((await files()).length > 2);
      assert.equal((await window.entries()).length, 10);
      const sizes = await Promise.all((await files()).map(async (name) => (await readFile(name)).length));
      assert.ok(sizes.reduce((a, b) => a + b, 0) < 11 * 201_000);
    });
  });

  describe('of which something is deleted', () => {
    it('has it no longer, on the disk either', async () => {
      const window = open();
      for (const id of ['a', 'order-b', 'c']) await window.send({ body: bodyOf(id) });
      await window.entries();
      const b = window.history.entries.find(({ request: { externalId } }) => externalId === 'order-b');
      assert.ok(b);
      assert.deepEqual(await window.history.delete([b.id]), []);
      assert.deepEqual(window.history.entries.length, 2);
      assert.deepEqual((await filesWith(folder, ['order-b'])).found, []);
      assert.deepEqual(await open().entries(), ['c created', 'a created']);
      assert.equal(await window.history.read(b), undefined);
    });

    it('is empty after all of it was, what another window wrote and what is damaged included', async () => {
      const [one, other, ended] = [open(), open(), open()];
      await Promise.all([one, other, ended].map((window, i) => window.send({ body: bodyOf(`secret-${i}`) })));
      await close(ended);
      await writeFile(path.join(folder, `aaaaaaaa-2222-4333-8444-555555555555.0.jsonl`), 'secret-9\n');
      const end = await one.journal.begin(departed({ body: bodyOf('under way') }));
      assert.deepEqual(await one.history.clear(), []);
      assert.deepEqual(await one.entries(), ['under way in-flight']);
      assert.deepEqual(await other.entries(), ['under way in-flight']);
      assert.deepEqual(
        (await filesWith(folder, ['secret'])).found,
        [],
        'what the other window wrote included',
      );
      await end({ report: REPORT });
      assert.deepEqual(await one.entries(), ['under way created']);
    });

    it('stays so for windows that write files anew at the same time', async () => {
      const before = open();
      for (let i = 0; i < 40; i++) await before.send({ body: bodyOf(String(i)) });
      await close(before);
      const [one, other] = [open(), open()];
      await Promise.all([one.entries(), other.entries()]);
      const { entries } = one.history;
      const half = (window: WindowJournal, rest: number) =>
        Promise.all(
          entries.filter((_, i) => i % 2 === rest && i < 20).map(({ id }) => window.history.delete([id])),
        );
      await Promise.all([half(one, 0), half(other, 1)]);
      const left = Array.from({ length: 20 }, (_, i) => `${19 - i} created`);
      for (const window of [one, other, open()]) {
        assert.deepEqual(await window.entries(), left);
        assert.equal(window.history.damaged, 0);
      }
    });
  });

  describe('of what must not be kept', () => {
    const reading: KeyReading = {
      state: 'present',
      stored: { key: apiKey(KEY), origin: 'https://api.example', storedAt: '2026-01-01T00:00:00Z' },
    };
    const keys = { read: () => Promise.resolve(reading) };

    it('has no key, in whatever part it came', async () => {
      const window = open(folder, keys);
      const error = { code: KEY, message: `no ${KEY}`, details: { [KEY]: [encodeURIComponent(KEY)] } };
      await window.send({ body: bodyOf('a', { note: KEY }) }, { outcome: 'rejected', requestId: KEY, error });
      assert.deepEqual(await window.entries(), ['a rejected']);
      for (const form of [KEY, JSON.stringify(KEY).slice(1, -1), encodeURIComponent(KEY), 'sk_live'])
        assert.deepEqual((await filesWith(folder, [form])).found, [], form);
      const [entry] = window.history.entries;
      const kept = entry && (await window.history.read(entry));
      assert.ok(kept && obstacleToResend(kept) === 'redacted');
    });

    it('has long bodies in short, and offers those not to the letter', async () => {
      const window = open();
      const note = 'x'.repeat(300_000);
      await window.send(
        { body: bodyOf('a', { note }) },
        { invoice: { invoice_id: 'i-2', payment_link: 'l', note } },
      );
      await window.entries();
      const [entry] = window.history.entries;
      assert.ok(entry);
      assert.deepEqual([entry.changed, entry.answer?.invoiceId], ['shortened', 'i-2']);
      const kept = await window.history.read(entry);
      assert.ok(kept && obstacleToResend(kept) === 'shortened');
      assert.equal(kept.sent.body.length, 256 * 1024);
      assert.equal(kept.answered?.changed, 'shortened');
    });

    it('does not send again what is no valid request, since anybody can have written it', async () => {
      const window = open();
      await window.send({ body: bodyOf('a') });
      await window.send({ body: request() });
      await window.entries();
      const kept = await Promise.all(window.history.entries.map((entry) => window.history.read(entry)));
      assert.deepEqual(
        kept.map((one) => one && obstacleToResend(one)),
        [undefined, 'invalid'],
      );
    });
  });

  describe('that cannot be written', () => {
    let sandbox: Sandbox;
    let sending: Sending;
    beforeEach(async () => {
      sandbox = await startSandbox();
      sending = new Sending(sandbox.baseUrl);
    });
    afterEach(async () => {
      sending.dispose();
      await sandbox.stop();
    });

    it('lets everything be sent, and says so once, in a read-only folder', async () => {
      const readOnly = readOnlyFolder(path.join(folder, 'read-only'));
      try {
        for (const journalFolder of [readOnly.folder, path.join(readOnly.folder, 'journal')]) {
          const window = open(journalFolder);
          sending.journal = window.journal;
          const texts = [0, 1, 2].map((i) => request({ external_id: `"${journalFolder}-${i}"` }));
          const reports = await sending.send(texts);
          assert.deepEqual(
            reports.map(({ outcome }) => outcome),
            ['created', 'created', 'created'],
          );
          assert.equal(window.failures.length, 1);
          assert.match(window.failures[0] ?? '', /not allowed|cannot be made/);
          assert.deepEqual(await window.entries(), []);
        }
      } finally {
        readOnly.release();
      }
    });

    it('lets everything be sent, and says so once, where its folder cannot be made', async () => {
      await writeFile(path.join(folder, 'file'), '');
      const window = open(path.join(folder, 'file', 'journal'));
      sending.journal = window.journal;
      assert.equal((await sending.sendOne(request())).outcome, 'created');
      assert.equal(window.failures.length, 1);
    });

    it('says that what was to be deleted is still there, and deletes it where that makes room', async function () {
      const disk = smallDisk(path.join(folder, 'small'), 64);
      if (!disk) this.skip();
      try {
        const window = open(disk.folder);
        for (const id of ['secret-a', 'secret-b'])
          await window.send({ body: bodyOf(id, { note: 'x'.repeat(5_000) }) });
        await window.entries();
        const filler = path.join(disk.folder, 'filler');
        await writeFile(filler, Buffer.alloc(64 * 1024)).catch(() => undefined);
        const [newest, oldest] = window.history.entries;
        assert.ok(newest && oldest);
        assert.notDeepEqual(await window.history.delete([newest.id]), []);
        assert.notDeepEqual((await filesWith(disk.folder, ['secret-b'])).found, []);
        assert.deepEqual(await window.history.delete([newest.id, oldest.id]), []);
        assert.deepEqual((await filesWith(disk.folder, ['secret'])).found, []);
        assert.deepEqual(await window.entries(), []);
      } finally {
        await Promise.all(windows.splice(0).map(({ files: open_ }) => open_.dispose()));
        disk.release();
      }
    });

    it('writes a response once there is space, without anything else being sent', async function () {
      const disk = smallDisk(path.join(folder, 'small'), 64);
      if (!disk) this.skip();
      try {
        const window = open(disk.folder);
        const end = await window.journal.begin(departed({ body: bodyOf('waiting') }));
        const filler = path.join(disk.folder, 'filler');
        await writeFile(filler, Buffer.alloc(64 * 1024)).catch(() => undefined);
        // There may be room for a few lines in what the file has.
        for (let at = 0; at < 5; at++)
          await window.send({ body: bodyOf(`full-${at}`, { note: 'x'.repeat(900) }) });
        await end({ report: REPORT });
        assert.deepEqual(
          await open(disk.folder)
            .entries()
            .then((all) => all.at(-1)),
          'waiting in-flight',
        );
        assert.deepEqual(window.failures, ['the disk is full']);
        const written = new Promise<void>((resolve) => {
          window.files.onDidChange(() => void window.entries().then((all) => all.length === 6 && resolve()));
        });
        await writeFile(filler, '');
        await written;
        assert.ok((await window.entries()).every((entry) => entry.endsWith('created')));
        assert.deepEqual(window.failures, ['the disk is full']);
      } finally {
        await Promise.all(windows.splice(0).map(({ files: open_ }) => open_.dispose()));
        disk.release();
      }
    });

    it('has nothing of what a full disk has not taken once all is deleted', async function () {
      const disk = smallDisk(path.join(folder, 'small'), 64);
      if (!disk) this.skip();
      try {
        const window = open(disk.folder);
        await window.send({ body: bodyOf('secret-0', { note: 'x'.repeat(30_000) }) });
        await writeFile(path.join(disk.folder, 'filler'), Buffer.alloc(64 * 1024)).catch(() => undefined);
        await window.send({ body: bodyOf('secret-1', { note: 'x'.repeat(3_000) }) });
        assert.deepEqual(window.failures, ['the disk is full']);
        assert.deepEqual(await window.history.clear(), []);
        await window.files.catchUp();
        assert.deepEqual(await window.entries(), []);
        assert.deepEqual((await filesWith(disk.folder, ['secret'])).found, []);
      } finally {
        await Promise.all(windows.splice(0).map(({ files: open_ }) => open_.dispose()));
        disk.release();
      }
    });

    it('lets everything be sent on a full disk, says so once, and has all of it when there is space', async function () {
      const disk = smallDisk(path.join(folder, 'small'), 256);
      if (!disk) this.skip();
      try {
        const window = open(disk.folder);
        sending.journal = window.journal;
        await window.send({ body: bodyOf('first') });
        const filler = path.join(disk.folder, 'filler');
        await writeFile(filler, Buffer.alloc(256 * 1024)).catch(() => undefined);
        const texts = Array.from({ length: 30 }, (_, i) =>
          request({ external_id: `"full-${i}"`, purpose: `"${'x'.repeat(500)}"` }),
        );
        const reports = await sending.send(texts);
        assert.ok(reports.every(({ outcome }) => outcome === 'created'));
        assert.deepEqual(window.failures, ['the disk is full']);
        await writeFile(filler, '');
        assert.equal((await sending.sendOne(request({ external_id: '"after"' }))).outcome, 'created');
        const everything = ['after', ...texts.map((_, i) => `full-${i}`), 'first'].map(
          (id) => `${id} created`,
        );
        assert.deepEqual((await window.entries()).sort(), everything.sort());
        assert.ok(window.history.damaged <= 1);
        await writeFile(filler, Buffer.alloc(256 * 1024)).catch(() => undefined);
        await sending.send(texts.map((text) => text.replace('full', 'again')));
        assert.deepEqual(
          window.failures,
          ['the disk is full', 'the disk is full'],
          'it has worked in between',
        );
      } finally {
        await Promise.all(windows.splice(0).map(({ files: open_ }) => open_.dispose()));
        disk.release();
      }
    });
  });
});
