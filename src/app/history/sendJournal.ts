import { nextOrder } from '../../core/journal/order';
import { encodeRecord, type AnsweredRecord, type JournalRecord } from '../../core/journal/record';
import type { Change, Exchange, Header } from '../../core/report/exchange';
import type { Report } from '../../core/report/report';
import { mapTexts } from '../../core/response/answer';
import { cutJson, isTooLarge } from '../../core/response/cutJson';
import type { History } from './history';
import type { Clock, Departure, Journal, JournalFiles, KeyStore, SendEnd } from '../ports';
import { redactedJson } from '../../core/leaks/redactor';

/** For where nothing is kept of a send. */
export const noJournal: Journal = { begin: () => Promise.resolve(() => Promise.resolve()) };

type Redact = (text: string) => string;

/** Writes sends to the files of the journal: without any key that is stored, and without what is too long. */
export class SendJournal implements Journal {
  #lastOrder = 0;

  constructor(
    private readonly files: Pick<JournalFiles, 'append' | 'hold'>,
    private readonly keys: Pick<KeyStore, 'readAll'>,
    private readonly clock: Clock,
    private readonly newId: () => string,
    private readonly history: Pick<History, 'newestOrder'>,
  ) {}

  async begin({ body, ...request }: Departure): Promise<(end: SendEnd) => Promise<void>> {
    const [text, ...change] = keptText(body, (await this.keys.readAll()).redact);
    const newest = await this.history.newestOrder();
    const release = this.files.hold();
    const id = this.newId();
    const now = this.clock.now();
    const at = now.toISOString();
    const order = nextOrder(now.getTime(), this.#lastOrder, newest);
    this.#lastOrder = order;
    await this.#append({ kind: 'sent', id, at, order, ...request, body: text, ...changed(change) }, true);
    return async (end) => {
      try {
        // What never left is no part of the history.
        if (end.report.outcome === 'cancelled') await this.#append({ kind: 'deleted', id, at }, false);
        else await this.#append(answered(id, end, (await this.keys.readAll()).redact), false);
      } finally {
        release();
      }
    };
  }

  async #append(record: JournalRecord, durably: boolean): Promise<void> {
    await this.files.append(encodeRecord(record), durably);
  }
}

function answered(id: string, { report, exchange }: SendEnd, redact: Redact): AnsweredRecord {
  const [whole, reportChange] = keptReport(report, redact);
  const [wire, wireChange] = exchange ? keptExchange(exchange, redact) : [];
  const change = changed([reportChange, wireChange]);
  return { kind: 'answered', id, report: whole, ...(wire ? { exchange: wire } : {}), ...change };
}

function keptReport(report: Report, redact: Redact): [Report, Change | undefined] {
  const { invoice, error, problems, requestId } = report;
  const [kept, change] = keptJson({ invoice, error, problems, requestId }, redact);
  const whole = { ...report, ...kept };
  // It stands in the record of the request.
  Reflect.deleteProperty(whole, 'body');
  return [whole as Report, change];
}

function keptExchange(
  { request, response, timings }: Exchange,
  redact: Redact,
): [Exchange, Change | undefined] {
  const headers = (all: Exchange['request']['headers']) =>
    keptHeaders(all).map(({ name, value }) => ({ name, value: shortened(redact(value)) }));
  const { method, url } = request;
  const sent = { method, url, headers: headers(request.headers) };
  if (!response) return [{ request: sent, timings }, undefined];
  const { body, ...facts } = response;
  const [text, change] = body === undefined ? [] : keptText(body, redact);
  const received = {
    ...facts,
    headers: headers(response.headers),
    ...(text === undefined ? {} : { body: text }),
  };
  return [{ request: sent, response: received, timings }, change];
}

/** A text as it is kept, and how that differs from it. */
function keptText(text: string, redact: Redact): [string, Change | undefined] {
  const safe = redactedJson(text, redact);
  const short = shortened(safe);
  return [short, short !== safe ? 'shortened' : safe !== text ? 'redacted' : undefined];
}

/** A value as it is kept, and how that differs from it. */
function keptJson<Value>(value: Value, redact: Redact): [Value, Change | undefined] {
  if (isTooLarge(value)) return [cutJson(value, redact), 'shortened'];
  const safe = mapTexts(value, redact) as Value;
  return [safe, safe === value ? undefined : 'redacted'];
}

/** Of two changes the one that takes more away. */
function changed(changes: readonly (Change | undefined)[]): { changed?: Change } {
  if (changes.includes('shortened')) return { changed: 'shortened' };
  return changes.includes('redacted') ? { changed: 'redacted' } : {};
}

/** What tells of a message and cannot be a secret. No other header is kept: neither the key nor a cookie. */
const KEPT = new Set([
  ...['accept', 'accept-encoding', 'content-encoding', 'content-length', 'content-type', 'date', 'host'],
  ...['location', 'retry-after', 'server', 'transfer-encoding', 'user-agent', 'via', 'x-request-id'],
]);

function keptHeaders(headers: readonly Header[]): Header[] {
  return headers.filter(({ name }) => KEPT.has(name.toLowerCase()));
}

/** Of a body, in bytes of UTF-8. */
export const LONGEST_BODY = 256 * 1024;

/** The beginning of a text that is too long to be kept. */
export function shortened(text: string): string {
  // A code unit is 3 bytes at most.
  if (text.length * 3 <= LONGEST_BODY) return text;
  // It is 1 byte at least: what comes after so many is cut off.
  const bytes = new TextEncoder().encode(text.slice(0, LONGEST_BODY + 1));
  if (bytes.length <= LONGEST_BODY) return text;
  // As a stream, so that a character that is cut in two is left out.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_BODY), { stream: true });
}
