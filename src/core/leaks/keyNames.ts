import type { Span } from '../document/positions';
import { indentationAt, lineStartAt } from './tokens';

/** A header or variable whose value is a key. */
export interface KeyName extends Span {
  /** Whether it can be the name of a variable in code: it has no hyphen and no dot. */
  readonly isIdentifier: boolean;
  /** Whether it stands in `${…}`, where what follows it is a default. */
  readonly isExpansion: boolean;
  /** Absent where the value is an API key. */
  readonly isWebhookSecret?: true;
}

/** A name and what can belong to it: nothing beyond the names before and after it. */
export interface NamedPlace {
  readonly text: string;
  readonly name: KeyName;
  readonly from: number;
  readonly to: number;
}

/** Texts of which one stands wherever a key is written into a request or a variable, in any case. */
export const KEY_NAME_HINTS = ['x-api-key', 'x_api_key', 'xapikey', 'eccaex', 'ecca_ex', 'ecca-ex'] as const;

/** `X-Api-Key`, `x_api_key`, `xApiKey`; `ECCAEX_API_KEY`, `eccaexApiKey`, `eccaex.api-key`, `Eccaex:ApiKey`, `Eccaex__ApiKey`. */
const NAME =
  /x[-_]?api[-_]?key|ecca[-_]?ex(?:\/|::\$?(?:set_?)?|->(?:set_?)?|\.set_?|["']\]\[["']|\.api\\-|\\[-.])(?:api[-_.]?)key|ecca[-_]?ex(?:[-_.:]{0,2}(?:merchant|prod(?:uction)?|live|staging|stage|test|dev))?[-_.:]{0,2}(?:api[-_.]?)?key/;

/** `ECCAEX_WEBHOOK_SECRET`, `eccaexWebhookSigningSecret`, `eccaex.webhook-secret`, `EccaEx:Prod:WebhookSecret`. */
const WEBHOOK_NAME =
  /ecca[-_]?ex(?:[-_.:]{0,2}(?:merchant|prod(?:uction)?|live|staging|stage|test|dev))?[-_.:]{0,2}webhooks?[-_.:]{0,2}(?:signing[-_.]?)?secret/;

/** `eccaex:`, `"Eccaex": {`, `[eccaex]`, `new EccaEx({`: what the key is called in a block of this is `apiKey` alone. */
const SECTION = /(?<section>ecca[-_]?ex\w{0,30})/;
const OPENS_SECTION =
  /["'\]]{0,2}(?:\.\w{1,20} do\b|\.\w{1,20}\]|(?:(?:\.|::)\w{1,20}){1,3}(?=[({])|,(?= \w)|,)?\s{0,9}(?:\n|=>?|[:{(>]|\|\w{1,20}\||(?<=,\s{1,9})(?=api))/y;
const IN_SECTION =
  /[\n{}()[\]]|(?<=["'`<\s{,(.:-])api[-_]?key(?![a-z])|(?<=["'\s[{,])key(?=["']?\s{0,9}=)|x[-_]?api[-_]?key|ecca[-_]?ex(?:[-_.:]{0,2}api|["']?\s?[:={(])|(?<=["'`<\s{,(.:-])webhook[-_]?(?:signing[-_]?)?secret(?![a-z])/gi;
/** How long a section is read, in characters. */
const SECTION_REACH = 600;
/** Brackets within brackets, in a block of settings: a text of openings alone is none. */
const DEEPEST_SECTION = 8;

/** What holds values that are encrypted. */
const ENCRYPTED = /encryptedData|encrypted["']?\s{0,3}[:=]\s{0,3}(?:\{|\r?\n)/g;
/** How far from {@link ENCRYPTED} a name is looked at, in characters. */
const SEALED_REACH = 2_000;

/** `_PROD`, `-dev`, `Staging`. */
const SUFFIX = /[-_]{0,2}[A-Za-z0-9]{1,40}/y;

/** What a name ends in where its value is not the key, and can look like one: an address or a digest of it. */
const ABOUT =
  /^(?:file|path|dir|name|ids?|uuid|ref|arn|uri|url|hash|sha\d*|md5|hmac|digest|fingerprint|checksum|signature|header|prefix|vault|version|item|salt|nonce|enc(?:rypted)?|ciphertext|kms|commit|revision|by|rotat(?:ed|ion)|alias|label|last\d*|created|changed|updated|expires|owner|parameter|region|pattern|regexp?)$/i;
/** A part of a name that is about a key of another kind. */
const OF_ANOTHER = /^(?:kms|pgp|gpg|ssh|vault|cache|proto)$/i;
/** `checksum/eccaex-api-key`, `agent-inject-secret-eccaex-api-key`: what it is about stands before the name. */
const ABOUT_BEFORE = /(?:checksum|hash|digest|sha\d{0,3}|fingerprint|inject-secret|inject-template)[-_/.]$/i;
/** `eccaex-api-key.tar.gz`: a file is called by the name. */
const FILE_EXTENSION =
  /\.(?:tar|t?gz|zip|whl|[cm]?[jt]sx?|py|go|rb|php|java|kt|cs|swift|rs|dart|md|mdx|txt|html?|css|pem|lock|sh|svg|png|map)\b/y;

/** In characters: a name that goes on for longer is none. */
const LONGEST_SUFFIX = 60;

/** In the order of the text; none overlaps another. */
export function keyNamesIn(text: string): KeyName[] {
  const found = [...namesIn(text)].sort((a, b) => a.offset - b.offset);
  let end = 0;
  return found.filter(({ offset, length }) => offset >= end && (end = offset + length) > 0);
}

function* namesIn(text: string): Generator<KeyName> {
  const names = new RegExp(`${NAME.source}|${WEBHOOK_NAME.source}|${SECTION.source}`, 'gi');
  for (let match = names.exec(text); match; match = names.exec(text)) {
    const isSection = match.groups?.['section'] !== undefined;
    const all = isSection ? keysOfSection(text, match.index + match[0].length) : [match];
    for (const [place, { 0: name, index }] of all.entries()) {
      const start = index + name.length;
      const isExpansion = text.slice(Math.max(0, index - 8), index).includes('${');
      const end = endOfSuffix(text, start, isExpansion);
      if (place === 0) names.lastIndex = end;
      if (isInnerOfWord(text, index) || isAbout(text.slice(start, end)) || isOfFile(text, index, end))
        continue;
      const isIdentifier = !/[-.:]/.test(text.slice(index, end));
      const kind = isOfWebhook(name) ? ({ isWebhookSecret: true } as const) : {};
      yield { offset: index, length: end - index, isIdentifier, isExpansion, ...kind };
    }
  }
}

const isOfWebhook = (name: string) => /webhook/i.test(name);

interface SectionName {
  readonly 0: string;
  readonly index: number;
}

/** The names of the key and of the webhook secret in a block that begins at a place, in the order of the text. */
function keysOfSection(text: string, from: number): readonly SectionName[] {
  OPENS_SECTION.lastIndex = from;
  const [opening] = OPENS_SECTION.exec(text) ?? [];
  if (opening === undefined) return [];
  const keys: SectionName[] = [];
  const isTable = opening.includes(']');
  const start = from + opening.length - (/[\s{(]$/.test(opening) ? 1 : 0);
  const isBraced = /^\s{0,9}[{([]/.test(text.slice(start, start + 10));
  let depth = 0;
  let indentation: number | undefined;
  for (const found of text.slice(start, start + SECTION_REACH).matchAll(IN_SECTION)) {
    const { 0: what, index } = found;
    if (what.length > 1) {
      const isOther = !/^(?:api|key|webhook)/i.test(what);
      if (isOther || keys.some(({ 0: known }) => isOfWebhook(known) === isOfWebhook(what))) break;
      keys.push({ 0: what, index: start + index });
    } else if (what === '\n') {
      const next = start + index + 1;
      indentation ??= indentationAt(text, lineStartAt(text, from));
      if (depth === 0 && !isTable && indentationAt(text, next) <= indentation) break;
      if (isTable && text[next] === '[') break;
    } else if ('{(['.includes(what)) {
      if (++depth > DEEPEST_SECTION) break;
    } else if (--depth < (isBraced ? 1 : 0)) break;
  }
  return keys;
}

/** `foxapikey` is no name; `headerXApiKey` is. */
function isInnerOfWord(text: string, at: number): boolean {
  const first = text.charAt(at);
  return (
    /x/i.test(first) && /[A-Za-z0-9]/.test(text.charAt(at - 1)) && !/[a-z]X/.test(text.charAt(at - 1) + first)
  );
}

/** A hyphen ends the name in `${NAME-default}`. */
function endOfSuffix(text: string, start: number, isExpansion: boolean): number {
  let end = start;
  while (end - start < LONGEST_SUFFIX && !(isExpansion && text[end] === '-')) {
    SUFFIX.lastIndex = end;
    const [part] = SUFFIX.exec(text) ?? [];
    if (part === undefined) break;
    end += part.length;
  }
  return end;
}

function isAbout(suffix: string): boolean {
  const parts = suffix.split(/[-_]|(?<=[a-z0-9])(?=[A-Z])/);
  return ABOUT.test(parts.at(-1) ?? '') || parts.some((part) => OF_ANOTHER.test(part));
}

function isOfFile(text: string, start: number, end: number): boolean {
  FILE_EXTENSION.lastIndex = end;
  return ABOUT_BEFORE.test(text.slice(Math.max(0, start - 20), start)) || FILE_EXTENSION.test(text);
}

/** `case 'X-Api-Key':`: what comes after it are statements of their own. */
export function isLabel({ text, name: { offset, length } }: NamedPlace): boolean {
  return (
    /\bcase\s{1,9}["'`]?$/.test(text.slice(Math.max(0, offset - 20), offset)) &&
    /^["'`]?\s{0,9}:/.test(text.slice(offset + length, offset + length + 12))
  );
}

/** Whether a name stands among encrypted values, such as those of a sealed secret: they look like keys. */
export function isEncrypted({ text, name: { offset } }: NamedPlace): boolean {
  const before = text.slice(Math.max(0, offset - SEALED_REACH), offset);
  if (!before.includes('encrypted')) return false;
  const parent = [...before.matchAll(ENCRYPTED)].at(-1)?.index ?? -1;
  if (parent < 0) return false;
  const inside = before.slice(parent);
  if (inside.split('{').length < inside.split('}').length) return false;
  const indentation = indentationAt(before, lineStartAt(before, parent));
  const lines = before.slice(parent).split('\n').slice(1);
  return lines.every((line) => line.trim() === '' || indentationAt(line, 0) > indentation);
}
