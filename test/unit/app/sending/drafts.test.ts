import assert from 'node:assert/strict';
import { isSendable, readDrafts, type SendItem } from '../../../../src/app/requests/drafts';
import { CONTEXT } from '../../../support/documentProblems';
import { World } from '../../../support/ports';
import { batch, request } from '../../../support/requests';

const A = 'file:///a.json';
const B = 'file:///b.json';

describe('the drafts of files', () => {
  let world: World;
  beforeEach(() => (world = new World()));

  const read = async (...items: SendItem[]) => readDrafts(items, world.files, CONTEXT);
  /** `0 + code code`: the place in the batch, whether it can be sent, and what is wrong. */
  const drafts = async (...items: SendItem[]) =>
    (await read(...items)).drafts.map((draft) =>
      [draft.index, isSendable(draft) ? '+' : '-', ...draft.problems.map(({ kind }) => kind)].join(' '),
    );

  it('are one for a single request', async () => {
    world.texts.set(A, request());
    assert.deepEqual(await drafts({ uri: A }), ['0 +']);
    assert.deepEqual(await drafts({ uri: A, index: 0 }), ['0 +']);
  });

  it('are none for an element that there is not, which is said', async () => {
    world.texts.set(A, request());
    world.texts.set(B, batch({}, {}));
    const { drafts: found, absent } = await read(
      { uri: A, index: 2 },
      { uri: B, index: 1 },
      { uri: B, index: 2 },
    );
    assert.deepEqual(
      found.map(({ uri, index }) => [uri, index]),
      [[B, 1]],
    );
    assert.deepEqual(absent, [
      { uri: A, index: 2, count: 1 },
      { uri: B, index: 2, count: 2 },
    ]);
  });

  it('are those of a batch but for some', async () => {
    world.texts.set(A, batch({}, {}, {}));
    assert.deepEqual(await drafts({ uri: A, except: new Set([1]) }), ['0 +', '2 +']);
  });

  it('are one for a text that is wrong as a whole, however many of its requests are asked for', async () => {
    world.texts.set(A, `${batch({}, {}, {})} // why`);
    assert.deepEqual(await drafts({ uri: A, index: 1 }, { uri: A, index: 2 }), ['1 - json-comment']);
  });

  it('are one for each element of a batch, each with its own problems', async () => {
    world.texts.set(A, `[null, ${batch({}, { amount: '1' }, { amount: '"0"' }).slice(1)}`);
    assert.deepEqual(await drafts({ uri: A }), ['0 - root-type', '1 +', '2 - field-type', '3 + amount-zero']);
    assert.deepEqual(await drafts({ uri: A, index: 3 }), ['3 + amount-zero']);
    assert.deepEqual(await drafts({ uri: A, index: 0 }), ['0 - root-type']);
    assert.deepEqual(await drafts({ uri: A, index: 4 }), []);
  });

  it('can be more than ten', async () => {
    world.texts.set(
      A,
      batch(...Array.from({ length: 12 }, (_, place) => (place === 11 ? { amount: '1' } : {}))),
    );
    const all = await drafts({ uri: A });
    assert.equal(all.length, 12);
    assert.deepEqual([all[1], all[10], all[11]], ['1 +', '10 +', '11 - field-type']);
  });

  it('are one that cannot be sent, for a text that is wrong as a whole', async () => {
    world.texts.set(A, `${batch({}, {})} // why`);
    assert.deepEqual(await drafts({ uri: A }), ['0 - json-comment']);
    assert.deepEqual(await drafts({ uri: A, index: 1 }), ['1 - json-comment']);
    for (const [text, code] of Object.entries({
      '': 'json-syntax',
      '[]': 'root-type',
      '5': 'root-type',
      '[{}': 'json-syntax',
    })) {
      world.texts.set(A, text);
      assert.deepEqual(await drafts({ uri: A }), [`0 - ${code}`], text);
    }
  });

  it('are one for a file that is not UTF-8, and none for one that cannot be read', async () => {
    world.texts.set(A, { ok: false, fault: 'not-utf-8' });
    world.texts.set(B, { ok: false, fault: 'unreadable', detail: 'EACCES' });
    const { drafts: found, unreadable } = await read({ uri: A }, { uri: B });
    assert.deepEqual(
      found.map(({ problems }) => problems.map((one) => one.arguments)),
      [[{ reason: 'not-utf-8' }]],
    );
    assert.deepEqual(unreadable, [{ uri: B, detail: 'EACCES' }]);
  });

  it('stand in the order of the files, each of which is read once', async () => {
    world.texts.set(A, batch({}, {}));
    world.texts.set(B, request());
    const { drafts: found } = await read({ uri: B }, { uri: A });
    assert.deepEqual(
      found.map(({ uri, index }) => `${uri} ${index}`),
      [`${B} 0`, `${A} 0`, `${A} 1`],
    );
    assert.deepEqual(world.events, [`read ${B}`, `read ${A}`]);
    assert.equal(found[1]?.document, found[2]?.document);
    world.events.length = 0;
    await read({ uri: A, index: 1 }, { uri: A, index: 0 });
    assert.deepEqual(world.events, [`read ${A}`]);
  });

  describe('of a body that was sent before', () => {
    const body = request({ customer_id: '"as sent"' });

    it('are shown in the text of now, and not checked again', async () => {
      world.texts.set(A, batch({}, { amount: '1' }));
      const [draft, ...more] = (await read({ uri: A, index: 1, body })).drafts;
      assert.ok(draft && isSendable(draft));
      assert.deepEqual(more, []);
      assert.deepEqual([draft.body, draft.request.pointer, draft.problems], [body, '/1', []]);
    });

    it('are shown in the body where the text has no such request', async () => {
      for (const text of [request(), '', undefined]) {
        if (text === undefined) world.texts.delete(A);
        else world.texts.set(A, text);
        const {
          drafts: [draft],
          unreadable,
        } = await read({ uri: A, index: 3, body });
        assert.ok(draft && isSendable(draft));
        assert.deepEqual([draft.index, draft.document.text, unreadable], [3, body, []]);
      }
    });
  });
});
