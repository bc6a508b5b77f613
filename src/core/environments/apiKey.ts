import { list } from '../phrases';

export type ApiKeyFault = 'empty' | 'control-character' | 'not-header-text' | 'placeholder';

/** Why a text is not a key, and what to do about it. */
export const KEY_FAULTS: Readonly<Record<ApiKeyFault, string>> = {
  empty: 'The key is empty.',
  'control-character':
    'The key contains a line break or another control character. Copy the key again, by itself.',
  'not-header-text':
    'The key contains a character that an HTTP header cannot carry. Copy the key again, by itself.',
  placeholder: 'This is a placeholder, not a key. Copy the key from the merchant dashboard.',
};

/**
 * A merchant's key. It shows its fingerprint wherever it is printed by accident; only
 * {@link ApiKey.reveal} gives the value, for the one header and for SecretStorage.
 */
export class ApiKey {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  /** Reads a key as this program stored it; white space around it is cut off. */
  static parse(text: string): ApiKey | ApiKeyFault {
    const value = text.trim();
    if (value === '') return 'empty';
    if (/\p{Cc}/u.test(value)) return 'control-character';
    // RFC 9110, 5.5: a field value is best limited to US-ASCII.
    if (!/^[\x20-\x7e]+$/.test(value)) return 'not-header-text';
    return new ApiKey(value);
  }

  /**
   * Reads a key as people have it: what they typed or pasted, or what a variable holds. What is wrapped around
   * the key is removed ({@link removedWords} says what); a placeholder is not a key.
   */
  static entered(text: string): ApiKey | ApiKeyFault {
    const { value } = unwrap(text);
    return isPlaceholder(value) ? 'placeholder' : ApiKey.parse(value);
  }

  reveal(): string {
    return this.#value;
  }

  /** `••••` and the last 4 characters; the dots alone for a key so short that 4 would tell too much. */
  get fingerprint(): string {
    return this.#value.length < 12 ? '••••' : `••••${this.#value.slice(-4)}`;
  }

  equals(other: ApiKey): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return this.fingerprint;
  }

  toJSON(): string {
    return this.fingerprint;
  }
}

/** What {@link ApiKey.entered} removes from a text, as a sentence; `undefined` where it removes nothing. */
export function removedWords(text: string): string | undefined {
  const { removed } = unwrap(text);
  return removed.length === 0 ? undefined : `Removed ${list([...new Set(removed)])} around the key.`;
}

/** More layers than anybody has by accident. */
const MOST_LAYERS = 6;

/** Quotes, and what ends a statement or an item after them. Typographic ones are none: whatever set those can have changed the key itself. */
const QUOTED = /^(["'`])(.*)\1[;,]?$/s;

/** `X-Api-Key`, `ECCAEX_API_KEY_DEV`, `apiKey`. */
const WORD =
  '(?:[\\w-]{0,40}api[_-]?key[\\w-]{0,40}|authorization|eccaex_webhook_secret(?:_(?:dev|staging|prod))?)';

/** `X-Api-Key: `, also in quotes as in JSON, and `ECCAEX_API_KEY_DEV=` or `apiKey =` as where variables are set. */
const NAME = new RegExp(`^(["']?)(${WORD})\\1\\s*[:=]\\s*`, 'i');

/** An option of cURL, and what declares a variable. Where no name follows, it may be the key itself. */
const BEFORE_NAME = new RegExp(
  `^(?:(?:-H|--header)(?:\\s+|=)|(?:export|setx?|const|let|var)\\s+|\\$env:)(?=["'\`]?${WORD}["']?\\s*[:=])`,
  'i',
);
const SCHEME = /^bearer(?:\s+|$)/i;

function unwrap(text: string): { readonly value: string; readonly removed: readonly string[] } {
  const removed: string[] = [];
  let value = text.trim();
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    value = value.replace(BEFORE_NAME, '');
    const name = NAME.exec(value);
    const scheme = SCHEME.exec(value);
    const quoted = QUOTED.exec(value);
    if (name) {
      removed.push(`“${name[2] ?? ''}”`);
      value = value.slice(name[0].length).trim();
    } else if (scheme) {
      removed.push('“Bearer”');
      value = value.slice(scheme[0].length).trim();
    } else if (quoted) {
      removed.push('quotes');
      value = (quoted[2] ?? '').trim();
    } else break;
  }
  return { value, removed };
}

/** `${NAME}`, `$NAME`, `$env:NAME`, `$(command)`, `{{name}}`, `<your key>`, `%NAME%`, `[name]`, `__NAME__`. */
const VARIABLES: readonly RegExp[] = [
  /^\$(?:env:)?[a-z_]\w*$/i,
  /^\$\(.*\)$/s,
  /^<.*>$/s,
  /^\[.*\]$/s,
  /^%[^%]+%$/,
  /^__\w+__$/,
  /^(?:process\.env|import\.meta\.env)\b/,
];

/** A hidden or left-out value, or what is shown of it: `xxxx`, `****`, `...`, `••••cdef`. */
const MASKED = /^(?:[x*.•…]{3,}|\w{0,8}[*•…]{3,}\w{0,8})$/i;

/** What programs print where there is nothing, or where a secret is kept elsewhere: `null`, `op://vault/item`. */
const NO_VALUE = /^(?:null|nil|none|undefined|nan|true|false|\[object \w+\])$|^[a-z][a-z\d+.-]{1,20}:\/\//i;

/** Words that ask for a key; beside them there are only words that name one. */
const ASKING = new Set(
  'your insert enter paste replace change changeme placeholder todo example dummy here'.split(' '),
);
const NAMING = new Set(
  'my the me with this a merchant eccaex api apikey secret webhook signing access key token value dev staging prod'.split(
    ' ',
  ),
);

function isPlaceholder(value: string): boolean {
  if (VARIABLES.some((pattern) => pattern.test(value)) || MASKED.test(value)) return true;
  if (NO_VALUE.test(value)) return true;
  if (holds(value, '${', '}') || holds(value, '{{', '}}')) return true;
  const words = value.toLowerCase().split(/[^a-z0-9]+/);
  const named = words.filter((word) => word !== '' && !ASKING.has(word));
  return words.some((word) => ASKING.has(word)) && named.every((word) => NAMING.has(word));
}

function holds(value: string, opening: string, closing: string): boolean {
  const start = value.indexOf(opening);
  return start >= 0 && value.includes(closing, start);
}
