import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { requestOfBody } from '../../../../src/core/document/requestOfBody';

const body = (id: string, amount = '1.00') => JSON.stringify({ external_id: id, amount });

describe('the request that a kept body came from', () => {
  const placeIn = (text: string, sent: string, index: number) =>
    requestOfBody(sent, index, parseDocument(text))?.index;
  const batch = (...requests: string[]) => `[${requests.join()}]`;

  it('is the one with its external_id, wherever that is now and whatever else was edited', () => {
    assert.equal(placeIn(batch(body('new'), body('a'), body('b', '2.00')), body('b'), 1), 2);
  });

  it('is none where the batch has it no more, though another one is at its place', () => {
    assert.equal(placeIn(batch(body('new'), body('a')), body('b'), 1), undefined);
    assert.equal(placeIn(batch(body('b'), body('x'), body('b')), body('b'), 1), undefined);
  });

  it('is the one that makes such bodies, where the external_id is another one at each send', () => {
    const made = (start: string) => body(`${start}-{{$uuid}}`);
    assert.equal(placeIn(batch(made('new'), made('a'), made('b')), body('b-123'), 1), 2);
    assert.equal(placeIn(batch(made('a'), made('a'), made('b')), body('a-123'), 1), 1);
    assert.equal(placeIn(batch(made('a'), made('a')), body('a-123'), 7), undefined);
    assert.equal(placeIn(batch(made('a')), body('a-123', '2.00'), 0), undefined);
    assert.equal(placeIn(batch('{"external_id": "ab{{x}}bc", "amount": "1.00"}'), body('abc'), 0), undefined);
  });

  it('is the only one of a text that is no batch', () => {
    assert.equal(placeIn(body('other'), body('b'), 3), 0);
    assert.equal(placeIn('nothing', body('b'), 0), undefined);
    assert.equal(placeIn(batch(body('b')), '{"external_id": "b', 0), 0);
    assert.equal(placeIn(batch(body('b')), '', 0), undefined);
  });
});
