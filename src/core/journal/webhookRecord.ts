import { base64Of, binaryOf, bytesOf, bytesOfBinary } from '../base64';
import { isEnvironment } from '../environments/environment';
import { isObject, type JsonObject } from '../json';
import { redactedJson } from '../leaks/redactor';
import type { Change, Header } from '../report/exchange';
import { isTime } from '../report/decodeReport';
import type { Delivery, DeliveryEnd } from '../webhook/delivery';
import { isOrder } from './order';
import { readEvent } from '../webhook/event';
import { schemeOf } from '../webhook/signature';
import type { Webhook } from '../webhook/webhook';

/** A webhook that was received, or made here. Its event is read from its body again. */
export interface WebhookRecord extends Omit<Webhook, 'receivedAt' | 'body' | 'event' | 'deliveries'> {
  readonly kind: 'webhook';
  /** ISO 8601. */
  readonly at: string;
  /** Among sends and webhooks; see `nextOrder`. */
  readonly order?: number;
  readonly bodyBase64: string;
}

/** A delivery of a webhook: once as it begins, and once more as it ends. */
export interface DeliveryRecord {
  readonly kind: 'delivery';
  /** Of the webhook. */
  readonly id: string;
  readonly delivery: Omit<Delivery, 'end'> & { readonly end?: KeptEnd };
}

type Response = Extract<DeliveryEnd, { kind: 'response' }>;
type KeptEnd = Exclude<DeliveryEnd, Response> | (Omit<Response, 'body'> & { readonly bodyBase64: string });

/** Of a body, in bytes; as of what is sent. */
const LONGEST_BODY = 256 * 1024;
/** Of a handler's response, in bytes. */
const LONGEST_RESPONSE = 16 * 1024;
const MOST_HEADERS = 500;
const CAUSES = ['forward', 'replay', 'replay-signed-now', 'replay-edited'] as const;
const STATES = ['valid', 'invalid', 'unsigned', 'stale', 'no-secret'] as const;

type Redact = (text: string) => string;

/** A webhook as it is kept: without any key or secret that is stored, and without what is too long. */
export function webhookRecord(webhook: Webhook, order: number, redact: Redact): WebhookRecord {
  const { id, receivedAt, source, madeOf, signature } = webhook;
  const kept = keptBytes(webhook.body, LONGEST_BODY, redact);
  const headers = keptHeaders(webhook.headers, redact);
  const areRedacted = headers.some(({ value }, at) => value !== webhook.headers[at]?.value);
  const changed = kept.changed ?? (areRedacted ? 'redacted' : webhook.changed);
  return {
    kind: 'webhook',
    id,
    at: receivedAt,
    order,
    source,
    ...(madeOf === undefined ? {} : { madeOf }),
    headers,
    bodyBase64: base64Of(kept.bytes),
    signature,
    ...(changed ? { changed } : {}),
  };
}

export function deliveryRecord(id: string, delivery: Delivery, redact: Redact): DeliveryRecord {
  const { end, ...begun } = delivery;
  if (!end) return { kind: 'delivery', id, delivery: begun };
  if (end.kind !== 'response') return { kind: 'delivery', id, delivery: { ...begun, end } };
  const { body, headers, ...rest } = end;
  const { bytes } = keptBytes(body, LONGEST_RESPONSE, redact);
  const kept = { ...rest, headers: keptHeaders(headers, redact), bodyBase64: base64Of(bytes) };
  return { kind: 'delivery', id, delivery: { ...begun, end: kept } };
}

/** `undefined` for what cannot be one: a journal is a file, and a file can hold anything. */
export function decodeWebhook(id: string, value: JsonObject): WebhookRecord | undefined {
  const { at, order, source, madeOf, bodyBase64, changed } = value;
  const headers = headersIn(value['headers']);
  const signature = signatureIn(value['signature']);
  if (!isTime(at) || (source !== 'received' && source !== 'made')) return undefined;
  if (!headers || !signature || typeof bodyBase64 !== 'string') return undefined;
  return {
    kind: 'webhook',
    id,
    at,
    ...(isOrder(order) ? { order } : {}),
    source,
    ...(typeof madeOf === 'string' ? { madeOf } : {}),
    headers,
    bodyBase64,
    signature,
    ...(changed === 'shortened' || changed === 'redacted' ? { changed } : {}),
  };
}

export function decodeDelivery(id: string, value: JsonObject): DeliveryRecord | undefined {
  const delivery = value['delivery'];
  if (!isObject(delivery)) return undefined;
  const { id: own, at, url, cause, durationMs } = delivery;
  const known = CAUSES.find((one) => one === cause);
  if (typeof own !== 'string' || !isTime(at) || typeof url !== 'string' || !known) return undefined;
  const end = endIn(delivery['end']);
  return {
    kind: 'delivery',
    id,
    delivery: {
      id: own,
      at,
      url,
      cause: known,
      ...(end ? { end } : {}),
      ...(typeof durationMs === 'number' ? { durationMs } : {}),
    },
  };
}

/** The webhook of its records. A delivery whose end nobody wrote down ended with its window. */
export function webhookOf(record: WebhookRecord, records: readonly DeliveryRecord[]): Webhook | undefined {
  const { id, at, source, madeOf, headers, bodyBase64, signature, changed } = record;
  const body = bytesOf(bodyBase64);
  if (!body) return undefined;
  const deliveries = new Map<string, Delivery>();
  for (const { delivery } of records) deliveries.set(delivery.id, deliveryOf(delivery));
  return {
    id,
    receivedAt: at,
    source,
    ...(madeOf === undefined ? {} : { madeOf }),
    headers,
    body,
    ...(changed ? { changed } : {}),
    event: readEvent(headers, body),
    signature,
    deliveries: [...deliveries.values()],
  };
}

function deliveryOf({ end = { kind: 'stopped' }, ...begun }: DeliveryRecord['delivery']): Delivery {
  if (end.kind !== 'response') return { ...begun, end };
  const { bodyBase64, ...rest } = end;
  return { ...begun, end: { ...rest, body: bytesOf(bodyBase64) ?? new Uint8Array() } };
}

/** What is shown of bytes and kept of them. A key is ASCII: in any charset that has that it is found byte by byte. */
function keptBytes(
  bytes: Uint8Array,
  longest: number,
  redact: Redact,
): { readonly bytes: Uint8Array; readonly changed?: Change } {
  const binary = binaryOf(bytes);
  const safe = redactedJson(binary, (text) => latin1(redact(text)));
  const whole = safe === binary ? bytes : bytesOfBinary(safe);
  if (whole.length > longest) return { bytes: whole.subarray(0, longest), changed: 'shortened' };
  return safe === binary ? { bytes } : { bytes: whole, changed: 'redacted' };
}

/** A fingerprint has characters that are not one byte each. */
function latin1(text: string): string {
  return text.replace(/[^\0-\xff]/g, '*');
}

function keptHeaders(headers: readonly Header[], redact: Redact): Header[] {
  return headers.map(({ name, value }) => ({ name, value: redact(value) }));
}

function headersIn(value: unknown): Header[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_HEADERS) return undefined;
  const headers = value.map((header: unknown) => {
    if (!isObject(header)) return undefined;
    const { name, value: text } = header;
    return typeof name === 'string' && typeof text === 'string' ? { name, value: text } : undefined;
  });
  return headers.every((header) => header !== undefined) ? headers : undefined;
}

function signatureIn(value: unknown): Webhook['signature'] | undefined {
  if (!isObject(value)) return undefined;
  const { environment, skewSeconds } = value;
  const state = STATES.find((one) => one === value['state']);
  const scheme = schemeOf(value['scheme']);
  if (!state || 'problem' in scheme) return undefined;
  return {
    state,
    environment: isEnvironment(environment) ? environment : null,
    skewSeconds: typeof skewSeconds === 'number' ? skewSeconds : null,
    scheme,
  };
}

function endIn(value: unknown): KeptEnd | undefined {
  if (!isObject(value)) return undefined;
  const { kind, status, size, detail, bodyBase64 } = value;
  switch (kind) {
    case 'timeout':
    case 'stopped':
      return { kind };
    case 'unreachable':
    case 'broken':
      return { kind, detail: typeof detail === 'string' ? detail : '' };
    case 'response': {
      const headers = headersIn(value['headers']);
      if (typeof status !== 'number' || typeof size !== 'number' || !headers) return undefined;
      return typeof bodyBase64 === 'string' ? { kind, status, headers, bodyBase64, size } : undefined;
    }
    default:
      return undefined;
  }
}
