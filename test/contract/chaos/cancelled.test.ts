import assert from 'node:assert/strict';
import { below, pause } from '../../support/chaos/chance';
import { ChaosServer } from '../../support/chaos/chaosServer';
import { WindowJournal } from '../../support/journal';
import { nightly } from '../../support/nightly';
import { request } from '../../support/requests';
import { Sending } from '../../support/sending';
import { removeFolder, temporaryFolder } from '../../support/temporaryFolder';

const BATCHES = nightly(200, 4);

describe('a batch that is stopped at any moment', function () {
  this.timeout(BATCHES * 10_000);
  const server = new ChaosServer();
  before(() => server.start(25));
  after(() => server.stop());

  it(`leaves in the journal what the server got, and nothing else, ${BATCHES} times`, async () => {
    for (let time = 0; time < BATCHES; time++) {
      server.forget();
      const folder = await temporaryFolder('eccaex-chaos');
      const window = new WindowJournal(folder);
      const sending = Object.assign(new Sending(server.baseUrl), { concurrency: 1 + below(20) });
      sending.journal = window.journal;
      try {
        const orders = Array.from({ length: 40 }, (_, at) => `b${time}-${at}.`);
        const stop = new AbortController();
        const batch = `[${orders.map((order) => request({ external_id: `"${order}"` })).join(',')}]`;
        const sent = sending.send(batch, 'dev', { signal: stop.signal });
        await pause(below(130));
        stop.abort();
        const reports = await sent;
        // What was stopped before it left is taken back behind its report.
        await window.files.dispose();
        const states = await new WindowJournal(folder).entries();
        const expected = orders.flatMap((order, at) => {
          const outcome = reports[at]?.outcome ?? 'missing';
          return outcome === 'cancelled' ? [] : [`${order} ${outcome}`];
        });
        assert.deepEqual(states.sort(), expected.sort());
        for (const [at, order] of orders.entries())
          if (server.rounds.has(order))
            assert.match(reports[at]?.outcome ?? '', /^(created|unanswered)$/, order);
          else assert.notEqual(reports[at]?.outcome, 'created', order);
        assert.equal(server.repeated.size, 0);
      } finally {
        sending.dispose();
        await window.files.dispose();
        await removeFolder(folder);
      }
    }
  });
});
