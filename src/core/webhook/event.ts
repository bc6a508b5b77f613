import { isObject, isTooDeep } from '../json';
import type { Header } from '../report/exchange';

/** Why a body says nothing, or `event` where it is a JSON object. */
type BodyForm = 'event' | 'empty' | 'packed' | 'not-text' | 'not-json' | 'other-shape';

/** What a webhook says of itself. Nothing of it is trusted before its signature verifies. */
export interface WebhookEvent {
  readonly form: BodyForm;
  /** `<order_id>:<status>:<unix seconds>`, as the vendor documents it. */
  readonly eventId: string | null;
  readonly orderId: string | null;
  readonly externalId: string | null;
  /** `success`, `fail`, `expired`, `canceled`: from the field, else from the event id; or whatever else is there. */
  readonly status: string | null;
}

/** A longer text is not an id. The vendor allows 128 characters for an `external_id`. */
const LONGEST = 256;

/** Reads the body of a webhook. Never throws; what is not there, or not a text of a plausible length, is `null`. */
export function readEvent(headers: readonly Header[], body: Uint8Array): WebhookEvent {
  if (body.length === 0) return nothing('empty');
  const encoding = headerOf(headers, 'content-encoding')?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') return nothing('packed');
  const text = textOf(body, headerOf(headers, 'content-type'));
  if (text === undefined) return nothing('not-text');
  const value = parsed(text);
  if (value === undefined) return nothing('not-json');
  if (!isObject(value)) return nothing('other-shape');
  const eventId = idIn(value['event_id']);
  const [, orderOfId, statusOfId] = /^(.+):([a-z_]+):\d+$/s.exec(eventId ?? '') ?? [];
  return {
    form: 'event',
    eventId,
    orderId: idIn(value['order_id']) ?? orderOfId ?? null,
    externalId: idIn(value['external_id']),
    status: idIn(value['status']) ?? statusOfId ?? null,
  };
}

/** The text of a body: UTF-8, else in the charset that its header names; `undefined` where it is neither. */
export function textOf(body: Uint8Array, contentType: string | undefined): string | undefined {
  const named = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1];
  for (const charset of ['utf-8', ...(named === undefined ? [] : [named])]) {
    try {
      const text = new TextDecoder(charset, { fatal: true }).decode(body);
      // A zero byte is valid UTF-8, but a text holds one in UTF-16 alone.
      if (!text.includes('\0')) return text;
    } catch {
      // Not in this charset, or there is none of this name.
    }
  }
  return undefined;
}

/** The value of the first header of a name, in any case. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

function nothing(form: BodyForm): WebhookEvent {
  return { form, eventId: null, orderId: null, externalId: null, status: null };
}

function parsed(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Ids are documented as strings; a number is read as its digits, as far as they are exact. */
function idIn(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null;
}
