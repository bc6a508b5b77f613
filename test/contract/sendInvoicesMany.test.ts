import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { batch } from '../support/requests';
import { Sending } from '../support/sending';

const COUNT = 2_000;

describe('a send of 2,000', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let sending: Sending;
  beforeEach(async () => {
    sandbox = await startSandbox();
    sending = new Sending(sandbox.baseUrl);
    sending.concurrency = 8;
  });
  afterEach(async () => {
    sending.dispose();
    await sandbox.stop();
  });

  const many = (bad: number) =>
    batch(...Array.from({ length: COUNT }, (_, place) => (place === bad ? { amount: '"-1"' } : {})));

  it('creates what it says, each once, and leaves out the bad one in the middle', async () => {
    const reports = await sending.send(many(COUNT / 2));
    const created = reports.filter(({ outcome }) => outcome === 'created');
    assert.equal(reports.length, COUNT);
    assert.equal(reports[COUNT / 2]?.outcome, 'invalid');
    assert.deepEqual(
      created.map(({ invoice }) => String(invoice?.['external_id'])).sort(),
      [...sandbox.createdExternalIds()].sort(),
    );
    assert.equal(sandbox.stats().created, COUNT - 1);
  });

  it('that is stopped ends at once, and has created no more than it says it may have', async () => {
    const stop = new AbortController();
    let done = 0;
    const reports = await sending.send(many(-1), 'dev', {
      signal: stop.signal,
      onReport: () => {
        if (++done === 100) stop.abort();
      },
    });
    const count = (outcome: string) => reports.filter((report) => report.outcome === outcome).length;
    assert.ok(count('cancelled') >= COUNT - 100 - 8, String(count('cancelled')));
    assert.ok(count('created') >= 100);
    assert.ok(sandbox.stats().created >= count('created'));
    assert.ok(sandbox.stats().created <= count('created') + count('unanswered'));
  });
});
