import {
  decodeEnvelope,
  decodeInvoice,
  decodeStatement,
  type ReceivedEnvelope,
  type Statement,
} from './decode';
import { isObject, isTooDeep } from '../json';
import { withExactNumbers } from './jsonText';
import type { Wait } from '../contract/retryAfter';

/** A response as it came over HTTP, whole. */
export interface RawAnswer {
  readonly status: number;
  /** The `Location` header of a redirect. */
  readonly location: string | undefined;
  /** The origin that was asked. */
  readonly origin?: string | undefined;
  /** When the API last took the key that it was sent, ISO 8601. */
  readonly keyAcceptedAt?: string | undefined;
  /** For how long the server wants to be left alone. */
  readonly wait?: Wait | undefined;
  readonly body: string;
}

/** What a response to create-invoice is. */
export type Answer =
  | { readonly kind: 'invoice'; readonly invoice: Readonly<Record<string, unknown>> }
  /** `rejected` unless the status claims success. */
  | { readonly kind: 'envelope'; readonly envelope: ReceivedEnvelope }
  | { readonly kind: 'http-status'; readonly said?: Statement }
  | { readonly kind: 'redirect' | 'not-json' | 'not-an-invoice' };

/** What any response is, before it is known what it should hold. */
export type ReadAnswer =
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'envelope'; readonly envelope: ReceivedEnvelope }
  | { readonly kind: 'http-status'; readonly said?: Statement }
  | { readonly kind: 'redirect' | 'not-json' };

/** Never throws, whatever the server sends. `redact` goes over every text that is kept of it. */
export function read({ status, location, body }: RawAnswer, redact: (text: string) => string): ReadAnswer {
  if (status >= 300 && status < 400 && location !== undefined) return { kind: 'redirect' };
  const succeeded = status >= 200 && status < 300;
  const json = mapTexts(parseExactly(body), redact);
  if (json === undefined) return { kind: succeeded ? 'not-json' : 'http-status' };
  const envelope = decodeEnvelope(json, status);
  if (envelope) return { kind: 'envelope', envelope };
  if (succeeded) return { kind: 'json', json };
  const said = decodeStatement(json);
  return { kind: 'http-status', ...(said ? { said } : {}) };
}

/** The same of a response to create-invoice. */
export function classify(raw: RawAnswer, redact: (text: string) => string): Answer {
  const answer = read(raw, redact);
  if (answer.kind !== 'json') return answer;
  const invoice = decodeInvoice(answer.json);
  return invoice ? { kind: 'invoice', invoice } : { kind: 'not-an-invoice' };
}

/** `undefined` for what is not JSON, and for nesting that would break whoever walks it. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/** Numbers that JavaScript would round or write in another way are texts, digit by digit. */
function parseExactly(text: string): unknown {
  const value = parseJson(text);
  const exact = value === undefined ? text : withExactNumbers(text);
  return exact === text ? value : parseJson(exact);
}

/** The same value with every text in it changed, names and numbers included; itself where none is. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number') {
    const changed = change(String(value));
    return changed === String(value) ? value : changed;
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mapTexts(item, change));
    return items.every((item, place) => item === value[place]) ? value : items;
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const names = keys.map(change);
  const items = keys.map((key) => mapTexts(value[key], change));
  const isSame = keys.every((key, place) => names[place] === key && items[place] === value[key]);
  return isSame ? value : Object.fromEntries(names.map((name, place) => [name, items[place]]));
}
