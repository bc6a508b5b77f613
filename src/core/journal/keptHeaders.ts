import type { Header } from '../report/exchange';

/** What tells of a message and cannot be a secret. No other header is kept: neither the key nor a cookie. */
const KEPT = new Set([
  ...['accept', 'accept-encoding', 'content-encoding', 'content-length', 'content-type', 'date', 'host'],
  ...['location', 'retry-after', 'server', 'transfer-encoding', 'user-agent', 'via', 'x-request-id'],
]);

export function keptHeaders(headers: readonly Header[]): Header[] {
  return headers.filter(({ name }) => KEPT.has(name.toLowerCase()));
}
