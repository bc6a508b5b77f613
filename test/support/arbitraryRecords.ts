import fc from 'fast-check';
import type { JournalRecord } from '../../src/core/journal/record';
import { REPORT } from './journal';

const id = fc.uuid();
const at = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Records as this extension writes them. */
export const records: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('sent' as const),
      id,
      at,
      uri: fc.constantFrom('file:///shop/a.json', 'untitled:Untitled-1', 'vscode-vfs://github/a/b.json'),
      index: fc.nat(),
      environment: fc.constantFrom('sandbox' as const, 'dev' as const, 'prod' as const),
      batch: id,
      url: fc.webUrl({ validSchemes: ['http', 'https'] }),
      body: fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
    },
    { requiredKeys: ['kind', 'id', 'at', 'uri', 'index', 'environment', 'url', 'body'] },
  ),
  fc.record({
    kind: fc.constant('answered' as const),
    id,
    report: fc
      .record({ message: fc.string(), details: fc.jsonValue(), status: fc.nat(599) })
      .map(({ message, details, status }) => ({
        ...REPORT,
        outcome: 'rejected' as const,
        status,
        error: { code: 'CODE', message, details },
      })),
  }),
  fc.record({ kind: fc.constant('settled' as const), id }),
  fc.record({ kind: fc.constant('deleted' as const), id, at }),
);
