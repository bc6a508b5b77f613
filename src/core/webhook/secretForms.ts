import { encoded, fromBase64, fromHex, utf8, type SignatureScheme } from './signature';

/** What a secret may have been turned into before it became the key of the HMAC. */
export interface SecretForm {
  readonly bytes: Uint8Array;
  /** Completes "The signature was made with …", and holds nothing of the secret. */
  readonly madeWith: string;
  /** The setting that reads the secret so, where one does. */
  readonly secretEncoding?: SignatureScheme['secretEncoding'];
  /** One of those that are tried together with another fault. */
  readonly isUsual: boolean;
}

/** Hashes without a key. */
export type Hash = (algorithm: 'sha256' | 'md5', data: Uint8Array) => Uint8Array;

/** The most likely first; forms that are the same bytes as an earlier one are left out. */
export function secretForms(secret: string, hash: Hash): readonly SecretForm[] {
  const seen = new Set<string>();
  return [...textForms(secret), ...byteForms(secret, hash)].filter(({ bytes, secretEncoding }) => {
    // Two settings that give the same bytes are two schemes, and neither is the only one.
    const identity = `${secretEncoding ?? ''} ${encoded(bytes, 'hex')}`;
    const isNew = !seen.has(identity);
    seen.add(identity);
    return isNew;
  });
}

const WRAPPING = /^(['"`])(.*)\1$/s;
/** `whsec_`, `sk_live_`, `secret:`; and an assignment as in a shell or an .env file. */
const PREFIX = /^(?:[A-Za-z]{2,10}_(?:(?:live|test)_)?|[A-Za-z]{2,10}:\s*)(?=.)/;
/** Before a quote, where `=` cannot be the padding of base64. */
const ASSIGNMENT_AND_QUOTE = /^(?:export\s+|set\s+)?[A-Za-z_]\w*=\s*(?=['"`])/;
const ASSIGNMENT = /^(?:export\s+|set\s+)?[A-Za-z_]\w*=\s*/;

function* textForms(secret: string): Generator<SecretForm> {
  const form = (text: string, madeWith: string, isUsual = true): SecretForm => ({
    bytes: utf8(text),
    madeWith,
    isUsual,
  });
  yield { ...form(secret, 'the text of the secret'), secretEncoding: 'utf8' };
  const bare = secret.trim();
  if (bare !== secret) yield form(bare, 'the secret without the white space around it');
  yield form(`${bare}\n`, 'the secret and a line break after it');
  yield form(`${bare}\r\n`, 'the secret and a CRLF line break after it');
  yield form(`${bare}\r`, 'the secret and a carriage return after it', false);
  yield form(`${bare} `, 'the secret and a space after it');
  yield form(` ${bare}`, 'the secret and a space before it', false);
  yield form(`"${bare}"`, 'the secret in double quotes');
  yield form(`'${bare}'`, 'the secret in single quotes');
  yield form(`\u{feff}${bare}`, 'the secret and a byte order mark before it', false);
  yield form(bare.replace(/^\u{feff}/u, ''), 'the secret without its byte order mark', false);
  yield form(bare.replace(WRAPPING, '$2'), 'the secret without the quotes around it');
  yield form(bare.replace(PREFIX, ''), 'the secret without its prefix');
  yield form(bare.replace(ASSIGNMENT, ''), 'the secret without the name before it');
  yield form(unwrapped(secret), 'the secret without what is written around it');
  yield form(`Bearer ${bare}`, 'the secret and "Bearer" before it', false);
  yield form(`whsec_${bare}`, 'the secret and "whsec_" before it');
  yield form(bare.replace(/^Bearer\s+/i, ''), 'the secret without "Bearer"', false);
  yield form(bare.toLowerCase(), 'the secret in lower case', false);
  yield form(bare.toUpperCase(), 'the secret in upper case', false);
  yield form('', 'an empty secret: the variable was not set');
  for (const nothing of ['undefined', 'null', 'None'])
    yield form(nothing, `"${nothing}": the variable was not set`);
  yield form(bare.replace(/\s*#.*$/s, ''), 'the secret up to its "#", which began a comment', false);
  yield form(bare.replace(/\$.*$/s, ''), 'the secret up to its "$", which a shell expanded', false);
  yield form(bare.replace(/\$\w+/g, ''), 'the secret without what a shell expanded after its "$"', false);
  yield form(bare.replaceAll('\\n', '\n'), 'the secret with "\\n" as a line break', false);
  yield form(orSame(encodeURIComponent, bare), 'the URL-encoded secret', false);
  yield form(orSame(decodeURIComponent, bare), 'the secret before its URL encoding', false);
  const base64 = encodedText(bare);
  yield form(base64, 'the base64 of the secret, as text');
  yield form(`${base64}\n`, 'the base64 of the secret and a line break after it', false);
  yield form(encodedText(`${bare}\n`), 'the base64 of the secret and a line break', false);
  yield form(encoded(utf8(bare), 'hex'), 'the hex of the secret, as text');
}

/** A shell, an .env file or a person wrote more around the secret: its name, quotes, white space, a `\\n`. */
function unwrapped(secret: string): string {
  let text = secret;
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .trim()
      .replace(ASSIGNMENT_AND_QUOTE, '')
      .replace(WRAPPING, '$2')
      .replace(/(?:\\r)?\\n$/, '');
  }
  return text;
}

function* byteForms(secret: string, hash: Hash): Generator<SecretForm> {
  const bare = secret.trim();
  const unprefixed = bare.replace(PREFIX, '');
  const inner = unwrapped(secret);
  const form = (bytes: Uint8Array | undefined, madeWith: string, rest: Partial<SecretForm> = {}) =>
    bytes ? [{ bytes, madeWith, isUsual: true, ...rest }] : [];
  const base64Url = (text: string) => fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  const [hex, base64] = [fromHex(secret), fromBase64(secret)];
  yield* form(hex, 'the bytes that the secret spells in hex', { secretEncoding: 'hex' });
  yield* form(base64, 'the bytes that the secret spells in base64', { secretEncoding: 'base64' });
  yield* form(fromHex(bare), 'the bytes that the secret spells in hex, without white space');
  yield* form(fromBase64(bare), 'the bytes that the secret spells in base64, without white space');
  yield* form(base64Url(bare), 'the bytes that the secret spells in base64url');
  yield* form(fromBase64(unprefixed), 'the bytes that the secret spells in base64 after its prefix');
  yield* form(fromHex(unprefixed), 'the bytes that the secret spells in hex after its prefix');
  yield* form(base64Url(unprefixed), 'the bytes that the secret spells in base64url after its prefix');
  yield* form(fromHex(inner), 'the bytes that the secret spells in hex, without what is written around it');
  yield* form(
    fromBase64(inner),
    'the bytes that the secret spells in base64, without what is written around it',
  );
  const rare = { isUsual: false };
  const nested = base64 && fromBase64(asText(base64).trim());
  yield* form(nested, 'the bytes that the secret spells in base64 twice', rare);
  // A hash of a hash is what a "hashed secret" of a configuration comes to.
  for (const algorithm of ['sha256', 'md5'] as const) {
    const hashed = hash(algorithm, utf8(bare));
    const name = algorithm === 'md5' ? 'MD5' : 'SHA-256';
    yield* form(utf8(encoded(hashed, 'hex')), `the ${name} of the secret in hex, as text`, rare);
    yield* form(hashed, `the ${name} of the secret`, rare);
  }
  const utf16 = Uint8Array.from({ length: 2 * bare.length }, (_, i) => {
    const code = bare.charCodeAt(i >> 1);
    return i % 2 === 0 ? code & 0xff : code >> 8;
  });
  yield* form(utf16, 'the secret in UTF-16', rare);
}

function asText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function encodedText(text: string): string {
  return encoded(utf8(text), 'base64');
}

/** The text itself where it cannot be converted. */
function orSame(convert: (text: string) => string, text: string): string {
  try {
    return convert(text);
  } catch {
    return text;
  }
}
