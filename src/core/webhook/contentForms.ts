import { membersOf, readJson } from './jsonForms';
import { secondsOf, type SignatureScheme } from './signature';

/** What a signature may cover beside the body. */
export interface ContentForm {
  /** As in a scheme; the timestamp stands in it where it is another text than the header's. */
  readonly signedContent: string;
  /** In place of the header's text. */
  readonly timestamp: string;
  /** Completes "The signature covers …". */
  readonly covers: string;
  /** Whether a scheme can say this: the text of the timestamp is the header's. */
  readonly isScheme: boolean;
  readonly isUsual: boolean;
}

export interface ContentFacts {
  readonly body: Uint8Array;
  /** The header's text. */
  readonly timestamp: string;
  readonly idempotencyKey: string;
  /** Unix seconds, where it is known. */
  readonly receivedAtSeconds: number | undefined;
}

const USUAL = [
  '{timestamp}.{body}',
  '{body}',
  '{timestamp}{body}',
  '{body}{timestamp}',
  '{body}.{timestamp}',
  '{timestamp}:{body}',
  '{timestamp}\n{body}',
] as const;

const RARE = [
  '{timestamp}|{body}',
  '{timestamp},{body}',
  '{timestamp} {body}',
  '{timestamp}-{body}',
  '{timestamp}_{body}',
  '{timestamp}&{body}',
  '{body}\n{timestamp}',
  '{body}:{timestamp}',
  '{body}|{timestamp}',
  'v0:{timestamp}:{body}',
  'v1:{timestamp}:{body}',
  'v1.{timestamp}.{body}',
  't={timestamp}.{body}',
  't={timestamp},{body}',
] as const;

const WITH_KEY = [
  '{idempotencyKey}.{timestamp}.{body}',
  '{timestamp}.{idempotencyKey}.{body}',
  '{idempotencyKey}.{body}',
  '{idempotencyKey}{timestamp}{body}',
  '{timestamp}{idempotencyKey}{body}',
  '{idempotencyKey}{body}',
  '{idempotencyKey}:{timestamp}:{body}',
  '{idempotencyKey}\n{timestamp}\n{body}',
] as const;

/** Seconds or milliseconds, the other than the header has, stand first. */
const USUAL_TEXTS = 4;

/** Each layout that a scheme can say, and each form of a timestamp in the layouts that use one; the likely first. */
export function contentForms(scheme: SignatureScheme, facts: ContentFacts): readonly ContentForm[] {
  const layout = (isUsual: boolean) => (signedContent: string) => ({
    signedContent,
    timestamp: facts.timestamp,
    covers: described(signedContent),
    isScheme: true,
    isUsual,
  });
  const layouts = [
    ...USUAL.map(layout(true)),
    ...(facts.idempotencyKey === '' ? [] : WITH_KEY.map(layout(true))),
    ...RARE.map(layout(false)),
  ].filter(({ signedContent }) => signedContent !== scheme.signedContent);
  const own = scheme.signedContent.includes('{timestamp}') ? scheme.signedContent : USUAL[0];
  const texts = timestampTexts(facts).filter(([text]) => text !== facts.timestamp);
  const others = [own, '{timestamp}{body}', '{timestamp}.{body}']
    .filter((signedContent, i, all) => all.indexOf(signedContent) === i)
    .flatMap((signedContent, i) =>
      texts.map(([timestamp, covers], place) => ({
        signedContent,
        timestamp,
        covers: `${covers}${i === 0 ? '' : `, as ${described(signedContent)}`}`,
        isScheme: false,
        isUsual: i === 0 && place < USUAL_TEXTS,
      })),
    );
  return [...layouts.slice(0, USUAL.length), ...others, ...layouts.slice(USUAL.length)];
}

function described(signedContent: string): string {
  if (signedContent === '{body}') return 'the body alone, without the timestamp';
  return JSON.stringify(signedContent);
}

/** Texts that may have been signed in place of the header's. */
function timestampTexts({ body, timestamp, receivedAtSeconds }: ContentFacts): readonly Text[] {
  const instant = instantOf(timestamp);
  const event = eventTime(body);
  const near = receivedAtSeconds === undefined ? [] : [0, -1, 1, -2, 2];
  return [
    ...(instant === undefined ? [] : spelled(instant)),
    [timestamp.trim(), 'the timestamp without the white space around it'],
    [timestamp.trim().replace(/^(['"])(.*)\1$/, '$2'), 'the timestamp without the quotes around it'],
    [timestamp.split(',', 1)[0] ?? '', 'the first of several timestamps'],
    [`"${timestamp}"`, 'the timestamp in quotes'],
    [`${timestamp}\n`, 'the timestamp and a line break after it'],
    ['', 'no timestamp before the separator'],
    ['undefined', '"undefined" in place of the timestamp, whose header was not read'],
    ['null', '"null" in place of the timestamp, whose header was not read'],
    ['None', '"None" in place of the timestamp, whose header was not read'],
    ['NaN', '"NaN" in place of the timestamp'],
    ...(event === undefined ? [] : [[event, 'the time in event_id in place of the header'] as const]),
    ...near.map((seconds): Text => [
      String(Math.floor(receivedAtSeconds ?? 0) + seconds),
      'the time of receipt in place of the header',
    ]),
  ];
}

/** The Unix seconds at the end of the body's `event_id` (documented: `<order_id>:<status>:<unix seconds>`). */
function eventTime(body: Uint8Array): string | undefined {
  const json = readJson(new TextDecoder().decode(body));
  const id = json && membersOf(json).find(({ name }) => name === 'event_id');
  return id && /:(\d{9,11})"$/.exec(json.text.slice(id.start, id.end))?.[1];
}

type Text = readonly [text: string, covers: string];

/** Milliseconds since 1970 that a timestamp in any usual form says. */
export function instantOf(timestamp: string): number | undefined {
  const text = timestamp.trim();
  const digits = /^(\d{9,19})(\.\d{1,9})?$/.exec(text)?.[1];
  if (digits !== undefined) {
    if (digits.length <= 11) return Math.floor(Number(text) * 1000);
    const unit = digits.length <= 14 ? 1 : digits.length <= 17 ? 1e3 : 1e6;
    return Math.floor(Number(digits) / unit);
  }
  const iso = secondsOf({ timestampUnit: 'iso' }, text);
  if (iso !== undefined) return Date.parse(text);
  const date = /^[\w, :+-]{10,40}$/.test(text) && /\D/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : date;
}

function spelled(ms: number): readonly Text[] {
  const seconds = Math.floor(ms / 1000);
  const date = new Date(ms);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return [];
  const iso = date.toISOString();
  const [whole] = iso.split('.');
  const day = (whole ?? '').replace('T', ' ');
  return [
    [String(seconds), 'the timestamp in seconds'],
    [String(ms), 'the timestamp in milliseconds'],
    [`${seconds}000`, 'the timestamp in milliseconds'],
    [iso, 'the timestamp as an ISO 8601 time'],
    [`${ms}000`, 'the timestamp in microseconds'],
    [`${ms}000000`, 'the timestamp in nanoseconds'],
    [`${seconds}.0`, 'the timestamp as a decimal number of seconds'],
    [String(ms / 1000), 'the timestamp as a decimal number of seconds'],
    [`${whole}Z`, 'the timestamp as an ISO 8601 time'],
    [`${whole}+00:00`, 'the timestamp as an ISO 8601 time'],
    [whole ?? '', 'the timestamp as an ISO 8601 time without a zone'],
    [day, 'the timestamp as a date and time'],
    [date.toUTCString(), 'the timestamp as an HTTP date'],
    [seconds.toString(16), 'the timestamp in hex'],
  ];
}
