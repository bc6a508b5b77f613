import { API_KEY_HEADER } from '../contract/wire';
import { jsonEscape } from '../json';
import { parseDocument } from '../document/document';
import { withEdits } from '../document/positions';

/** Whose quoting a command line has. PowerShell's goes for Windows PowerShell 5.1, too. */
export type Shell = 'posix' | 'powershell';

/** What a cURL command sends. */
export interface CurlRequest {
  readonly url: string;
  /** The name of an environment variable that holds the key; a key that is no secret; or no key. */
  readonly key: { readonly variable: string } | { readonly publicKey: string } | undefined;
  /** JSON. */
  readonly body: string;
}

/** A command line that sends a request as the extension does: the same bytes in a POSIX shell, the same JSON in PowerShell. */
export function curlCommand(request: CurlRequest, shell: Shell): string {
  return shell === 'posix' ? posix(request) : powershell(request);
}

function posix({ url, key, body }: CurlRequest): string {
  return [
    `curl -X POST ${quoted(url)}`,
    ...keyHeader(key, (name) => `$${name}`, quoted),
    `-H ${quoted('Content-Type: application/json')}`,
    `--data-raw ${quoted(body)}`,
  ].join(' \\\n  ');
}

/**
 * The body goes through standard input: what Windows PowerShell 5.1 makes of quotes in an argument is not
 * what was written. It writes ASCII there, and a line end behind it, which JSON may have. Nothing in a body
 * ends the here-string, JSON or not: that takes a quote, or what PowerShell takes for one, before an `@`.
 */
function powershell({ url, key, body }: CurlRequest): string {
  const call = [
    `curl.exe -X POST ${quotedForPowerShell(url)}`,
    ...keyHeader(key, (name) => `$env:${name}`, quotedForPowerShell),
    `-H ${quotedForPowerShell('Content-Type: application/json')}`,
    `--data-binary '@-'`,
  ].join(' `\n  ');
  return `@'\n${asHereString(body)}\n'@ | ${call}`;
}

function keyHeader(
  key: CurlRequest['key'],
  variable: (name: string) => string,
  quote: (text: string) => string,
): string[] {
  if (!key) return [];
  if ('variable' in key) return [`-H "${API_KEY_HEADER}: ${variable(key.variable)}"`];
  return [`-H ${quote(`${API_KEY_HEADER}: ${key.publicKey}`)}`];
}

/** In single quotes a POSIX shell takes all but these as it stands, line ends and `!` among it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** PowerShell takes typographic quotes for quotes. */
function quotedForPowerShell(text: string): string {
  return `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** In JSON, what is not ASCII stands in strings, and so does an `@`, or it is no JSON. */
function asHereString(json: string): string {
  return json.replace(/(?<=')@|[\u0080-\uffff]/g, jsonEscape);
}

/** A text without its comments and trailing commas: JSON, where nothing else is wrong with it. */
export function plainJson(text: string): string {
  const { comments, trailingCommas } = parseDocument(text);
  return withEdits(
    text,
    [...comments, ...trailingCommas].map((span) => ({ span, text: '' })),
  );
}
