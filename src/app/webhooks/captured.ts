import { base64Of, bytesOf } from '../../core/base64';
import { isObject } from '../../core/json';
import type { Header } from '../../core/report/exchange';
import type { IncomingWebhook } from './webhookPorts';

/** Of a header's value, in characters. */
const LONGEST_VALUE = 16 * 1024;

/** More than any sender gives. */
const MOST_HEADERS = 200;

/** RFC 9110, 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;

/** A webhook as a file keeps it: `{"headers": [["X-Signature", "…"]], "bodyBase64": "…"}`. */
export function encodeCaptured({ headers, body }: IncomingWebhook): string {
  const value = {
    headers: headers.map(({ name, value }) => [name, value]),
    bodyBase64: base64Of(body),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Reads a file that keeps a webhook; headers can also be an object. A text that is none gives a sentence about what
 * is wrong with it.
 */
export function decodeCaptured(text: string): IncomingWebhook | string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return 'The file is not JSON.';
  }
  if (!isObject(value)) return 'The file must contain an object with headers and bodyBase64.';
  const headers = headersIn(value['headers']);
  if (!headers)
    return 'headers must be an object, or a list of pairs of a name and a value, as HTTP allows them.';
  const body = typeof value['bodyBase64'] === 'string' ? bytesOf(value['bodyBase64']) : undefined;
  if (!body) return 'bodyBase64 must contain the bytes of the body in base64.';
  return { headers, body };
}

function headersIn(value: unknown): Header[] | undefined {
  const pairs: unknown[] = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.entries(value).flatMap(([name, values]) =>
          Array.isArray(values) ? values.map((one: unknown) => [name, one]) : [[name, values]],
        )
      : [undefined];
  if (pairs.length > MOST_HEADERS) return undefined;
  const headers = pairs.map(headerIn);
  return headers.every((header) => header !== undefined) ? headers : undefined;
}

function headerIn(pair: unknown): Header | undefined {
  const [name, value] = Array.isArray(pair)
    ? (pair as unknown[])
    : isObject(pair)
      ? [pair['name'], pair['value']]
      : [];
  if (typeof name !== 'string' || typeof value !== 'string') return undefined;
  // What Node sends as a header: bytes, without line breaks.
  const isSafe =
    HEADER_NAME.test(name) && value.length <= LONGEST_VALUE && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
  return isSafe ? { name, value } : undefined;
}
