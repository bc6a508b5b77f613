import type { ApiKey } from '../environments/apiKey';
import { needlesOf } from './keyForms';

/** Takes the key out of what a server says: it may send back what it was sent, also in a URL, in JSON or in base64. */
export function redactor(key: ApiKey | undefined): (text: string) => string {
  if (!key) return (text) => text;
  const value = key.reveal();
  const forms = new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURI(value),
    encodeURIComponent(value),
    ...needlesOf(key).map(({ text }) => text),
  ]);
  // As a text, a fingerprint with `$&` in it would stand for the key.
  const instead = () => key.fingerprint;
  return (text) => {
    let rest = text;
    // Most texts are short and hold none: to look takes a quarter of the time.
    for (const form of forms) if (rest.includes(form)) rest = rest.replaceAll(form, instead);
    return rest;
  };
}

/** The same for several keys. */
export function redactorOf(keys: readonly { readonly key: ApiKey }[]): (text: string) => string {
  const redactors = keys.map(({ key }) => redactor(key));
  return (text) => redactors.reduce((rest, redact) => redact(rest), text);
}

/**
 * The same over a JSON text, whose strings can spell a key with escapes. What else the text holds stays as it is,
 * its layout too.
 */
export function redactedJson(text: string, redact: (text: string) => string): string {
  const plain = redact(text);
  if (!plain.includes('\\')) return plain;
  let result = '';
  let kept = 0;
  for (let start = plain.indexOf('"'); start >= 0;) {
    const { end, hasEscapes } = stringAt(plain, start);
    const literal = hasEscapes ? plain.slice(start, end) : '';
    const safe = hasEscapes ? redactedLiteral(literal, redact) : literal;
    if (safe !== literal) {
      result += plain.slice(kept, start) + safe;
      kept = end;
    }
    start = plain.indexOf('"', end);
  }
  return result + plain.slice(kept);
}

/** Where the string that begins at a quotation mark ends. */
function stringAt(text: string, start: number): { end: number; hasEscapes: boolean } {
  let hasEscapes = false;
  for (let place = start + 1; place < text.length; place++) {
    const character = text.charCodeAt(place);
    if (character === 0x22 /* " */) return { end: place + 1, hasEscapes };
    if (character === 0x5c /* \ */) {
      hasEscapes = true;
      place++;
    }
  }
  return { end: text.length, hasEscapes };
}

function redactedLiteral(literal: string, redact: (text: string) => string): string {
  try {
    const value = JSON.parse(literal) as string;
    const safe = redact(value);
    return safe === value ? literal : JSON.stringify(safe);
  } catch {
    return literal;
  }
}
