import assert from 'node:assert/strict';
import type { SentReport } from '../../../../src/app/reports/reporter';
import { lastSends, requestRows } from '../../../../src/app/checking/requestsOfNow';
import { parseDocument } from '../../../../src/core/document/document';
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

describe('the last sends of a text', () => {
  it('are at the places where their requests are now', () => {
    const document = parseDocument(batch({}, {}, {}));
    const reports = document.requests.map((own): SentReport => ({
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
    const now = parseDocument(
      batch({ external_id: '"order-2"' }, { external_id: '"new"' }, { external_id: '"order-0"' }),
    );
    const found = [...lastSends(now, reports)].map(([place, { report }]) => `${report.index} is at ${place}`);
    assert.deepEqual(found.sort(), ['0 is at 2', '1 is at 1', '2 is at 0']);
  });
});
