import type { Header } from '../report/exchange';
import type { Body, Step } from './handlerChecks';
import { eventOf, type PaidInvoice } from './outcomes';
import {
  IDEMPOTENCY_HEADER,
  sign,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
  utf8,
  type Hmac,
  type SignatureScheme,
} from './signature';

/** A request of a check, as it goes over the wire. */
export interface CheckRequest {
  readonly method: Step['method'];
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface CheckSigner {
  readonly hmac: Hmac;
  readonly scheme: SignatureScheme;
  readonly secret: string;
}

/** Beyond any tolerance that makes sense. */
const HOUR = 3600;

/** The request of a step. `atSeconds`: now, in Unix seconds; the event of a step that comes again is the same. */
export function requestOf(
  step: Step,
  invoice: PaidInvoice,
  atSeconds: number,
  { hmac, scheme, secret }: CheckSigner,
): CheckRequest {
  const event = eventOf(step.outcome, invoice, atSeconds);
  const body = bodyOf(step.body, event);
  const key = event.event_id;
  const headers: Header[] = [
    { name: 'Content-Type', value: 'application/json' },
    { name: IDEMPOTENCY_HEADER, value: key },
  ];
  const { signing, method } = step;
  if (signing === 'none') return { method, headers, body };
  const at = atSeconds + (signing === 'stale' ? -HOUR : signing === 'future' ? HOUR : 0);
  const usedSecret = signing === 'wrong' ? `not ${secret}` : secret;
  const signed = signing === 'other-body' ? bodyOf('minified', { ...event, amount: '0.01' }) : body;
  const made = sign(hmac, scheme, usedSecret, signed, at, key);
  const signature = signing === 'half-right' ? halfRight(made.signature) : made.signature;
  headers.push(
    { name: SIGNATURE_HEADER, value: signature },
    { name: TIMESTAMP_HEADER, value: made.timestamp },
  );
  return { method, headers, body };
}

/** The same signature with the second half turned around, in the letters of any encoding. */
function halfRight(signature: string): string {
  const half = Math.ceil(signature.length / 2);
  const rest = signature.slice(half).replace(/[0-9a-zA-Z]/g, (digit) => (digit === '0' ? '1' : '0'));
  return signature.slice(0, half) + rest;
}

function bodyOf(body: Body, event: object): Uint8Array {
  switch (body) {
    case 'minified':
      return utf8(JSON.stringify(event));
    case 'pretty':
      return utf8(JSON.stringify(event, null, 2));
    case 'escaped': {
      const json = JSON.stringify({ ...event, note: 'a/б/é' });
      return utf8(
        json
          .replaceAll('/', '\\/')
          .replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
      );
    }
    case 'unknown-fields':
      return utf8(JSON.stringify({ ...event, new_field: 'x', new_object: { list: [1, null, true] } }));
    case 'unknown-sub-status':
      return utf8(JSON.stringify({ ...event, sub_status: 'a_sub_status_of_tomorrow' }));
    case 'non-ascii':
      return utf8(JSON.stringify({ ...event, note: 'Замовлення – café 😀' }));
    case 'empty':
      return new Uint8Array();
    case 'not-json':
      return utf8('{"event_id": ');
  }
}
