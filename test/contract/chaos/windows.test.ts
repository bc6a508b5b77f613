import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { below, happens, oneOf, pause } from '../../support/chaos/chance';
import { ChaosServer } from '../../support/chaos/chaosServer';
import { isOfOne, ordersOnDisk, silentSessions, violations } from '../../support/chaos/verdict';
import type { Round } from '../../support/chaos/windowChild';
import { WindowProcess } from '../../support/chaos/windowProcess';
import { WindowJournal } from '../../support/journal';
import { nightly } from '../../support/nightly';
import { removeFolder, temporaryFolder } from '../../support/temporaryFolder';

const HOUR = 3_600_000;
const LIMIT = 20;

/** A journal lives for so many rounds; then another begins. */
const ROUNDS_OF_A_LIFE = 10;

describe('a journal of windows that send, delete and clean up at once', function () {
  const server = new ChaosServer();
  before(() => server.start());
  after(() => server.stop());

  for (const [count, rounds] of [
    [2, nightly(1_500, 4)],
    [5, nightly(1_500, 2)],
  ] as const)
    it(`of which there are ${count}, some of them killed or stopped, with clocks that jump and disks that fail, keeps its word for ${rounds} rounds`, async function () {
      this.timeout(rounds * 10_000);
      for (let round = 0; round < rounds; round += ROUNDS_OF_A_LIFE)
        await life(server, count, round, Math.min(rounds, round + ROUNDS_OF_A_LIFE));
    });
});

async function life(server: ChaosServer, count: number, from: number, to: number): Promise<void> {
  server.forget();
  const base = await temporaryFolder('eccaex-chaos');
  const folder = path.join(base, 'journal');
  const all: WindowProcess[] = [];
  let opened = 0;
  const open = async () => {
    const name = `w${opened++}`;
    const { baseUrl } = server;
    const log = path.join(base, `${name}.log`);
    const window = await WindowProcess.start({ folder, baseUrl, name, log, limit: LIMIT });
    all.push(window);
    return window;
  };
  const shown = new WindowJournal(folder);
  shown.limit = LIMIT;
  try {
    const windows = await Promise.all(Array.from({ length: count }, open));
    for (let round = from; round < to; round++) {
      server.round = round;
      const playing = windows.map((window) => {
        const end = window.play(anyRound(round));
        return Promise.all([end, disturb(window)]);
      });
      await Promise.all(playing);
      await shown.history.refresh();
      const { entries } = shown.history;
      const found = await violations(all, server.received, entries, LIMIT, await silentSessions(folder));
      assert.deepEqual(found, [], `round ${round}; ${found.length > 0 ? await whatIsThere(folder) : ''}`);
      for (const [place, window] of windows.entries()) if (window.isOver) windows[place] = await open();
    }
    await Promise.all(all.map((window) => window.kill()));
    // Whatever state they have left it in. One that could not listen counts as another machine's for a while, and what
    // it was sending as under way.
    const silent = await silentSessions(folder);
    const remains = await shown.history.clear();
    const { entries } = shown.history;
    assert.ok(entries.every((entry) => entry.state === 'in-flight' && isOfOne(silent, entry)));
    const sending = new Set(entries.map(({ request }) => request.externalId));
    assert.deepEqual(
      [...(await ordersOnDisk(folder, remains))].filter((order) => !sending.has(order)),
      [],
    );
    assert.ok(remains.every((file) => !file.includes('sealed') && !file.includes('.base')));
  } finally {
    await Promise.all(all.map((window) => window.kill()));
    await shown.files.dispose();
    await removeFolder(base);
  }
}

/** For whoever has to find out why: what a window sees that has seen nothing before, and what the files hold. */
async function whatIsThere(folder: string): Promise<string> {
  const window = Object.assign(new WindowJournal(folder), { limit: 1_000_000 });
  const entries = await window.entries();
  await window.files.dispose();
  const onDisk = [...(await ordersOnDisk(folder))];
  const silent = [...(await silentSessions(folder))];
  return JSON.stringify({ names: await readdir(folder), silent, entries, onDisk });
}

function anyRound(round: number): Round {
  return {
    round,
    sends: below(8),
    inFlight: 1 + below(4),
    deletes: below(3),
    clockAhead: oneOf([0, 0, 0, 3 * HOUR, -3 * HOUR, 30 * HOUR, -30 * HOUR, 240 * HOUR]),
    fault: oneOf(['none', 'none', 'none', 'full', 'failing', 'crowded']),
  };
}

async function disturb(window: WindowProcess): Promise<void> {
  await pause(below(60));
  if (happens(15)) {
    window.stop();
    await pause(below(150));
    window.goOn();
  }
  if (happens(10)) await window.kill();
}
