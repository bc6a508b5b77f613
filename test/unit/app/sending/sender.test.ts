import assert from 'node:assert/strict';
import type { Outcomes } from '../../../../src/app/outcomes/outcomes';
import type { SendItem } from '../../../../src/app/requests/drafts';
import type { Sender } from '../../../../src/app/sending/sender';
import { emptyOutcomes, senderOf } from '../../../support/senderOf';
import type { Environment } from '../../../../src/core/environments/environment';
import { created, Held, refused, settled, World } from '../../../support/ports';
import { batch, request } from '../../../support/requests';
import { A, B, outcomeOf } from '../../../support/sendingWorld';

describe('a sender', () => {
  let world: World;
  let store: Outcomes;
  let sender: Sender;
  let held: Held;
  beforeEach(() => {
    world = new World();
    store = emptyOutcomes();
    sender = senderOf(world, store);
    held = new Held();
    world.respond = held.respond;
    world.texts.set(A, request());
    world.texts.set(B, batch({}, {}, {}));
  });

  const send = async (items: SendItem | readonly SendItem[], environment: Environment = 'dev') => {
    const { reports } = await sender.send([items].flat(), environment, {
      signal: new AbortController().signal,
    });
    return reports.map(({ report }) => `${report.file.slice('/shop'.length)} ${outcomeOf(report)}`);
  };
  const stored = (uri: string) => store.latest(uri).map(({ report }) => outcomeOf(report));

  it('puts what came of a send into the store', async () => {
    const sent = send([{ uri: A }, { uri: B }]);
    await settled();
    assert.deepEqual(stored(A), []);
    while (held.count > 0) {
      held.give();
      await settled();
    }
    await sent;
    assert.deepEqual([stored(A), stored(B)], [['0 created'], ['0 created', '1 created', '2 created']]);
  });

  it('keeps the reports of other requests of a batch when one is sent', async () => {
    world.respond = () => created();
    await send({ uri: B });
    world.respond = () => refused(422, 'V');
    await send({ uri: B, index: 1 });
    assert.deepEqual(stored(B).sort(), ['0 created', '1 rejected V', '2 created']);
  });

  it('tells the store of each file once', async () => {
    world.respond = () => created();
    const told: string[] = [];
    store.onDidChange((change) => {
      if (change.kind === 'reported') told.push(change.uri);
    });
    await send([{ uri: B }, { uri: A }]);
    assert.deepEqual(told, [B, A]);
  });

  it('does not send a second time what is under way, and gives both the same report', async () => {
    const first = send({ uri: A });
    await settled();
    const second = send({ uri: A });
    const third = send({ uri: A, index: 0 });
    await settled();
    assert.equal(world.requests.length, 1);
    held.give();
    const all = await Promise.all([first, second, third]);
    assert.deepEqual(all, Array(3).fill(['/a.json 0 created']));
    assert.equal(world.requests.length, 1);
  });

  it('joins before the first one has read its file', async () => {
    const both = Promise.all([send({ uri: A }), send({ uri: A })]);
    await settled();
    assert.equal(world.requests.length, 1);
    held.give();
    await both;
  });

  it('sends anew what has ended', async () => {
    const first = send({ uri: A });
    await settled();
    held.give();
    await first;
    const second = send({ uri: A });
    await settled();
    assert.equal(world.requests.length, 2);
    held.give(refused(422, 'V'));
    assert.deepEqual(await second, ['/a.json 0 rejected V']);
    assert.deepEqual(stored(A), ['0 rejected V']);
  });

  it('sends other requests of a batch beside one that is under way', async () => {
    const first = send({ uri: B, index: 0 });
    await settled();
    const second = send({ uri: B, index: 2 });
    await settled();
    assert.equal(world.requests.length, 2);
    held.give();
    held.give(refused(422, 'V'));
    assert.deepEqual(await Promise.all([first, second]), [['/b.json 0 created'], ['/b.json 2 rejected V']]);
  });

  it('gives one element of a batch its report out of those of the whole', async () => {
    world.concurrent = 3;
    const whole = send({ uri: B });
    const one = send({ uri: B, index: 1 });
    await settled();
    held.giveAll();
    assert.deepEqual(await one, ['/b.json 1 created']);
    assert.equal((await whole).length, 3);
    assert.equal(world.requests.length, 3);
  });

  it('sends the rest of a batch of which one element is under way, and gives the reports of all in order', async () => {
    world.concurrent = 3;
    const one = send({ uri: B, index: 1 });
    await settled();
    const whole = send({ uri: B });
    const again = send({ uri: B });
    await settled();
    assert.equal(world.requests.length, 3);
    held.give(refused(422, 'V'));
    held.giveAll();
    const all = ['/b.json 0 created', '/b.json 1 rejected V', '/b.json 2 created'];
    assert.deepEqual(await Promise.all([one, whole, again]), [[all[1]], all, all]);
    assert.equal(world.requests.length, 3);
    assert.deepEqual(stored(B), ['0 created', '1 rejected V', '2 created']);
  });

  it('gives reports in the order in which files are asked for', async () => {
    const second = send({ uri: B, index: 2 });
    await settled();
    const all = send([{ uri: B, index: 2 }, { uri: A }]);
    await settled();
    held.giveAll();
    assert.deepEqual(await all, ['/b.json 2 created', '/a.json 0 created']);
    await second;
  });

  it('says which element there is not', async () => {
    const { signal } = new AbortController();
    const { reports, absent } = await sender.send([{ uri: B, index: 3 }], 'dev', { signal });
    assert.deepEqual([reports, absent], [[], [{ uri: B, index: 3, count: 3 }]]);
  });

  it('sends to another environment what is under way to one', async () => {
    const dev = send({ uri: A }, 'dev');
    const staging = send({ uri: A }, 'staging');
    await settled();
    assert.equal(world.requests.length, 2);
    held.give();
    held.give(refused(422, 'V'));
    assert.deepEqual(await Promise.all([dev, staging]), [['/a.json 0 created'], ['/a.json 0 rejected V']]);
  });

  it('joins what is under way, and sends the rest', async () => {
    const first = send({ uri: A });
    await settled();
    const second = send([{ uri: A }, { uri: B, index: 0 }]);
    await settled();
    assert.equal(world.requests.length, 2);
    held.giveAll();
    assert.deepEqual(await second, ['/a.json 0 created', '/b.json 0 created']);
    await first;
  });

  const twice: Readonly<Record<string, readonly SendItem[]>> = {
    'a file that is asked for twice': [{ uri: B }, { uri: B }],
    'an element and the file that it is in': [{ uri: B, index: 1 }, { uri: B }],
    'a file and an element of it': [{ uri: B }, { uri: B, index: 1 }],
  };
  for (const [name, items] of Object.entries(twice)) {
    it(`sends once ${name}`, async () => {
      world.respond = () => created();
      assert.equal((await send(items)).length, 3);
      assert.equal(world.requests.length, 3);
      assert.equal(stored(B).length, 3);
    });
  }

  it('sends once an element that is asked for twice', async () => {
    world.respond = () => created();
    assert.deepEqual(
      await send([
        { uri: B, index: 1 },
        { uri: B, index: 1 },
      ]),
      ['/b.json 1 created'],
    );
    assert.equal(world.requests.length, 1);
  });

  it('knows what it is sending', async () => {
    const first = send({ uri: B, index: 1 });
    await settled();
    assert.ok(sender.isSending([{ uri: B, index: 1 }], 'dev'));
    assert.ok(!sender.isSending([{ uri: B, index: 2 }], 'dev'));
    assert.ok(!sender.isSending([{ uri: B, index: 1 }], 'prod'));
    assert.ok(!sender.isSending([{ uri: B, index: 1 }, { uri: A }], 'dev'));
    held.give();
    await first;
    await settled();
    assert.ok(!sender.isSending([{ uri: B, index: 1 }], 'dev'));
  });

  it('reports files that cannot be read, to whoever asked for them', async () => {
    const signal = new AbortController().signal;
    const result = await sender.send([{ uri: 'file:///none.json' }], 'dev', { signal });
    assert.deepEqual(result, {
      reports: [],
      unreadable: [{ uri: 'file:///none.json', detail: 'no such file' }],
      absent: [],
    });
  });

  it('is free again after a bug', async () => {
    world.respond = () => {
      throw new Error('a bug');
    };
    await assert.rejects(send({ uri: A }), /a bug/);
    world.respond = () => created();
    assert.deepEqual(await send({ uri: A }), ['/a.json 0 created']);
  });
});
