import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeRecord } from '../../../../src/core/journal/decode';
import { merge, matches } from '../../../../src/core/journal/merge';
import { encodeRecord } from '../../../../src/core/journal/record';
import { summaryOf } from '../../../../src/core/journal/summary';
import { records } from '../../../support/arbitraryRecords';

describe('a line of the journal', () => {
  it('gives back the record that it was written for', () => {
    fc.assert(
      fc.property(records, (record) => {
        const line = encodeRecord(record);
        assert.ok(line.endsWith('\n') && !line.slice(0, -1).includes('\n'));
        assert.deepEqual(decodeRecord(line.slice(0, -1)), JSON.parse(JSON.stringify(record)));
      }),
    );
  });

  it('is a record or nothing, whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeRecord(text)));
    fc.assert(fc.property(fc.json({ maxDepth: 5 }), (text) => assert.equal(decodeRecord(text), undefined)));
  });

  it('is a record or nothing where a part of it is another one', () => {
    const damaged = fc.tuple(records, fc.nat(20), fc.jsonValue()).map(([record, place, value]) => {
      const names = Object.keys(record);
      return { ...record, [names[place % names.length] ?? '']: value };
    });
    fc.assert(
      fc.property(damaged, fc.string(), (value, query) => {
        const record = decodeRecord(JSON.stringify(value));
        if (!record) return;
        const place = { file: 'a', offset: 0, length: 0 };
        const placed = { place, session: 's', summary: summaryOf(record) };
        const file = { name: 'a', isSealed: true, records: [placed], unknown: [] };
        for (const entry of merge([file], () => true)) matches(entry, query);
      }),
    );
  });

  it('is no record where it was cut off', () => {
    fc.assert(
      fc.property(records, fc.nat(), (record, place) => {
        const line = encodeRecord(record).trimEnd();
        assert.equal(decodeRecord(line.slice(0, place % line.length)), undefined);
      }),
    );
  });
});
