import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Draft } from '../../../../src/app/requests/drafts';
import { waitingOf, withBody } from '../../../../src/app/requests/waitingDraft';
import { parseDocument, type RequestDocument } from '../../../../src/core/document/document';
import { collectGarbage } from '../../../support/collectGarbage';
import { batch } from '../../../support/requests';

function draftsOf(document: RequestDocument): Draft[] {
  return document.requests.map((request) => ({
    uri: 'file:///batch.json',
    index: request.index,
    document,
    request,
    problems: [],
    leaks: [],
    isWholeText: false,
  }));
}

const TEXT = batch({ external_id: '"a"' }, { external_id: '"b"' });

const none = () => assert.fail('All of them can be sent.');

/** The drafts of a text, and whether what was read of it is still in memory. */
function waiting() {
  const document = parseDocument(TEXT);
  const reference = new WeakRef(document);
  return {
    drafts: waitingOf(draftsOf(document), none),
    isRead: () => reference.deref() !== undefined,
  };
}

describe('a draft that waits', () => {
  it('does not keep what was read of its text', async () => {
    const { drafts, isRead } = waiting();
    assert.equal(isRead(), true);
    await setImmediate();
    collectGarbage();
    assert.equal(isRead(), false);
    assert.equal(drafts.length, 2);
  });

  it('has its request where it was, in its text read anew', async () => {
    const { drafts } = waiting();
    await setImmediate();
    collectGarbage();
    for (const [place, draft] of drafts.entries()) {
      const { document, request } = draft;
      assert.equal(document.text, TEXT);
      assert.equal(request, document.requests[place]);
      assert.deepEqual([draft.index, draft.place, draft.pointer], [place, place, `/${place}`]);
    }
  });

  it('has its text read once for all the drafts of it', () => {
    const { drafts } = waiting();
    assert.equal(drafts[0]?.document, drafts[1]?.document);
  });

  it('knows what tells it from the others', () => {
    const { drafts } = waiting();
    assert.deepEqual(
      drafts.map(({ anchor }) => [anchor.index, anchor.identity]),
      [
        [0, '"a" '],
        [1, '"b" '],
      ],
    );
  });

  it('is ready with the body that is sent for it', () => {
    const [draft] = waiting().drafts;
    assert.ok(draft);
    assert.equal(withBody(draft, '{}').body, '{}');
  });

  it('is none with errors: those are handed on with their places', () => {
    const document = parseDocument('[1, {}]');
    const [one] = draftsOf(document);
    assert.ok(one);
    const left: number[] = [];
    const wrong = { ...one, request: undefined };
    assert.deepEqual(
      waitingOf([wrong, one], (_, place) => left.push(place)).map(({ place }) => place),
      [1],
    );
    assert.deepEqual(left, [0]);
  });
});
