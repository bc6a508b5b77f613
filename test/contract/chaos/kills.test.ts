import assert from 'node:assert/strict';
import path from 'node:path';
import { below, oneOf, pause } from '../../support/chaos/chance';
import { ChaosServer } from '../../support/chaos/chaosServer';
import { violations } from '../../support/chaos/verdict';
import { WindowProcess } from '../../support/chaos/windowProcess';
import { WindowJournal } from '../../support/journal';
import { nightly } from '../../support/nightly';
import { removeFolder, temporaryFolder } from '../../support/temporaryFolder';

const KILLS = nightly(1_000, 3);

/** As many windows after each other share a journal. */
const WINDOWS = 10;

/** What no journal here reaches: each send is looked for. */
const ALL = 1_000_000;

describe('a journal whose window is killed at any moment of a batch', function () {
  this.timeout(KILLS * 20_000);
  const server = new ChaosServer();
  before(() => server.start());
  after(() => server.stop());

  it(`has all that the server got, and each with its end, ${KILLS} times`, async () => {
    let sent = 0;
    for (let time = 0; time < KILLS; time += WINDOWS)
      sent += await succession(Math.min(WINDOWS, KILLS - time));
    assert.ok(sent >= KILLS);
  });

  async function succession(count: number): Promise<number> {
    server.forget();
    const base = await temporaryFolder('eccaex-chaos');
    const folder = path.join(base, 'journal');
    const all: WindowProcess[] = [];
    const shown = new WindowJournal(folder);
    shown.limit = ALL;
    try {
      for (let time = 0; time < count; time++) {
        const [name, log] = [`w${time}`, path.join(base, `w${time}.log`)];
        const { baseUrl } = server;
        const window = await WindowProcess.start({ folder, baseUrl, name, log, limit: ALL });
        all.push(window);
        const first = new Promise<void>((resolve) => (server.onReceived = () => resolve()));
        const inFlight = oneOf([1, 4, 20]);
        void window.play({ round: time, sends: 400, inFlight, deletes: 0, clockAhead: 0, fault: 'none' });
        await first;
        await pause(below(300));
        await window.kill();
        await shown.history.refresh();
        assert.deepEqual(await violations(all, server.received, shown.history.entries, ALL), []);
        const lost = shown.history.lost.filter(({ request }) => request.externalId?.startsWith(`${name}-`));
        assert.ok(lost.length <= inFlight, `${lost.length} are lost, of which ${inFlight} were under way`);
      }
      return server.rounds.size;
    } finally {
      await Promise.all(all.map((window) => window.kill()));
      await shown.files.dispose();
      await removeFolder(base);
    }
  }
});
