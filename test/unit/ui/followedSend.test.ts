import assert from 'node:assert/strict';
import { Outcomes } from '../../../src/app/outcomes/outcomes';
import { FollowedSend } from '../../../src/ui/response/followedSend';
import { bodyOf, departed, REPORT, WindowJournal } from '../../support/journal';
import { removeFolder, temporaryFolder } from '../../support/temporaryFolder';

const { uri } = departed();

describe('the send that the view of an answer is about', () => {
  let folder: string;
  let here: WindowJournal;
  let other: WindowJournal;
  let outcomes: Outcomes;
  let followed: FollowedSend;
  /** Resolves with the next change. */
  let change: () => Promise<void>;

  beforeEach(async () => {
    folder = await temporaryFolder('eccaex-followed');
    [here, other] = [new WindowJournal(folder), new WindowJournal(folder)];
    let told: () => void = () => undefined;
    change = () => new Promise((resolve) => (told = resolve));
    const log = { error: (text: unknown) => assert.fail(String(text)) };
    const clock = { now: () => new Date() };
    outcomes = new Outcomes(clock, here.history);
    const services = { outcomes, history: here.history, clock, log };
    followed = new FollowedSend(services as never, () => told());
  });

  afterEach(async () => {
    followed.dispose();
    await Promise.all([here.files.dispose(), other.files.dispose()]);
    await removeFolder(folder);
  });

  const state = () => {
    const { sent, past } = followed.now;
    return [past?.entry.state, past?.entry.request.externalId, sent?.report.outcome];
  };
  const entry = async (id: string) => {
    await here.history.refresh();
    const found = here.history.entries.find(({ request }) => request.externalId === id);
    assert.ok(found, id);
    return found;
  };
  const after = async (...steps: (() => Promise<unknown>)[]) => {
    for (const step of steps) {
      const changed = change();
      await step();
      await here.history.refresh();
      await changed;
    }
  };

  it('is in flight while another window sends it, then answered, then gone once that is deleted', async () => {
    followed.look(uri, 0);
    await here.history.refresh();
    assert.deepEqual(state(), [undefined, undefined, undefined]);
    let end: Awaited<ReturnType<typeof other.journal.begin>> = () => assert.fail();
    await after(async () => (end = await other.journal.begin(departed())));
    assert.deepEqual(state(), ['in-flight', 'order-1', undefined]);
    await after(() => end({ report: REPORT }));
    assert.deepEqual(state(), ['answered', 'order-1', 'created']);
    const { id } = await entry('order-1');
    await after(() => here.history.delete([id]));
    assert.deepEqual(state(), [undefined, undefined, undefined]);
  });

  it('is over when its own answer is in, though others of its batch are on their way', () => {
    followed.look(uri, 0);
    const flight = outcomes.begin({ items: [{ uri }], count: 2, environment: 'dev' }, new AbortController());
    flight.settle({ uri, report: { ...REPORT, index: 1, outcome: 'rejected' }, anchored: [] });
    assert.deepEqual(state(), [undefined, undefined, undefined]);
    flight.settle({ uri, report: REPORT, anchored: [] });
    assert.deepEqual(state(), [undefined, undefined, 'created']);
  });

  it('does not become an older one where the one that was shown is deleted', async () => {
    await other.send({ body: bodyOf('old') });
    await other.send({ body: bodyOf('new') });
    assert.ok(await followed.lookAt(await entry('new')));
    const { id } = await entry('new');
    await after(() => here.history.delete([id]));
    await here.history.refresh();
    assert.deepEqual(state(), [undefined, undefined, undefined]);
  });

  it('is the one of the history that is named, and without a name the newest', async () => {
    await other.send({ body: bodyOf('old') }, { outcome: 'rejected' });
    await other.send({ body: bodyOf('new') });
    const { id } = await entry('old');
    const look = async (...given: Parameters<FollowedSend['look']>) => {
      followed.look(...given);
      await change();
      return state();
    };
    assert.deepEqual(await look(uri, 0, id), ['answered', 'old', 'rejected']);
    assert.deepEqual(await look(uri, 0), ['answered', 'new', 'created']);
  });
});
