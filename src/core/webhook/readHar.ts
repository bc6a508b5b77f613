import { isObject, isTooDeep } from '../json';
import type { Header } from '../report/exchange';
import { fromBase64, onlyHeader, SIGNATURE_HEADER, utf8 } from './signature';

/** A signed request of an HTTP archive. */
export interface ArchivedWebhook {
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** Unix seconds; `undefined` where the archive does not say. */
  readonly receivedAtSeconds: number | undefined;
}

/** The requests with an `X-Signature` in an HTTP archive (HAR 1.2), in its order; none where a text is no archive. */
export function webhooksInHar(text: string): readonly ArchivedWebhook[] {
  const archive = parsed(text);
  const log = isObject(archive) ? archive.log : undefined;
  const entries: unknown[] = isObject(log) && Array.isArray(log.entries) ? log.entries : [];
  return entries.flatMap((entry) => {
    if (!isObject(entry) || !isObject(entry.request)) return [];
    const { url, headers: given, postData } = entry.request;
    const headers = Array.isArray(given) ? given.filter(isHeader) : [];
    if (typeof url !== 'string' || onlyHeader(headers, SIGNATURE_HEADER) === undefined) return [];
    const { text: body = '', encoding } = isObject(postData) ? postData : {};
    if (typeof body !== 'string') return [];
    const bytes = encoding === 'base64' ? fromBase64(body) : utf8(body);
    if (!bytes) return [];
    const at = typeof entry.startedDateTime === 'string' ? Date.parse(entry.startedDateTime) / 1000 : NaN;
    return [{ url, headers, body: bytes, receivedAtSeconds: Number.isNaN(at) ? undefined : at }];
  });
}

function isHeader(value: unknown): value is Header {
  return isObject(value) && typeof value.name === 'string' && typeof value.value === 'string';
}

function parsed(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
