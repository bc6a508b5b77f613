import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { WindowJournal } from '../support/journal';
import { startJournalProcess } from '../support/journalProcess';
import { nightly } from '../support/nightly';
import { ended } from '../support/processes';
import { request } from '../support/requests';
import { removeFolder, temporaryFolder } from '../support/temporaryFolder';

const TIMES = nightly(20, 3);

describe('a journal whose process is killed', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let folder: string;
  let after: WindowJournal;
  beforeEach(async () => {
    sandbox = await startSandbox({ slowMs: 600_000 });
    folder = await temporaryFolder('eccaex-journal');
    after = new WindowJournal(folder);
  });
  afterEach(async () => {
    await after.files.dispose();
    await sandbox.stop();
    await removeFolder(folder);
  });

  const until = async (what: () => boolean) => {
    while (!what()) await new Promise((resolve) => setImmediate(resolve));
  };

  it(`between request and answer has each send as lost, to the letter, ${TIMES} times`, async () => {
    const sent: string[] = [];
    for (let time = 0; time < TIMES; time++) {
      const text = request({ external_id: `"order-${time}"`, customer_id: '"fault_slow"' });
      sent.push(text);
      const { baseUrl } = sandbox;
      const child = await startJournalProcess({ work: 'send', folder, baseUrl, texts: [text] });
      await until(() => sandbox.received().length === time + 1);
      await after.history.refresh();
      assert.equal(after.history.entries[0]?.state, 'in-flight', 'it is not lost while its process lives');
      child.kill('SIGKILL');
      await ended(child);
      await after.history.refresh();
      assert.equal(after.history.lost.length, time + 1);
    }
    const kept = await Promise.all(after.history.lost.map((entry) => after.history.read(entry)));
    assert.deepEqual(kept.map((one) => one?.sent.body).reverse(), sent);
    assert.equal(sandbox.stats().requests, TIMES, 'nothing is sent by itself');

    const [first, second, ...others] = after.history.lost;
    assert.ok(first && second);
    await after.history.settle([first.id]);
    await after.history.delete([second.id]);
    const next = new WindowJournal(folder);
    await next.history.refresh();
    assert.deepEqual(
      next.history.lost.map(({ id }) => id),
      others.map(({ id }) => id),
      'what was dismissed or deleted is not told of again',
    );
    assert.equal(next.history.entry(first.id)?.state, 'settled');
  });
});

/** By each of two. */
const SENDS = nightly(1_000, 100);

describe('a journal that two processes write to', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await temporaryFolder('eccaex-journal');
  });
  after(() => removeFolder(folder));

  it('has all entries of both, each readable', async () => {
    const reader = new WindowJournal(folder);
    reader.limit = 10_000;
    const children = await Promise.all(
      ['a', 'b'].map((name) => startJournalProcess({ work: 'write', folder, name, count: SENDS })),
    );
    const codes = await Promise.all(children.map(ended));
    assert.deepEqual(codes, [0, 0]);
    await reader.history.refresh();
    const { entries, damaged } = reader.history;
    assert.equal(damaged, 0);
    const kept = await Promise.all(entries.map((entry) => reader.history.read(entry)));
    const ids = kept.map(
      (one) => (JSON.parse(one?.sent.body ?? '{}') as { external_id?: string }).external_id,
    );
    assert.equal(new Set(ids).size, 2 * SENDS);
    assert.ok(kept.every((one) => one?.answered?.report.outcome === 'created'));
  });
});
