import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { resolve } from '../../../../src/core/document/placeholders';
import { anchorRequest } from '../../../../src/core/document/requestAnchor';
import { sentValuesIn } from '../../../../src/core/document/sentValues';
import { batch, request, sent } from '../../../support/requests';

/** Gives another value each time. */
function values() {
  let count = 0;
  return {
    uuid: () => `uuid-${++count}`,
    now: () => new Date(1_000),
    randomInt: (min: number) => min,
    webhookUrl: () => undefined,
    variables: { shop: 'kyiv' },
  };
}

/** What is shown in `now` of the placeholders of a request that stood in `before` when it was sent. */
function shown(before: string, now = before, index = 0): string[] {
  const { document, request: own } = sent(before, index);
  const { strings } = resolve(document, own, values());
  const anchor = anchorRequest(document, own);
  return sentValuesIn(parseDocument(now), { anchor, strings }).map(
    ({ span: { offset, length }, value }) => `${now.slice(offset, offset + length)}=${value}`,
  );
}

describe('what placeholders stood for', () => {
  const before = request({ external_id: '"a-{{$uuid}}-{{ shop }}-{{$uuid}}"', purpose: '"{{$timestamp}}"' });
  const all = ['{{$uuid}}=uuid-1', '{{ shop }}=kyiv', '{{$uuid}}=uuid-2', '{{$timestamp}}=1'];

  it('is shown at each of them', () => assert.deepEqual(shown(before), all));

  it('stays when the text around their strings changes', () => {
    assert.deepEqual(
      shown(before, before.replace('"1500.00"', '"1.00"').replace('{', '{\r\n"zzz": 1,')),
      all,
    );
  });

  it('goes where their string is edited, and there alone', () => {
    assert.deepEqual(shown(before, before.replace('a-{{', 'b-{{')), all.slice(3));
    assert.deepEqual(shown(before, before.replace('{{$timestamp}}', '{{$isoTimestamp}}')), all.slice(0, 3));
    assert.deepEqual(shown(before, before.replace('"{{$timestamp}}"', '1')), all.slice(0, 3));
  });

  it('goes with its string', () => {
    assert.deepEqual(shown(before, before.replace('"purpose"', '"other"')), all.slice(0, 3));
    assert.deepEqual(shown(before, ''), []);
    assert.deepEqual(shown(before, '{{{'), []);
  });

  it('follows its request through a batch', () => {
    const purpose = '"{{$uuid}}"';
    const sentBatch = batch({}, { purpose });
    const moved = `[${request({ external_id: '"order-1"', purpose })}, ${request({ external_id: '"order-0"' })}]`;
    assert.deepEqual(shown(sentBatch, moved, 1), ['{{$uuid}}=uuid-1']);
    assert.deepEqual(shown(sentBatch, batch({ purpose }), 1), []);
  });

  it('is at the whole string where escapes hide the place', () => {
    assert.deepEqual(shown(request({ purpose: '"\\u007b{shop}}"' })), ['"\\u007b{shop}}"=kyiv']);
  });

  it('is that of values below a field, too, and of no key', () => {
    const text = request({ purpose: '[{"{{shop}}": ["{{shop}}"]}]' });
    assert.deepEqual(shown(text), ['{{shop}}=kyiv']);
    const { document, request: own } = sent(text);
    assert.deepEqual(
      resolve(document, own, values()).strings.map(({ within }) => within),
      ['/purpose/0/{{shop}}/0'],
    );
  });
});
