import { isObject } from '../json';
import type { Exchange, Header, Timings } from './exchange';

const PARTS = ['dns', 'connect', 'tls', 'waiting', 'receiving'] as const;

/** An exchange that was written before; `undefined` for anything else. */
export function decodeExchange(value: unknown): Exchange | undefined {
  if (!isObject(value) || !isObject(value['request'])) return undefined;
  const { method, url, body } = value['request'];
  const headers = decodeHeaders(value['request']['headers']);
  const timings = decodeTimings(value['timings']);
  if (typeof method !== 'string' || typeof url !== 'string' || !headers || !timings) return undefined;
  const response = decodeResponse(value['response']);
  return {
    request: { method, url, headers, ...(typeof body === 'string' ? { body } : {}) },
    ...(response ? { response } : {}),
    timings,
  };
}

function decodeResponse(value: unknown): Exchange['response'] {
  if (!isObject(value)) return undefined;
  const { status, size, body, isUtf8 } = value;
  const headers = decodeHeaders(value['headers']);
  if (typeof status !== 'number' || typeof size !== 'number' || !headers) return undefined;
  return { status, headers, size, ...(typeof body === 'string' ? { body } : {}), isUtf8: isUtf8 === true };
}

function decodeHeaders(value: unknown): Header[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((header: unknown) => {
    if (!isObject(header)) return [];
    const { name, value: text } = header;
    return typeof name === 'string' && typeof text === 'string' ? [{ name, value: text }] : [];
  });
}

function decodeTimings(value: unknown): Timings | undefined {
  if (!isObject(value) || !isDuration(value['total'])) return undefined;
  const parts = PARTS.flatMap((part) => (isDuration(value[part]) ? [[part, value[part]] as const] : []));
  return { ...Object.fromEntries(parts), total: value['total'] };
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
