import type { Span } from '../document/positions';
import { looksLikeKey } from './standIn';

const HEADER = 'x-api-key';
const VARIABLE = 'eccaex_api_key';

/** Texts of which one stands wherever a key is written into a request or a variable, in any case. */
export const KEY_NAMES = [HEADER, VARIABLE] as const;

/** The header that carries a key, and the variables that a key comes from. */
const ANCHOR = new RegExp(`${HEADER}|${VARIABLE}(?:_[a-z0-9]{1,20}){0,3}`, 'gi');

/** Variables with the path or the name of what holds a key. */
const ELSEWHERE = /_(?:file|path|name|id|ref|arn|uri|url)$/i;

/** How far after the name its value can stand, and how far before, in characters. */
const AFTER = 800;
const BEFORE = 400;

/** Of one text no more are looked at: nobody writes so many. */
const MOST_ANCHORS = 5_000;

const QUOTE = String.raw`\\?["'\`]`;
const VALUE = String.raw`[^"'\`\\\r\n]{1,600}`;

/** `"X-Api-Key": "…"`, `['X-Api-Key'] = '…'`, `.set("X-Api-Key", "…")`, `"X-Api-Key" => "…"`, `"X-Api-Key": {"…"}`. */
const QUOTED_NAME = new RegExp(
  String.raw`^${QUOTE}\s{0,9}\]?\s{0,9}(?::|=>?|,|->|to\b)\s{0,99}(?:\/\*[^*]{0,99}\*\/\s{0,9})?(?:HeaderValue::from_static\(|List\.of\(|\[|\{)?\s{0,9}@?[bfru]?(${QUOTE})(?<value>${VALUE})\1`,
  'd',
);

/** `X-Api-Key: "…"`, `ECCAEX_API_KEY_DEV="…"`. */
const QUOTED_VALUE = new RegExp(
  String.raw`^[ \t]{0,9}(?::=|[:=]{1,2}|=>)[ \t]{0,9}@?(${QUOTE})(?<value>${VALUE})\1`,
  'd',
);

/** `"X-Api-Key: " + "…"`, `'X-Api-Key: ' . '…'`. */
const JOINED = new RegExp(
  String.raw`^:[ \t]{0,9}(${QUOTE})\s{0,9}[+.]\s{0,9}[bfru]?(${QUOTE})(?<value>${VALUE})\2`,
  'd',
);

/** `process.env.ECCAEX_API_KEY_DEV || "…"`, `?? '…'`; `${ECCAEX_API_KEY_DEV:-…}`. */
const OTHERWISE = new RegExp(
  String.raw`^(?:${QUOTE}\])?\s{0,9}(?:\|\||\?\?)\s{0,9}(${QUOTE})(?<value>${VALUE})\1`,
  'd',
);
const DEFAULT = /^:?[-=](?<value>[^\s"'`\\{}$]{1,600})\}/d;

/** `<X-Api-Key>…</`, `<key>X-Api-Key</key><string>…</`, `<string name="ECCAEX_API_KEY">…</`. */
const ELEMENT =
  /^(?:"[^<>]{0,99})?(?:<\/[\w.-]{1,40}>\s{0,99}<[\w.-]{1,40})?>\s{0,99}(?<value>[^\s<>"'&]{1,600})\s{0,99}<\//d;

/** The value of a YAML entry on a line of its own. */
const NEXT_LINE =
  /^"?'?:[ \t]{0,9}(?:[|>]-?[ \t]{0,9})?\r?\n[ \t]{1,40}(?<value>[^\s"'`:{}]{1,600})[ \t]{0,9}(?=\r?\n|$)/d;

/** `X-Api-Key: …`, `ECCAEX_API_KEY_DEV=…`; to the end of the line, the quote or the word. */
const BARE =
  /^[ \t]{0,9}(?:[:=]{1,2})[ \t]{0,9}(?<value>[\w+/=~.$%<>{}@:|!#&*?^-]{1,600}?)(?=$|[\s"'`\\,;)]|[\^|](?:$|\s)|&(?:quot|apos|#39|#34|#x27);|\}(?:$|[\s}]))/d;

/** `const ECCAEX_API_KEY_DEV = key;` has the name of a variable there, so that more is asked of the value. */
const ASSIGNED = /^[ \t]{1,9}=/;

/** `ENV ECCAEX_API_KEY_DEV …`, `setx ECCAEX_API_KEY_DEV …`, `set -gx ECCAEX_API_KEY_DEV …`. */
const AFTER_SPACE = new RegExp(String.raw`^[ \t]{1,9}(${QUOTE}|)(?<value>[^\s"'\`\\]{1,600})\1`, 'd');

/** `{"key": "X-Api-Key", "value": "…"}`, `- name: X-Api-Key` and `value: …`, `name="X-Api-Key" value="…"`. */
const NAMED_BEFORE = new RegExp(
  String.raw`\b(?:key|name|header)${QUOTE}?(?:\s{0,9}:\s{0,9}|=)(?:${QUOTE})?$`,
  'i',
);
const NAMED_AFTER = new RegExp(
  String.raw`^(?:${QUOTE})?(?<between>[^{}]{0,200}?)\bvalue(?:${QUOTE})?(?:\s{0,9}:\s{0,9}|=)(${QUOTE}|)(?<value>[^\s"'\`\\,]{1,600})\2`,
  'd',
);
/** The same with the value first. */
const NAMED_VALUE_FIRST = new RegExp(
  String.raw`\bvalue(?:${QUOTE})?(?:\s{0,9}:\s{0,9}|=)(${QUOTE})(?<value>${VALUE})\1[^{}]{0,200}$`,
  'd',
);

/** How Postman keeps its API key authorization: `{"key":"value","value":"…"},{"key":"key","value":"X-Api-Key"}`. */
const POSTMAN =
  /"key"\s{0,9}:\s{0,9}"value"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}"(?<value>[^"\\\r\n]{1,600})"/d;
const POSTMAN_BEFORE = /"key"\s{0,9}:\s{0,9}"key"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}"$/;

/** `setValue("…", forHTTPHeaderField: "X-Api-Key")`. */
const COCOA =
  /(?:set|add)Value[(:]\s{0,9}@?"(?<value>[^"\r\n]{1,600})"\s{0,9},?\s{0,99}forHTTPHeaderField:\s{0,9}@?"$/d;

/** The likeliest first. */
const WRITTEN = [QUOTED_NAME, JOINED, QUOTED_VALUE, OTHERWISE, DEFAULT, ELEMENT, NEXT_LINE];

/** Places where a key is written into a request or a variable, instead of a placeholder. In the order of the text. */
export function literalKeysIn(text: string): Span[] {
  const found = new Map<number, Span>();
  let anchors = 0;
  for (const { 0: name, index } of text.matchAll(ANCHOR)) {
    if (++anchors > MOST_ANCHORS) break;
    const span = ELSEWHERE.test(name) ? undefined : literalAt(text, index, name);
    if (span && looksLikeKey(text.slice(span.offset, span.offset + span.length)))
      found.set(span.offset, span);
  }
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

function literalAt(text: string, start: number, name: string): Span | undefined {
  const end = start + name.length;
  const from = Math.max(0, start - BEFORE);
  const before = text.slice(from, start);
  const after = text.slice(end, end + AFTER);

  const cocoa = place(COCOA.exec(before), from);
  if (cocoa) return cocoa;
  if (POSTMAN_BEFORE.test(before))
    return place(POSTMAN.exec(before), from) ?? place(POSTMAN.exec(after), end);
  // `--header='X-Api-Key: …'` is no name whose value stands elsewhere.
  if (!after.startsWith(':') && NAMED_BEFORE.test(before))
    return named(before, after, from, end) ?? place(ELEMENT.exec(after), end);
  if (/\b(?:ENV|setx|setenv|set(?:[ \t]+-\w+)*)[ \t]+$/.test(before)) {
    const spaced = place(AFTER_SPACE.exec(after), end);
    if (spaced) return spaced;
  }
  const quoted = place(WRITTEN.map((pattern) => pattern.exec(after)).find((match) => match) ?? null, end);
  if (quoted) return quoted;
  const bare = place(BARE.exec(after), end);
  if (!bare || !ASSIGNED.test(after)) return bare;
  const value = text.slice(bare.offset, bare.offset + bare.length);
  return value.length >= 16 && value.replace(/\D/g, '').length >= 2 ? bare : undefined;
}

function named(before: string, after: string, from: number, end: number): Span | undefined {
  const next = NAMED_AFTER.exec(after);
  // What comes after another name is the value of that.
  const isOfNext = /\b(?:key|name)\b.{0,3}[:=]/.test(next?.groups?.['between'] ?? '');
  if (next && !isOfNext) return place(next, end);
  return place(NAMED_VALUE_FIRST.exec(before), from);
}

function place(match: RegExpExecArray | null, offset: number): Span | undefined {
  const indices = match?.indices?.groups?.['value'];
  return indices && { offset: offset + indices[0], length: indices[1] - indices[0] };
}
