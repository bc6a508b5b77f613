import { membersOf, NUMBERS, readJson, TEXTS, written, type JsonStyle, type JsonText } from './jsonForms';
import { concatenated, encoded, fromBase64, utf8 } from './signature';
import { OUTCOMES } from './outcomes';

/** Bytes that a signature may cover in place of those that were received. */
export interface BodyForm {
  readonly bytes: Uint8Array;
  /** `body-reserialized`: the same JSON in other bytes; `body-changed`: something else. */
  readonly cause: 'body-reserialized' | 'body-changed';
  /** Completes "The signature covers …". */
  readonly covers: string;
}

/** Unpacks gzip or zlib data; `undefined` where it is neither, or unpacks to more than a webhook can be. */
export type Unpack = (bytes: Uint8Array) => Uint8Array | undefined;

/**
 * What a body may have been before it came, or what a handler may have made of it; the most likely first. Lazy: each
 * form costs as much as the body is long. Forms can repeat.
 */
export function* bodyForms(body: Uint8Array, unpack: Unpack): Generator<BodyForm> {
  const text = decoded(body, 'utf-8');
  const json = text === undefined ? undefined : readJson(text.replace(/^\u{feff}/u, ''));
  yield* lineEnds(body);
  if (json) yield* rewritten(json);
  yield* emptied();
  if (json) yield* changedValues(json);
  yield* repacked(body, text, unpack);
}

const same = (bytes: Uint8Array, covers: string): BodyForm => ({ bytes, cause: 'body-reserialized', covers });
const other = (bytes: Uint8Array, covers: string): BodyForm => ({ bytes, cause: 'body-changed', covers });

const [TAB, LF, CR, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);
const startsWithBom = (bytes: Uint8Array) => BOM.every((byte, i) => bytes[i] === byte);

function* lineEnds(body: Uint8Array): Generator<BodyForm> {
  const isBlank = (byte: number | undefined) => byte === LF || byte === CR || byte === SPACE || byte === TAB;
  let [start, end] = [0, body.length];
  while (end > 0 && isBlank(body[end - 1])) end--;
  while (start < end && isBlank(body[start])) start++;
  if (end < body.length) yield same(body.subarray(0, end), 'the body without the line break at its end');
  if (end < body.length || start > 0)
    yield same(body.subarray(start, end), 'the body without the white space around it');
  yield same(concatenated([body, utf8('\n')]), 'the body with a line break at its end');
  yield same(concatenated([body, utf8('\r\n')]), 'the body with a CRLF line break at its end');
  if (body.includes(CR))
    yield same(
      body.filter((byte, i) => byte !== CR || body[i + 1] !== LF),
      'the body with LF line breaks',
    );
  if (body.includes(LF)) yield same(crlf(body), 'the body with CRLF line breaks');
  if (startsWithBom(body)) yield same(body.subarray(3), 'the body without its byte order mark');
  else yield same(concatenated([BOM, body]), 'the body with a byte order mark');
}

function crlf(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(2 * body.length);
  let end = 0;
  let before: number | undefined;
  for (const byte of body) {
    if (byte === LF && before !== CR) bytes[end++] = CR;
    bytes[end++] = before = byte;
  }
  return bytes.subarray(0, end);
}

type Layout = Pick<JsonStyle, 'comma' | 'colon' | 'indent'>;
const pretty = (indent: string, colon = ': '): Layout => ({ comma: ',', colon, indent });

/** The most usual first: of a large body the last are not tried. */
const LAYOUTS = [
  ['minified', { comma: ',', colon: ':' }],
  ['pretty-printed with 2 spaces', pretty('  ')],
  ['with a space after each comma and colon, as Python writes it', { comma: ', ', colon: ': ' }],
  ['pretty-printed with 4 spaces', pretty('    ')],
  ['pretty-printed with tabs', pretty('\t')],
  ['pretty-printed as Jackson writes it', pretty('  ', ' : ')],
] as const satisfies readonly (readonly [string, Layout])[];

const SPELLINGS: readonly (readonly [string, JsonStyle['text'], JsonStyle['number']])[] = [
  ['', TEXTS.asIs, NUMBERS.asIs],
  ['as JavaScript writes it', TEXTS.shortest, NUMBERS.double],
  ['with slashes and non-ASCII escaped as PHP writes it', TEXTS.php, NUMBERS.php],
  ['with non-ASCII escaped as Python writes it', TEXTS.ascii, NUMBERS.float],
  ['with non-ASCII unescaped', TEXTS.shortest, NUMBERS.float],
  ['with slashes escaped as PHP writes it', TEXTS.phpUnicode, NUMBERS.php],
  ['with non-ASCII escaped as PHP writes it', TEXTS.phpSlashes, NUMBERS.php],
  ['with <, > and & escaped as Go writes it', TEXTS.go, NUMBERS.double],
  ['escaped as .NET writes it', TEXTS.dotNet, NUMBERS.asIs],
  ['with two decimals', TEXTS.shortest, NUMBERS.twoDecimals],
  ['with slashes and non-ASCII escaped as PHP writes it, and two decimals', TEXTS.php, NUMBERS.twoDecimals],
];

/** Spells each text once: the layouts differ only in what stands between them. */
function remembered(spell: JsonStyle['text']): JsonStyle['text'] {
  const known = new Map<string, string>();
  return (raw) => {
    const text = known.get(raw) ?? spell(raw);
    known.set(raw, text);
    return text;
  };
}

function* rewritten(json: JsonText): Generator<BodyForm> {
  for (const [spelling, spell, number] of SPELLINGS) {
    const text = remembered(spell);
    for (const [layout, style] of LAYOUTS) {
      const covers = ['the same JSON', layout, spelling].filter((part) => part !== '').join(', ');
      const form = written(json, { ...style, text, number });
      yield same(utf8(form), covers);
      if (spelling === '' || spell === TEXTS.go)
        yield same(utf8(`${form}\n`), `${covers}, with a line break at its end`);
    }
  }
  for (const [layout, style] of LAYOUTS.slice(0, 4))
    for (const [spelling, text, number] of SPELLINGS.slice(0, 4)) {
      const covers = ['the same JSON with its keys sorted', layout, spelling].filter((part) => part !== '');
      yield same(utf8(written(json, { ...style, text, number, isSorted: true })), covers.join(', '));
    }
  for (const [layout, style] of LAYOUTS) {
    const form = written(json, { ...style, text: TEXTS.asIs, number: NUMBERS.asIs });
    const covers = `the same JSON, ${layout}`;
    if (form.includes('\n')) {
      yield same(crlf(utf8(form)), `${covers}, with CRLF line breaks`);
      yield same(crlf(utf8(`${form}\n`)), `${covers}, with CRLF line breaks, also at its end`);
    }
    yield same(concatenated([BOM, utf8(form)]), `${covers}, with a byte order mark`);
    if (/[^\0-\x7f]/.test(form))
      for (const unicode of ['NFC', 'NFD'] as const)
        yield other(utf8(form.normalize(unicode)), `${covers}, in Unicode form ${unicode}`);
  }
  const go = { ...LAYOUTS[0][1], text: TEXTS.go, number: NUMBERS.double, isSorted: true };
  for (const end of ['', '\n'])
    yield same(utf8(written(json, go) + end), 'the same JSON with its keys sorted, as Go writes a map');
  // Keys that are whole numbers come first, and of a repeated key the last value stays.
  yield same(utf8(JSON.stringify(JSON.parse(json.text))), 'the same JSON as JavaScript writes it');
}

/** What handlers sign when something before them has read the body. */
function* emptied(): Generator<BodyForm> {
  const texts: readonly (readonly [string, string])[] = [
    ['', 'an empty body: something had read the stream before'],
    ['{}', 'an empty object: the body had not been parsed'],
    ['[object Object]', '"[object Object]": a parsed object was turned into text'],
    ['undefined', '"undefined": the raw body was not there'],
    ['null', '"null": the raw body was not there'],
    ['None', '"None": the raw body was not there'],
    ['Array', '"Array": a parsed array was turned into text'],
  ];
  for (const [text, covers] of texts) yield other(utf8(text), covers);
}

const STATUSES = new Set(Object.values(OUTCOMES).map(({ status }) => status));

/** The same event with another status, order or adjustment: what its own event_id contradicts, or who changes it gains. */
function* changedValues(json: JsonText): Generator<BodyForm> {
  const members = membersOf(json);
  const replaced = (start: number, end: number, value: string) =>
    utf8(json.text.slice(0, start) + value + json.text.slice(end));
  for (const { name, start, end } of members) {
    const now = json.text.slice(start, end);
    if (name === 'status')
      for (const status of STATUSES)
        yield other(
          replaced(start, end, JSON.stringify(status)),
          `a body with the status "${status}": the status was changed`,
        );
    if (name === 'is_adjusted' && (now === 'true' || now === 'false')) {
      const before = now === 'true' ? 'false' : 'true';
      yield other(replaced(start, end, before), `a body with is_adjusted ${before}: it was changed`);
    }
  }
  const plain = { comma: ',', colon: ':', text: TEXTS.asIs, number: NUMBERS.asIs };
  yield other(utf8(written(json, { ...plain, withoutNulls: true })), 'the JSON without its null fields');
  const numeric = (raw: string) => (/^"-?\d{1,15}(\.\d+)?"$/.test(raw) ? numberOf(raw) : TEXTS.php(raw));
  yield other(
    utf8(written(json, { ...plain, text: numeric })),
    'the JSON with numbers in place of numeric texts, as JSON_NUMERIC_CHECK writes it',
  );
  yield other(utf8(pythonic(json)), 'a Python dict turned into text by str()');
}

function numberOf(raw: string): string {
  const text = raw.slice(1, -1);
  return NUMBERS.php(text.replace(/^(-?)0+(?=\d)/, '$1'));
}

function pythonic(json: JsonText): string {
  const text = (raw: string) => {
    const value = JSON.parse(raw) as string;
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    const inner = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
    return quote + (quote === "'" ? inner.replaceAll("'", "\\'") : inner) + quote;
  };
  const literals = { null: 'None', true: 'True', false: 'False' };
  return written(json, {
    comma: ', ',
    colon: ': ',
    text,
    number: NUMBERS.float,
    literal: (raw) => literals[raw as keyof typeof literals],
  });
}

function* repacked(body: Uint8Array, text: string | undefined, unpack: Unpack): Generator<BodyForm> {
  const unpacked = unpack(body);
  if (unpacked) {
    yield other(unpacked, 'the unpacked body: what came is still compressed');
    const json = readJson(decoded(unpacked, 'utf-8')?.replace(/^\u{feff}/u, '') ?? '');
    for (const [layout, style] of json ? LAYOUTS : [])
      if (json)
        yield other(
          utf8(written(json, { ...style, text: TEXTS.asIs, number: NUMBERS.asIs })),
          `the unpacked body, ${layout}: what came is still compressed`,
        );
  }
  const dechunked = text === undefined ? undefined : unchunked(text);
  if (dechunked !== undefined) yield other(utf8(dechunked), 'the body without the chunks of HTTP around it');
  const end = body.findLastIndex((byte) => byte !== 0) + 1;
  if (end < body.length) yield other(body.subarray(0, end), 'the body without the zero bytes at its end');
  const fromText = text === undefined ? undefined : fromBase64(text.trim());
  if (fromText) yield other(fromText, 'the bytes behind the body, which is still base64');
  yield other(utf8(latin1(body)), 'the body read as Latin-1 and written as UTF-8');
  const utf16 = decoded(body, 'utf-16le');
  if (utf16 !== undefined) yield other(utf8(utf16), 'the body in UTF-8: what came is UTF-16');
  if (text === undefined) {
    const windows = decoded(body, 'windows-1251');
    if (windows !== undefined) yield other(utf8(windows), 'the body in UTF-8: what came is Windows-1251');
    return;
  }
  const narrow = Uint8Array.from(text, (character) => character.charCodeAt(0));
  if (!/[^\0-\xff]/.test(text)) yield other(narrow, 'the body in Latin-1: what came is UTF-8');
  if (/[^\0-\x7f]/.test(text)) {
    yield other(utf8(text.replace(/[^\0-\x7f]/gu, '?')), 'the body with "?" for each non-ASCII character');
    yield other(utf8(text.replace(/[^\0-\x7f]/g, '?')), 'the body with "?" for each non-ASCII character');
    yield other(utf8(text.normalize('NFC')), 'the body in Unicode form NFC');
    yield other(utf8(text.normalize('NFD')), 'the body in Unicode form NFD');
  }
  yield other(utf8(JSON.stringify(text)), 'the body as a JSON text: it was serialized twice');
  const inner = text.startsWith('"') ? parsedText(text) : undefined;
  if (inner !== undefined) yield other(utf8(inner), 'the text in the body: what came was serialized twice');
  yield other(utf8(bytesLiteral(body)), 'Python bytes turned into text by str()');
  yield other(utf8(encodeHtml(text)), 'the body with HTML escapes');
  const unescaped = decodeHtml(text);
  if (unescaped !== text) yield other(utf8(unescaped), 'the body before its HTML escapes');
  const plain = formDecoded(text);
  if (plain !== undefined && plain !== text) {
    yield other(utf8(plain), 'the body before its URL encoding');
    yield other(
      utf8(plain.replace(/^[\w-]{1,40}=/, '')),
      'the form field in the body, before its URL encoding',
    );
  }
  if (body.length < LARGEST_LIST) {
    yield other(utf8(base64(body)), 'the body in base64');
    yield other(
      utf8(JSON.stringify({ type: 'Buffer', data: Array.from(body) })),
      'a Buffer that was serialized as JSON',
    );
  }
}

/** `1a\r\n…\r\n0\r\n\r\n`, of one chunk; of ASCII, where characters are bytes. */
function unchunked(text: string): string | undefined {
  const [, length, inner = ''] = /^([0-9a-f]{1,6})\r\n([^]*)\r\n0\r\n\r\n$/i.exec(text) ?? [];
  return length !== undefined && utf8(inner).length === parseInt(length, 16) ? inner : undefined;
}

/** `b'…'` */
function bytesLiteral(body: Uint8Array): string {
  const inner = latin1(body)
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(/[^\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  if (inner.includes("'") && !inner.includes('"')) return `b"${inner}"`;
  return `b'${inner.replaceAll("'", "\\'")}'`;
}

/** Bytes, for forms that are several times as long as the body. */
const LARGEST_LIST = 65_536;

function base64(body: Uint8Array): string {
  let text = '';
  // A multiple of 3 bytes has no padding, and few enough can be arguments of one call.
  for (let at = 0; at < body.length; at += 3072) text += encoded(body.subarray(at, at + 3072), 'base64');
  return text;
}

function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function parsedText(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

const HTML: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#039;'],
];

function encodeHtml(text: string): string {
  return HTML.reduce((escaped, [character, entity]) => escaped.replaceAll(character, entity), text);
}

function decodeHtml(text: string): string {
  return HTML.reduceRight((plain, [character, entity]) => plain.replaceAll(entity, character), text);
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
