import { URI } from 'vscode-uri';
import { isEnvironment } from '../environments/environment';
import { decodeExchange } from '../report/decodeExchange';
import { decodeReport, isTime } from '../report/decodeReport';
import { parseJson } from '../response/answer';
import { isWebLink } from '../response/webLink';
import type { Change } from '../report/exchange';
import { decodeDelivery, decodeWebhook } from './webhookRecord';
import { isObject, type JsonObject } from '../json';
import { isOrder } from './order';
import type { AnsweredRecord, HeaderRecord, JournalRecord, SentRecord, SessionRecord } from './record';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `undefined` for anything but a record about a send: a journal is a file, and a file can hold anything. */
export function decodeRecord(line: string): JournalRecord | undefined {
  const record = decodeLine(line);
  return record?.kind === 'journal' || record?.kind === 'session' ? undefined : record;
}

/** `undefined` for a line that this release does not know. */
export function decodeLine(line: string): JournalRecord | HeaderRecord | SessionRecord | undefined {
  // An exception for each line of a long file that is something else would take long.
  if (!line.startsWith('{')) return undefined;
  const value = parseJson(line);
  if (!isObject(value)) return undefined;
  const { kind, id, at, session, format, replaces } = value;
  if (kind === 'journal') {
    if (typeof format !== 'number') return undefined;
    return { kind, format, replaces: Array.isArray(replaces) ? replaces.filter(isString) : [] };
  }
  if (kind === 'session') return isId(session) ? { kind, session } : undefined;
  if (!isId(id)) return undefined;
  switch (kind) {
    case 'sent':
      return decodeSent(id, value);
    case 'answered':
      return decodeAnswered(id, value);
    case 'webhook':
      return decodeWebhook(id, value);
    case 'delivery':
      return decodeDelivery(id, value);
    case 'settled':
      return { kind, id };
    case 'deleted':
      return typeof at === 'string' ? { kind, id, at, ...(isId(session) ? { session } : {}) } : undefined;
    default:
      return undefined;
  }
}

function decodeSent(id: string, value: JsonObject): SentRecord | undefined {
  const { at, order, uri, index, environment, batch, url, body } = value;
  if (!isTime(at) || !isUri(uri) || !isIndex(index) || !isEnvironment(environment)) return undefined;
  if (!isWebLink(url) || typeof body !== 'string') return undefined;
  const placed = isOrder(order) ? { at, order } : { at };
  const together = isId(batch) ? { batch } : {};
  return { kind: 'sent', id, ...placed, uri, index, environment, ...together, url, body, ...changeOf(value) };
}

function decodeAnswered(id: string, value: JsonObject): AnsweredRecord | undefined {
  const report = decodeReport(value['report']);
  const exchange = decodeExchange(value['exchange']);
  return report && { kind: 'answered', id, report, ...(exchange ? { exchange } : {}), ...changeOf(value) };
}

function changeOf({ changed }: JsonObject): { changed?: Change } {
  return changed === 'shortened' || changed === 'redacted' ? { changed } : {};
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isUri(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  try {
    URI.parse(value, true);
    return true;
  } catch {
    return false;
  }
}
