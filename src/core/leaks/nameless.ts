import type { Span } from '../document/positions';
import { indentationAt, lineStartAt, tokenAt } from './tokens';
import { bareAt, keyIn, unwrapped } from './values';

/** `new EccaEx(`, `eccaex.NewClient(`, `EccaEx::Client.new(`, `EccaEx.builder().apiKey(`, with a text as the first argument. */
const CONSTRUCTS =
  /\becca[-_]?ex(?:client|api|sdk|merchant|gateway)?(?:(?:::|\\|\.|->)(?:new|newclient|client|api|init|create|connect|configure|with_?key)){0,2}(?:(?:\.builder\(\))?\.(?:with|set)?_?api_?key)?\(\s{0,40}(?=["'`])/gi;

/** The owner of credentials: `username: eccaex`. */
const OWNER = /\b(?:username|custom_id):[ \t]{1,9}["']?ecca[-_]?ex/gi;
const CREDENTIALS = /^[ \t]{0,60}keyauth_credentials:/;
const CREDENTIAL = /^[ \t]{0,60}-[ \t]{1,9}key:[ \t]{1,9}/;

/** An owner has fewer lines. */
const MOST_LINES = 12;

/** Keys that stand under our name without one of their own: the one argument of a client, the credentials of a consumer. */
export function* namelessKeysIn(text: string): Generator<Span> {
  for (const { 0: call, index } of text.matchAll(CONSTRUCTS)) {
    const token = tokenAt(text, index + call.length, text.length);
    const key = token?.kind === 'text' ? keyIn(text, unwrapped(text, token.span), true) : undefined;
    if (key) yield key;
  }
  for (const { index } of text.matchAll(OWNER)) {
    const key = keyIn(text, credentialOf(text, index));
    if (key) yield key;
  }
}

function credentialOf(text: string, owner: number): Span | undefined {
  const column = owner - lineStartAt(text, owner);
  let hasCredentials = false;
  let at = owner;
  for (let count = 0; count < MOST_LINES; count++) {
    const next = text.indexOf('\n', at) + 1;
    if (next === 0) return undefined;
    at = next;
    const line = text.slice(at, at + 200);
    const [dash] = CREDENTIAL.exec(line) ?? [];
    if (hasCredentials && dash !== undefined) {
      const token = tokenAt(text, at + dash.length, text.length);
      return token?.kind === 'text'
        ? unwrapped(text, token.span)
        : bareAt(text, at + dash.length, text.length);
    }
    if (indentationAt(text, at) < column) return undefined;
    hasCredentials ||= CREDENTIALS.test(line);
  }
  return undefined;
}
