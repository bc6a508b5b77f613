import { keptHeaders } from '../../core/journal/keptHeaders';
import { nextOrder } from '../../core/journal/order';
import {
  encodeRecord,
  type AnsweredRecord,
  type Change,
  type JournalRecord,
} from '../../core/journal/record';
import { shortened } from '../../core/journal/shorten';
import type { Exchange } from '../../core/report/exchange';
import type { Report } from '../../core/report/report';
import { mapTexts } from '../../core/response/answer';
import { cutJson, isTooLarge } from '../../core/response/cutJson';
import type { History } from './history';
import type { KeyRedactor } from '../keys/keyRedactor';
import type { Clock, Departure, Journal, JournalFiles, SendEnd } from '../ports';
import { redactedJson } from '../../core/leaks/redactor';

/** For where nothing is kept of a send. */
export const noJournal: Journal = { begin: () => Promise.resolve(() => Promise.resolve()) };

type Redact = (text: string) => string;

/** Writes sends to the files of the journal: without any key that is stored, and without what is too long. */
export class SendJournal implements Journal {
  #lastOrder = 0;

  constructor(
    private readonly files: Pick<JournalFiles, 'append' | 'hold'>,
    private readonly keys: Pick<KeyRedactor, 'get'>,
    private readonly clock: Clock,
    private readonly newId: () => string,
    private readonly history: Pick<History, 'newestOrder'>,
  ) {}

  async begin({ body, ...request }: Departure): Promise<(end: SendEnd) => Promise<void>> {
    const [text, ...change] = keptText(body, await this.keys.get());
    const release = this.files.hold();
    const id = this.newId();
    const now = this.clock.now();
    const at = now.toISOString();
    const order = nextOrder(now.getTime(), this.#lastOrder, this.history.newestOrder);
    this.#lastOrder = order;
    await this.#append({ kind: 'sent', id, at, order, ...request, body: text, ...changed(change) }, true);
    return async (end) => {
      try {
        // What never left is no part of the history.
        if (end.report.outcome === 'cancelled') await this.#append({ kind: 'deleted', id, at }, false);
        else await this.#append(answered(id, end, await this.keys.get()), false);
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
