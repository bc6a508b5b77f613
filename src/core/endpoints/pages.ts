import type { Paging } from '../response/data';
import type { Call } from './call';

/** Where in a list that comes in pages a response is. */
export interface Pages {
  readonly page: number;
  /** `Page 2 of 3, 45 in all`, as far as the response says it. */
  readonly label: string;
  readonly previous?: number;
  readonly next?: number;
}

/** `undefined` for a response that is not a page. */
export function pagesOf({ endpoint, query }: Call, paging: Paging, count: number): Pages | undefined {
  if (endpoint !== 'withdrawals') return undefined;
  const page = paging.page ?? Number(query['page'] ?? 1);
  const { totalPages, total } = paging;
  const perPage = paging.perPage ?? Number(query['per_page'] ?? 20);
  // Where the response does not say how many there are, a full page may be followed by another.
  const hasNext = totalPages === undefined ? count > 0 && count >= perPage : page < totalPages;
  const last = Math.max(totalPages ?? page, 1);
  return {
    page,
    label: [
      `Page ${page}${totalPages === undefined ? '' : ` of ${last}`}`,
      ...(total === undefined ? [] : [`${total} in all`]),
    ].join(', '),
    ...(page > 1 ? { previous: Math.min(page - 1, last) } : {}),
    ...(hasNext ? { next: page + 1 } : {}),
  };
}
