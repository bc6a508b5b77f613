import assert from 'node:assert/strict';
import promises, { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { below, oneOf, pause } from '../../support/chaos/chance';
import { ChaosServer } from '../../support/chaos/chaosServer';
import { Platter } from '../../support/chaos/platter';
import { bodyOf, WindowJournal } from '../../support/journal';
import { nightly } from '../../support/nightly';
import { request } from '../../support/requests';
import { Sending } from '../../support/sending';
import { removeFolder, temporaryFolder } from '../../support/temporaryFolder';

const SENDS = nightly(1_000, 20);

/** A journal of its own for so many. */
const EACH = 100;

describe('a journal whose machine loses its power', function () {
  this.timeout(SENDS * 1_000);
  const server = new ChaosServer();
  before(() => server.start());
  after(() => server.stop());

  for (const [inFlight, limit] of [
    [1, 1_000],
    [8, 1_000],
    [8, 10],
  ] as const)
    it(`at any moment has each send that the server got, and none that was deleted: ${inFlight} in flight, ${limit} kept, ${SENDS} times`, async () => {
      for (let from = 0; from < SENDS; from += EACH)
        await life(server, inFlight, limit, Math.min(EACH, SENDS - from));
    });

  it('right after files were made one has nothing of what had been deleted before', async () => {
    const base = await temporaryFolder('eccaex-chaos');
    const [root, store, lost] = await foldersIn(base);
    const { rename } = promises;
    const platter = await Platter.watch(root, store);
    const before = new WindowJournal(path.join(root, 'journal'));
    for (let at = 0; at < 20; at++) await before.send({ body: bodyOf(`order-${at}`) });
    await before.files.dispose();
    const [written] = (await readdir(path.join(root, 'journal'))).filter((name) => name.endsWith('.jsonl'));
    // Of the files that were removed, that one is back.
    const isThere = (name: string) =>
      !name.endsWith('.jsonl') || name.split('.')[0] === written?.split('.')[0];
    const window = new WindowJournal(path.join(root, 'journal'));
    try {
      await window.entries();
      const [gone] = window.history.entries;
      assert.deepEqual(await window.history.delete([gone?.id ?? '']), []);
      await window.entries();
      let losses = 0;
      promises.rename = async (from, to) => {
        await rename(from, to);
        if (String(to).endsWith('.base')) platter.lose(path.join(lost, `${losses++}`), isThere);
      };
      // Nothing is appended, which would bring names to the disk as well.
      window.limit = 1;
      await window.entries();
      assert.equal(losses, 1);
      const found = await new WindowJournal(path.join(lost, '0', 'journal')).entries();
      assert.ok(found.length > 0 && !found.some((entry) => entry.startsWith('order-19 ')));
    } finally {
      promises.rename = rename;
      await window.files.dispose();
      platter.release();
      await removeFolder(base);
    }
  });
});

/** What is written, what still has a name where that was removed, and what is left. */
async function foldersIn(base: string): Promise<[root: string, store: string, lost: string]> {
  const folders = ['root', 'store', 'lost'].map((name) => path.join(base, name));
  for (const folder of folders) await mkdir(folder);
  return folders as [string, string, string];
}

async function life(server: ChaosServer, inFlight: number, limit: number, sends: number): Promise<void> {
  server.forget();
  const base = await temporaryFolder('eccaex-chaos');
  const [root, store, lost] = await foldersIn(base);
  const platter = await Platter.watch(root, store);
  const journal = path.join(root, 'workspaces', 'journal');
  const windows = [0, 1].map(() => Object.assign(new WindowJournal(journal), { limit }));
  const checks: Promise<void>[] = [];
  const deleted = new Set<string>();
  let over = 0;
  let losses = 0;
  /** `order`: a send that must be there. */
  const losePower = (order?: string) => {
    const folder = path.join(lost, `${losses++}`);
    const gone = new Set(deleted);
    platter.lose(folder);
    checks.push(
      (async () => {
        const after = new WindowJournal(path.join(folder, 'workspaces', 'journal'));
        await after.history.refresh();
        const orders = new Set(after.history.entries.map(({ request: { externalId } }) => externalId));
        assert.ok(order === undefined || orders.has(order), `${order} is not there`);
        assert.deepEqual(
          [...gone].filter((one) => orders.has(one)),
          [],
          'they are back',
        );
        await after.files.dispose();
        await removeFolder(folder);
      })(),
    );
  };
  server.onReceived = losePower;
  const send = async ({ journal: own }: WindowJournal, name: string) => {
    const sending = Object.assign(new Sending(server.baseUrl), { concurrency: inFlight, journal: own });
    const texts = Array.from({ length: sends / 2 }, (_, at) => request({ external_id: `"${name}-${at}."` }));
    await sending.send(texts);
    sending.dispose();
    over++;
  };
  const deleteSome = async ({ history }: WindowJournal) => {
    while (over < windows.length || deleted.size === 0) {
      await history.refresh();
      const [first, ...others] = history.entries.filter(({ state }) => state === 'answered');
      if (first) {
        const {
          id,
          request: { externalId = '' },
        } = oneOf([first, ...others]);
        if ((await history.delete([id])).length === 0) deleted.add(externalId);
        losePower();
      }
      await pause(below(40));
    }
  };
  try {
    const [one, other] = windows as [WindowJournal, WindowJournal];
    await Promise.all([send(one, 'a'), send(other, 'b'), deleteSome(one), deleteSome(other)]);
    await Promise.all(checks);
    assert.ok(losses > sends);
  } finally {
    server.onReceived = () => undefined;
    await Promise.allSettled(checks);
    await Promise.all(windows.map(({ files }) => files.dispose()));
    platter.release();
    await removeFolder(base);
  }
}
