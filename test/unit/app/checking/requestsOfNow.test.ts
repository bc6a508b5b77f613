import assert from 'node:assert/strict';
import type { SentReport } from '../../../../src/app/outcomes/sentReport';
import { lastSends, requestOfNow, requestRows } from '../../../../src/app/outcomes/requestsOfNow';
import { parseDocument, type RequestDocument } from '../../../../src/core/document/document';
import { anchorRequest } from '../../../../src/core/document/requestAnchor';
import { batch, request } from '../../../support/requests';

describe('rows above requests', () => {
  const rowsOf = (text: string) =>
    requestRows(parseDocument(text)).map(({ index, offset }) => [index, offset]);

  it('are one for a single request', () => {
    assert.deepEqual(rowsOf(request()), [[0, 0]]);
    assert.deepEqual(rowsOf(`// c\n${request()}`), [[0, 5]]);
    assert.deepEqual(rowsOf('{'), [[0, 0]]);
  });

  it('are one for each request of a batch, and one for all of it', () => {
    assert.deepEqual(rowsOf('[\n{},\n5,\n{}\n]'), [
      [undefined, 0],
      [0, 2],
      [2, 9],
    ]);
    assert.deepEqual(rowsOf('[\n{}]'), [[0, 2]]);
  });

  it('are none where several requests begin on one line', () => {
    assert.deepEqual(rowsOf('[{}, {},\n{}]'), [
      [undefined, 0],
      [2, 9],
    ]);
  });

  it('are none without a request', () => {
    for (const text of ['', '5', '[]', '[[{}]]', '"x"']) assert.deepEqual(rowsOf(text), []);
  });
});

const sentOf = (document: RequestDocument): SentReport[] =>
  document.requests.map((own) => ({
    uri: 'file:///a.json',
    report: {
      file: 'a.json',
      index: own.index,
      environment: 'dev',
      at: '',
      outcome: 'created',
      problems: [],
    },
    anchored: [],
    request: { anchor: anchorRequest(document, own), strings: [] },
  }));

describe('a request that was sent', () => {
  const sent = sentOf(parseDocument(batch({}, {})));
  const placesIn = (text: string) => sent.map((one) => requestOfNow(one, parseDocument(text))?.index);

  it('is found where it is in the text of now', () => {
    assert.deepEqual(placesIn(batch({}, {})), [0, 1]);
    const one = (id: string) => ({ external_id: `"${id}"` });
    assert.deepEqual(placesIn(batch(one('new'), one('order-0'), one('order-1'))), [1, 2]);
    assert.deepEqual(placesIn(batch(one('order-1'), one('order-0'))), [1, 0]);
    assert.deepEqual(placesIn(batch({}, one('mended'))), [0, 1]);
  });

  it('is not taken for another one', () => {
    const one = (id: string) => ({ external_id: `"${id}"` });
    assert.deepEqual(placesIn(batch(one('new'), one('order-0'), one('other'))), [1, undefined]);
    assert.deepEqual(placesIn(batch(one('order-1'))), [undefined, 0]);
    assert.deepEqual(placesIn('['), [undefined, undefined]);
  });
});

describe('the last sends of a text', () => {
  it('are at the places where their requests are now', () => {
    const document = parseDocument(batch({}, {}, {}));
    const reports = sentOf(document);
    const now = parseDocument(
      batch({ external_id: '"order-2"' }, { external_id: '"new"' }, { external_id: '"order-0"' }),
    );
    const found = [...lastSends(now, reports)].map(([place, { report }]) => `${report.index} is at ${place}`);
    assert.deepEqual(found.sort(), ['0 is at 2', '1 is at 1', '2 is at 0']);
  });
});
