import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, uptime } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { earlierFolders } from '../../src/adapters/journal/earlierFolders';
import { SessionMark, stateOfSession } from '../../src/adapters/journal/sessionMark';
import { encodeRecord } from '../../src/core/journal/record';
import { breakOffAfter, failToSync } from '../support/breakOff';
import { bodyOf, departed, REPORT, WindowJournal } from '../support/journal';
import { entriesFoundBy, startJournalProcess } from '../support/journalProcess';
import { nightly } from '../support/nightly';
import { ended } from '../support/processes';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';
import { filesWith } from '../support/traces';
import { smallDisk } from '../support/unwritable';

/** What a session of an earlier release has written: so many sends, the last of them without an answer. */
function earlierLines(name: string, count: number, unanswered = 0): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const id = randomUUID();
    const sentAt = new Date(Date.parse('2026-01-01T00:00:00Z') + at * 1000).toISOString();
    const request = encodeRecord({
      kind: 'sent',
      id,
      at: sentAt,
      ...departed({ body: bodyOf(`${name}-${at}`) }),
    });
    const isAnswered = at < count - unanswered;
    return isAnswered ? request + encodeRecord({ kind: 'answered', id, report: REPORT }) : request;
  });
  return lines.join('');
}

describe('a journal that windows share', function () {
  this.timeout(60_000);
  let folder: string;
  const windows: WindowJournal[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder('eccaex-journal');
  });
  afterEach(async () => {
    await Promise.all(windows.splice(0).map(({ files }) => files.dispose()));
    await removeFolder(folder);
  });

  function open(
    further: Partial<Pick<WindowJournal, 'limit' | 'clockAhead'>> = {},
    at = folder,
  ): WindowJournal {
    const window = Object.assign(new WindowJournal(at), further);
    windows.push(window);
    return window;
  }
  const earlierFile = (text: string, at = folder, session: string = randomUUID()) =>
    writeFile(path.join(at, `${session}.0.jsonl`), text);
  const entriesOf = (window: WindowJournal) => window.entries();
  const ordersOf = (entries: readonly string[]) => entries.map((entry) => entry.split(' ')[0]);

  for (const count of [2, 5])
    it(`keeps what it should while ${count} windows clean up the same files at once`, async () => {
      const shared = Array.from({ length: count }, () => open({ limit: 20 }));
      for (let round = 0; round < nightly(15, 3); round++) {
        await earlierFile(earlierLines(`r${round}`, 60, 3));
        await Promise.all(shared.map(entriesOf));
        const expected = Array.from({ length: 3 }, (_, at) => `r${round}-${57 + at}`);
        const found = ordersOf(await open({ limit: 20 }).entries());
        assert.deepEqual(found.filter((order) => expected.includes(order ?? '')).sort(), expected);
        assert.equal(found.length, 20 + 3 * (round + 1));
      }
    });

  it('loses nothing while too many files are open', async () => {
    await earlierFile(earlierLines('old', 60, 3));
    const child = await startJournalProcess({ work: 'crowd', folder, limit: 20, most: 8 }, 'sh', [
      '-c',
      'ulimit -n 60; exec "$@"',
      'sh',
      process.execPath,
    ]);
    assert.equal(await ended(child), 0);
    const found = await open().entries();
    assert.ok(found.length >= 23);
    assert.equal(found.filter((entry) => entry.endsWith('lost')).length, 3);
  });

  for (const [what, remove] of [
    ['folder', () => rm(folder, { recursive: true })],
    [
      'own file',
      async () =>
        rm(path.join(folder, (await readdir(folder)).find((name) => name.endsWith('.jsonl')) ?? '')),
    ],
    [
      'own file, by a renaming window',
      async () => {
        const name = (await readdir(folder)).find((one) => one.endsWith('.jsonl')) ?? '';
        await rename(path.join(folder, name), path.join(folder, name.replace('.jsonl', '.sealed.jsonl')));
      },
    ],
  ] as const)
    it(`keeps what is sent after its ${what} went`, async () => {
      const window = open();
      await window.send({ body: bodyOf('before') });
      await remove();
      await window.send({ body: bodyOf('after') });
      const end = await window.journal.begin(departed({ body: bodyOf('open') }));
      const found = await open().entries();
      assert.deepEqual(found.slice(0, 2), ['open in-flight', 'after created']);
      await end({ report: REPORT });
      assert.deepEqual(window.failures, []);
    });

  it('leaves no copy of what was deleted, whatever a crash has left behind', async () => {
    const before = open();
    await before.send({ body: bodyOf('secret-1') });
    const name = (await readdir(folder)).find((one) => one.endsWith('.jsonl')) ?? '';
    await before.files.dispose();
    for (const copy of [`${name}.${randomUUID()}.tmp`, `1.${randomUUID()}.tmp`])
      await cp(path.join(folder, name), path.join(folder, copy));
    const window = open();
    await window.entries();
    await window.history.clear();
    assert.deepEqual((await filesWith(folder, ['secret'])).found, []);
  });

  it('revives nothing where it ended between putting one file in place and removing the others', async () => {
    await earlierFile(earlierLines('former', 5, 2));
    const window = open();
    const [lost] = (await window.entries(), window.history.lost);
    assert.ok(lost);
    const kept = await temporaryFolder('eccaex-journal-kept');
    for (const name of (await readdir(folder)).filter((one) => one.endsWith('.jsonl')))
      await cp(path.join(folder, name), path.join(kept, name));
    await window.history.delete([lost.id]);
    await window.files.dispose();
    // As a crash leaves it: the files that were replaced are still there.
    for (const name of await readdir(kept))
      await cp(
        path.join(kept, name),
        path.join(folder, name.replace(/(?<!sealed)\.jsonl$/, '.sealed.jsonl')),
      );
    await removeFolder(kept);
    const next = open();
    assert.deepEqual(await next.entries(), [
      'former-3 lost',
      'former-2 created',
      'former-1 created',
      'former-0 created',
    ]);
    await next.history.delete([]);
    assert.deepEqual((await filesWith(folder, ['former-4'])).found, []);
  });

  it('takes nothing back once a note is old, and has no answered send as lost, at whatever line a clean-up ends', async () => {
    const lines = earlierLines('old', 3);
    const { id } = JSON.parse(lines.split('\n')[0] ?? '') as { id: string };
    await earlierFile(lines, folder, 'bbbbbbbb-2222-4333-8444-555555555555');
    const note = encodeRecord({ kind: 'deleted', id, at: '2025-01-01T00:00:00Z' });
    // Before the change this file went first, and the other one on its own.
    await earlierFile(note, folder, 'aaaaaaaa-2222-4333-8444-555555555555');
    const window = open();
    const { files } = window;
    const remove = files.remove.bind(files);
    files.remove = () => Promise.resolve();
    assert.deepEqual(await window.entries(), ['old-2 created', 'old-1 created']);
    files.remove = remove;
    assert.deepEqual(await open().entries(), ['old-2 created', 'old-1 created']);
  });

  it('has no response, and nothing that was deleted, taken back at whatever step a clean-up breaks off', async () => {
    let steps = 0;
    for (let last = 0; last <= steps; last++) {
      const part = path.join(folder, `${last}`);
      await mkdir(part);
      await earlierFile(earlierLines('one', 20, 1), part);
      await earlierFile(earlierLines('two', 20, 1), part);
      const window = open({}, part);
      // Request and response stand in files of their own.
      const straddling = open({}, part);
      const end = await straddling.journal.begin(departed({ body: bodyOf('straddled') }));
      await straddling.files.dispose();
      await end({ report: REPORT });
      const before = new Set(await window.entries());
      const gone = window.history.entries.find(({ request }) => request.externalId === 'one-3');
      assert.ok(gone);
      window.limit = 10;
      const disk = await breakOffAfter(last);
      await window.history.delete([gone.id]);
      steps = Math.max(steps, disk.count());
      disk.release();
      const isNoted = (await filesWith(part, [`{"kind":"deleted","id":"${gone.id}"`])).found.length > 0;
      const found = await open({ limit: 10_000 }, part).entries();
      const lost = found.filter((entry) => entry.endsWith('lost')).sort();
      assert.deepEqual(lost, ['one-19 lost', 'two-19 lost'], `step ${last}`);
      assert.ok(found.includes('straddled created'), `step ${last}`);
      assert.ok(found.length >= 12 && found.every((entry) => before.has(entry)), `step ${last}`);
      if (isNoted) assert.ok(!found.includes('one-3 created'), `step ${last}`);
    }
    assert.ok(steps > 8, `there are ${steps} steps`);
  });

  it('has no response taken back where only files that can go as a whole make room', async () => {
    const before = open();
    // Each half is in a file of its own: the request beside one that is kept, the response alone.
    const end = await before.journal.begin(departed({ body: bodyOf('halves') }));
    await before.send({ body: bodyOf('kept') });
    await before.files.dispose();
    await end({ report: REPORT });
    const window = open();
    await window.send({ body: bodyOf('gone') });
    await window.entries();
    const gone = window.history.entries.find(({ request }) => request.externalId === 'gone');
    assert.ok(gone);
    window.limit = 1;
    window.files.replace = () => Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' }));
    await window.history.delete([gone.id]);
    assert.deepEqual((await open().entries()).sort(), ['halves created', 'kept created']);
  });

  it('has no response taken back where the request is in a file that another machine appends to', async () => {
    const session = randomUUID();
    const [request = '', answer = ''] = earlierLines('halves', 1).split(/(?<=\n)/);
    await earlierFile(request, folder, session);
    await writeFile(path.join(folder, `${session}.1.sealed.jsonl`), answer);
    await earlierFile(earlierLines('later', 20));
    await mkdir(path.join(folder, 'sessions'));
    await writeFile(
      path.join(folder, 'sessions', `${session}.mark`),
      JSON.stringify({ system: 'x', machine: 'y' }),
    );
    await open({ limit: 5 }).entries();
    const found = await open().entries();
    assert.deepEqual([found.length, found.at(-1)], [6, 'halves-0 created']);
  });

  it('has a response that it said is written, though the disk fails to take the request that came with it', async () => {
    const window = open();
    const id = randomUUID();
    const at = new Date().toISOString();
    const sent = { kind: 'sent', at, ...departed({ body: bodyOf('before') }) } as const;
    await window.files.append(encodeRecord({ ...sent, id }), true);
    const disk = await failToSync();
    try {
      // What comes while a line is written goes to the disk together.
      const first = window.files.append(encodeRecord({ kind: 'settled', id: randomUUID() }), false);
      const isWritten = window.files.append(encodeRecord({ kind: 'answered', id, report: REPORT }), false);
      const isOnDisk = window.files.append(encodeRecord({ ...sent, id: randomUUID() }), true);
      assert.deepEqual(await Promise.all([first, isWritten, isOnDisk]), [true, true, false]);
      assert.ok((await open().entries()).includes('before created'));
    } finally {
      disk.release();
    }
    assert.ok(await window.files.catchUp());
    assert.deepEqual((await open().entries()).sort(), ['before created', 'before in-flight']);
  });

  it('keeps new sends though a clock was ahead for a while', async () => {
    const ahead = open({ limit: 20, clockAhead: 3 * 24 * 3_600_000 });
    for (let at = 0; at < 25; at++) await ahead.send({ body: bodyOf(`ahead-${at}`) });
    const right = open({ limit: 20 });
    await right.entries();
    for (let at = 0; at < 10; at++) await right.send({ body: bodyOf(`right-${at}`) });
    const found = ordersOf(await right.entries());
    assert.deepEqual(
      found.slice(0, 10),
      Array.from({ length: 10 }, (_, at) => `right-${9 - at}`),
    );
    assert.equal(found.length, 20);
  });

  it('puts the first send of a window after all that was there, though nobody has looked at it', async () => {
    await open({ clockAhead: 60_000 }).send({ body: bodyOf('ahead') });
    const right = open();
    await right.send({ body: bodyOf('right') });
    assert.deepEqual(ordersOf(await right.entries()), ['right', 'ahead']);
  });

  for (const years of [8_000, -60, -3_000])
    it(`keeps what a window sends whose clock is ${years} years off`, async () => {
      const window = open({ limit: 20, clockAhead: years * 365 * 24 * 3_600_000 });
      await window.send({ body: bodyOf('off') });
      await open().send({ body: bodyOf('right') });
      assert.deepEqual((await open().entries()).sort(), ['off created', 'right created']);
    });

  it('has a send as in flight after its window was closed, until its answer is in', async () => {
    const window = open();
    const end = await window.journal.begin(departed({ body: bodyOf('late') }));
    await window.files.dispose();
    const other = open();
    assert.deepEqual(await other.entries(), ['late in-flight']);
    await end({ report: REPORT });
    const later = await window.journal.begin(departed({ body: bodyOf('later') }));
    assert.deepEqual(await other.entries(), ['later in-flight', 'late created']);
    await later({ report: REPORT });
    assert.deepEqual(await other.entries(), ['later created', 'late created']);
  });

  it('says once that it cannot clean up, and never that what is sent is not kept', async function () {
    const disk = smallDisk(path.join(folder, 'small'), 400);
    if (!disk) this.skip();
    try {
      const body = { note: 'x'.repeat(2_500) };
      const text = Array.from({ length: 100 }, (_, at) =>
        encodeRecord({
          kind: 'sent',
          id: randomUUID(),
          at: new Date(at).toISOString(),
          ...departed({ body: bodyOf(`old-${at}`, body) }),
        }),
      ).join('');
      await earlierFile(text, disk.folder);
      const window = open({ limit: 5 }, disk.folder);
      await window.entries();
      await window.history.settle(window.history.lost.slice(80).map(({ id }) => id));
      for (let at = 0; at < 10; at++) {
        await window.send({ body: bodyOf(`new-${at}`) });
        await window.history.refresh();
      }
      assert.deepEqual(window.failures, ['compact: the disk is full']);
      assert.ok((await window.entries()).includes('new-9 created'));
    } finally {
      await Promise.all(windows.splice(0).map(({ files }) => files.dispose()));
      disk.release();
    }
  });

  it('keeps the lines of a later release when it cleans up, and leaves the files of one alone', async () => {
    const later = Array.from({ length: 5 }, (_, at) =>
      JSON.stringify({ kind: 'webhook', id: randomUUID(), at }),
    );
    await earlierFile(`${earlierLines('old', 40)}${later.join('\n')}\n`);
    const foreign = `${JSON.stringify({ kind: 'journal', format: 3 })}\n${earlierLines('foreign', 2)}`;
    await earlierFile(foreign, folder, 'aaaaaaaa-2222-4333-8444-555555555555');
    const window = open({ limit: 20 });
    assert.equal((await window.entries()).length, 20);
    for (const line of later) assert.equal((await filesWith(folder, [line])).found.length, 1, line);
    const remains = await window.history.clear();
    const file = path.join(folder, 'aaaaaaaa-2222-4333-8444-555555555555.0.jsonl');
    assert.deepEqual([remains, await readFile(file, 'utf8')], [[file], foreign]);
  });

  it('changes nothing once a later release has made the files one', async () => {
    await mkdir(path.join(folder, '7.base'));
    const lines = path.join(folder, '7.base', 'lines.jsonl');
    await writeFile(
      lines,
      `${JSON.stringify({ kind: 'journal', format: 3, replaces: [] })}\n${'?\n'.repeat(50)}`,
    );
    const before = await readFile(lines, 'utf8');
    const window = open({ limit: 1 });
    for (const order of ['a', 'b', 'c']) await window.send({ body: bodyOf(order) });
    assert.deepEqual(await window.entries(), ['c created']);
    await window.history.clear();
    assert.deepEqual(
      [(await readdir(folder)).includes('8.base'), await readFile(lines, 'utf8')],
      [false, before],
    );
  });

  describe('with the folders of earlier releases', () => {
    it('takes them over, those of second windows included, and once', async () => {
      const storage = (name: string) => path.join(folder, 'workspaceStorage', name, 'publisher.extension');
      for (const name of ['abc', 'abc-1', 'abc-12', 'abc-x', 'abcd']) {
        await mkdir(path.join(storage(name), 'journal'), { recursive: true });
        await earlierFile(earlierLines(name, 1, 1), path.join(storage(name), 'journal'));
      }
      const journal = path.join(folder, 'journal');
      for (const from of ['abc-1', 'abc']) {
        const window = new WindowJournal(journal, undefined, () => earlierFolders(storage(from)));
        windows.push(window);
        const found = (await window.entries()).sort();
        assert.deepEqual(found, ['abc-0 lost', 'abc-1-0 lost', 'abc-12-0 lost']);
      }
      const left = ['abc', 'abc-1', 'abc-12', 'abc-x', 'abcd'].filter((name) =>
        existsSync(path.join(storage(name), 'journal')),
      );
      assert.deepEqual(left, ['abc-x', 'abcd']);
    });

    it('leaves what is on another disk where it is and says so, and takes over the others', async function () {
      const disk = smallDisk(path.join(folder, 'disk'), 64);
      if (!disk) this.skip();
      try {
        const here = path.join(folder, 'here');
        await mkdir(here);
        await earlierFile(earlierLines('there', 1, 1), disk.folder);
        await earlierFile(earlierLines('here', 1, 1), here);
        const to = path.join(folder, 'new');
        const window = new WindowJournal(to, undefined, () => Promise.resolve([disk.folder, here]));
        windows.push(window);
        assert.deepEqual(await window.entries(), ['here-0 lost']);
        await window.entries();
        const told = `take-over: ${disk.folder} cannot be moved to ${to}, since that is on another disk`;
        assert.deepEqual(window.failures, [told]);
        // Where somebody moves it, as they are told to.
        for (const name of await readdir(disk.folder))
          await cp(path.join(disk.folder, name), path.join(to, name));
        assert.deepEqual((await open({}, to).entries()).sort(), ['here-0 lost', 'there-0 lost']);
      } finally {
        disk.release();
      }
    });

    it('leaves the file of an earlier release that still runs until it has ended', async function () {
      if (process.platform !== 'linux') this.skip();
      const earlier = path.join(folder, 'earlier');
      const session = randomUUID();
      await mkdir(earlier);
      await earlierFile(earlierLines('running', 1, 1), earlier, session);
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(`\0eccaex-${session}`.padEnd(108, '.'), resolve));
      const find = async () => {
        const window = new WindowJournal(path.join(folder, 'new'), undefined, () =>
          Promise.resolve([earlier]),
        );
        windows.push(window);
        return window.entries();
      };
      assert.deepEqual(await find(), []);
      await new Promise((resolve) => server.close(resolve));
      assert.deepEqual(await find(), ['running-0 lost']);
    });
  });

  describe('and their sessions', () => {
    it('count as running in another network namespace', async function () {
      const window = open({ limit: 5 });
      const end = await window.journal.begin(departed({ body: bodyOf('here') }));
      for (let at = 0; at < 20; at++) await window.send({ body: bodyOf(`old-${at}`) });
      const there = await entriesFoundBy('unshare', folder, ['-n', process.execPath]).catch(() => undefined);
      if (!there) this.skip();
      assert.ok(there.includes('here in-flight'));
      await window.send({ body: bodyOf('after') });
      await end({ report: REPORT });
      const found = await open().entries();
      assert.deepEqual([found.includes('here created'), found.includes('after created')], [true, true]);
    });

    it('end though another process has taken the name that they had in earlier releases', async function () {
      if (process.platform !== 'linux') this.skip();
      const session = randomUUID();
      await earlierFile(earlierLines('gone', 1, 1), folder, session);
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(`\0eccaex-${session}`.padEnd(108, '.'), resolve));
      try {
        assert.deepEqual(await open().entries(), ['gone-0 lost']);
      } finally {
        server.close();
      }
    });

    const HERE = async () => {
      const read = (file: string) =>
        readFile(file, 'utf8').then(
          (text) => text.trim(),
          () => '',
        );
      const machine = `${hostname()} ${await read('/etc/machine-id')}`;
      return { machine, system: (await read('/proc/sys/kernel/random/boot_id')) || machine };
    };
    for (const [what, mark, age, expected] of [
      ['a fresh mark of another machine', { system: 'x', machine: 'y' }, 5, 'elsewhere'],
      ['an old mark of another machine', { system: 'x', machine: 'y' }, 300, 'ended'],
      ['a mark of another machine whose clock is far ahead', { system: 'x', machine: 'y' }, -3_600, 'ended'],
      ['a mark from before this machine was started', { system: 'x' }, uptime() + 5, 'ended'],
      ['a fresh mark of another machine with the name of this one', { system: 'x' }, 5, 'elsewhere'],
      ['a mark of this machine at whose address nobody listens', { address: 'none.sock' }, 5, 'ended'],
      ['a mark of this machine without an address', {}, 5, 'elsewhere'],
      ['a mark that is none', undefined, 5, 'elsewhere'],
    ] as const)
      it(`are told by ${what}: ${expected}`, async function () {
        if (process.platform !== 'linux') this.skip();
        const session = randomUUID();
        const file = path.join(folder, `${session}.mark`);
        await writeFile(file, mark ? JSON.stringify({ ...(await HERE()), ...mark }) : '{');
        const then = Date.now() / 1000 - age;
        await utimes(file, then, then);
        assert.equal(await stateOfSession(folder, session), expected);
      });

    it('have a file left alone that another machine appends to, and what is deleted there is said', async () => {
      const session = randomUUID();
      await earlierFile(earlierLines('elsewhere', 3), folder, session);
      await mkdir(path.join(folder, 'sessions'));
      await writeFile(
        path.join(folder, 'sessions', `${session}.mark`),
        JSON.stringify({ system: 'x', machine: 'y' }),
      );
      const window = open({ limit: 1 });
      assert.deepEqual(await window.entries(), ['elsewhere-2 created']);
      const file = path.join(folder, `${session}.0.jsonl`);
      const before = await readFile(file, 'utf8');
      const [entry] = window.history.entries;
      assert.deepEqual(await window.history.delete([entry?.id ?? '']), [file]);
      assert.deepEqual(
        [await window.entries(), await readFile(file, 'utf8')],
        [['elsewhere-1 created'], before],
      );
      await rm(path.join(folder, 'sessions', `${session}.mark`));
      assert.deepEqual(await open({ limit: 9 }).entries(), ['elsewhere-1 created', 'elsewhere-0 created']);
      assert.deepEqual((await filesWith(folder, ['elsewhere-2'])).found, []);
    });

    it('have a file named that another machine appends to when all is deleted, though it was before', async () => {
      const session = randomUUID();
      await earlierFile(earlierLines('elsewhere', 2), folder, session);
      await mkdir(path.join(folder, 'sessions'));
      await writeFile(
        path.join(folder, 'sessions', `${session}.mark`),
        JSON.stringify({ system: 'x', machine: 'y' }),
      );
      const file = path.join(folder, `${session}.0.jsonl`);
      const window = open();
      for (const _ of ['once', 'again']) assert.deepEqual(await window.history.clear(), [file]);
      assert.deepEqual(await window.entries(), []);
    });

    it('count as running though somebody has removed what shows that', async () => {
      const window = open();
      const end = await window.journal.begin(departed({ body: bodyOf('first') }));
      for (const ending of ['.mark', '.sock']) {
        const marks = path.join(folder, 'sessions');
        const name = (await readdir(marks)).find((one) => one.endsWith(ending));
        await rm(path.join(marks, name ?? ''));
        // Then the window begins another file.
        await window.files.seal((await window.files.list()).files);
        await window.send({ body: bodyOf('second') });
        assert.ok((await open().entries()).includes('first in-flight'), ending);
      }
      await end({ report: REPORT });
    });

    it('listen once they can, where they could not at first', async function () {
      if (process.platform !== 'linux') this.skip();
      mock.timers.enable({ apis: ['setInterval'] });
      const mark = new SessionMark(folder, 'first');
      try {
        const inTheWay = path.join(folder, 'first.sock');
        await writeFile(inTheWay, '');
        await mark.show();
        assert.equal(await stateOfSession(folder, 'first'), 'elsewhere');
        await rm(inTheWay);
        mock.timers.runAll();
        while ((await stateOfSession(folder, 'first')) !== 'here') await setImmediate();
      } finally {
        mock.timers.reset();
        await mark.hide();
      }
      assert.equal(await stateOfSession(folder, 'first'), 'ended');
    });

    it('can have a path of any length', async () => {
      const deep = path.join(folder, 'a'.repeat(120), 'journal');
      const window = open({}, deep);
      const end = await window.journal.begin(departed());
      assert.deepEqual(await open({}, deep).entries(), ['order-1 in-flight']);
      assert.ok(!execFileSync('ls', ['-l', path.join(deep, 'sessions')]).includes('tmp'));
      await end({ report: REPORT });
    });
  });
});
