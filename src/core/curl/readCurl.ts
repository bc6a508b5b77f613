import { CREATE_INVOICE } from '../contract/endpoints';
import { API_KEY_HEADER } from '../contract/wire';
import { parseDocument } from '../document/document';
import { prettyJson } from '../response/prettyJson';
import { looksLikeKey } from '../leaks/standIn';
import { OpenQuote } from './posixWords';
import { commandLineOf, type CommandLine } from './shellWords';

/** An address of the endpoint that creates. */
const CREATES = new RegExp(`/${CREATE_INVOICE.path}/?(?:[?#]|$)`);

/** Why a text gives no request. `body-in-file`: the command reads the body from a file. */
export type CurlFault =
  'too-long' | 'no-command' | 'open-quote' | 'other-endpoint' | 'no-body' | 'body-in-file';

export type CurlReading =
  | {
      readonly ok: true;
      /** The body as it is written; one that is a single line of JSON is laid out. */
      readonly body: string;
      /** Scheme, host and port that the command sends to, where it names them. */
      readonly origin: string | undefined;
      /** What stands in the key's header, unless it only stands for a key. */
      readonly key: string | undefined;
    }
  | { readonly ok: false; readonly fault: CurlFault };

/** cURL's options with a value, as its manual lists them, by what they are read for here. */
const DATA: ReadonlySet<string> = new Set([
  '-d',
  '--data',
  '--data-ascii',
  '--data-binary',
  '--data-raw',
  '--json',
]);
const HEADER: ReadonlySet<string> = new Set(['-H', '--header']);
/** Short ones whose value is of no use here, and would else be taken for the address. */
const OTHER_SHORT = 'AbcCDeEFhKmoPQrtTuUwxXyYz';

/** In UTF-16: longer than any request. */
const LONGEST = 1024 * 1024;

/** Reads a cURL command that creates an invoice, as people, browsers and Postman write it. */
export function readCurl(text: string): CurlReading {
  if (text.length > LONGEST) return { ok: false, fault: 'too-long' };
  let line: CommandLine | undefined;
  try {
    line = commandLineOf('curl', text);
  } catch (error) {
    if (!(error instanceof OpenQuote)) throw error;
    return { ok: false, fault: 'open-quote' };
  }
  if (!line) return { ok: false, fault: 'no-command' };
  const { url, data, headers } = optionsOf(line.words.slice(1));
  if (url === undefined || !CREATES.test(url)) return { ok: false, fault: 'other-endpoint' };
  const body = bodyOf(data, line.input);
  if (typeof body !== 'string') return { ok: false, fault: body.fault };
  return { ok: true, body: laidOut(body), origin: originOf(url), key: keyIn(headers) };
}

interface Options {
  readonly url: string | undefined;
  readonly data: readonly { readonly option: string; readonly value: string }[];
  readonly headers: readonly string[];
}

function optionsOf(words: readonly string[]): Options {
  const data: { option: string; value: string }[] = [];
  const headers: string[] = [];
  const addresses: string[] = [];
  let named: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      addresses.push(word);
      continue;
    }
    const { option, attached } = optionIn(word);
    if (option === undefined) continue;
    const value = attached ?? words[++at] ?? '';
    if (DATA.has(option)) data.push({ option, value });
    else if (HEADER.has(option)) headers.push(value);
    else if (option === '--url') named ??= value;
  }
  // The value of a long option that is not known here looks like an address, too.
  const all = named === undefined ? addresses : [named, ...addresses];
  const url = all.find((address) => address.includes(`/${CREATE_INVOICE.path}`)) ?? all[0];
  return { url, data, headers };
}

/** `-sSd`, `-d{}` and `--data`: the option that takes a value, and that where it stands in the same word. */
function optionIn(word: string): { readonly option?: string; readonly attached?: string } {
  if (word.startsWith('--'))
    return DATA.has(word) || HEADER.has(word) || word === '--url' ? { option: word } : {};
  for (let at = 1; at < word.length; at++) {
    const option = `-${word.charAt(at)}`;
    if (!DATA.has(option) && !HEADER.has(option) && !OTHER_SHORT.includes(word.charAt(at))) continue;
    const attached = word.slice(at + 1);
    return attached === '' ? { option } : { option, attached };
  }
  return {};
}

function bodyOf(data: Options['data'], input: string | undefined): string | { readonly fault: CurlFault } {
  const parts: string[] = [];
  for (const { option, value } of data) {
    if (option === '--data-raw' || !value.startsWith('@')) parts.push(value);
    else if (value === '@-' && input !== undefined) parts.push(input);
    else return { fault: 'body-in-file' };
  }
  const body = parts.join('&');
  return body.trim() === '' ? { fault: 'no-body' } : body;
}

function laidOut(body: string): string {
  const text = withoutWindowsEscapes(body.trim());
  // What is no JSON, or nested without end, is left as it is.
  if (text.includes('\n') || parseDocument(text).syntaxError) return `${text}\n`;
  return `${prettyJson(text)}\n`;
}

/** Windows PowerShell 5.1 hands `\"` on as `"`, so that people write it in single quotes, too. */
function withoutWindowsEscapes(text: string): string {
  if (!/^[[{]\s*\\"/.test(text)) return text;
  return text.replace(/\\([\\"])/g, '$1');
}

function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  return origin === 'null' ? undefined : origin;
}

function keyIn(headers: readonly string[]): string | undefined {
  for (const header of headers) {
    const colon = header.indexOf(':');
    if (header.slice(0, colon).trim().toLowerCase() !== API_KEY_HEADER.toLowerCase()) continue;
    const value = header.slice(colon + 1).trim();
    if (looksLikeKey(value)) return value;
  }
  return undefined;
}
