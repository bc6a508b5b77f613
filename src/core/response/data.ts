import type { ReceivedEnvelope, Statement } from './decode';
import { isObject } from '../json';
import { read, type RawAnswer } from './answer';

/** Which page of how many, as far as the response says it. */
export interface Paging {
  readonly page?: number;
  readonly perPage?: number;
  readonly total?: number;
  readonly totalPages?: number;
}

/** What a response to one of the endpoints that read is. */
export type DataAnswer =
  | { readonly kind: 'data'; readonly data: unknown; readonly paging: Paging }
  | { readonly kind: 'envelope'; readonly envelope: ReceivedEnvelope }
  | { readonly kind: 'http-status'; readonly said?: Statement }
  | { readonly kind: 'redirect' | 'not-json' | 'not-data' };

/** Never throws, whatever the server sends. `redact` goes over every text that is kept of it. */
export function classifyData(raw: RawAnswer, redact: (text: string) => string): DataAnswer {
  const answer = read(raw, redact);
  if (answer.kind !== 'json') return answer;
  const { json } = answer;
  if (!isObject(json) || json['successful'] !== true || !Object.hasOwn(json, 'data'))
    return { kind: 'not-data' };
  return { kind: 'data', data: json['data'], paging: pagingOf(json) };
}

/** Source: the vendor's page on withdrawals. What is no count is not there. */
function pagingOf(json: Readonly<Record<string, unknown>>): Paging {
  const [page, perPage, total, totalPages] = ['page', 'per_page', 'total', 'total_pages'].map((name) =>
    countOf(json[name]),
  );
  return {
    ...(page === undefined ? {} : { page }),
    ...(perPage === undefined ? {} : { perPage }),
    ...(total === undefined ? {} : { total }),
    ...(totalPages === undefined ? {} : { totalPages }),
  };
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
