import type { Environment } from '../environments/environment';
import { isObject } from '../json';
import type { Header } from '../report/exchange';

export const SIGNATURE_HEADER = 'X-Signature';
export const TIMESTAMP_HEADER = 'X-Signature-Timestamp';
export const IDEMPOTENCY_HEADER = 'X-Idempotency-Key';

export const HASH_ALGORITHMS = ['sha256', 'sha512', 'sha1'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** A keyed hash (RFC 2104) over bytes. The port for it: node:crypto stands behind it in the adapters. */
export type Hmac = (algorithm: HashAlgorithm, key: Uint8Array, data: Uint8Array) => Uint8Array;

export const SIGNATURE_ENCODINGS = ['hex', 'base64', 'base64url'] as const;
export const TIMESTAMP_UNITS = ['s', 'ms', 'iso'] as const;
export const SECRET_ENCODINGS = ['utf8', 'hex', 'base64'] as const;

/** How a webhook is signed: the shape of the setting `eccaex.webhooks.signature`. */
export interface SignatureScheme {
  readonly algorithm: HashAlgorithm;
  /** How the header spells the hash. `hex` is written in lower case and read in either. */
  readonly encoding: (typeof SIGNATURE_ENCODINGS)[number];
  /**
   * What the signature covers: `{body}` stands for the raw bytes, `{timestamp}` and `{idempotencyKey}` for the text of
   * their headers. Everything else stands for itself, in UTF-8.
   */
  readonly signedContent: string;
  /** What the timestamp header holds: Unix time in seconds or milliseconds, or an ISO 8601 time. */
  readonly timestampUnit: (typeof TIMESTAMP_UNITS)[number];
  /** What stands before the signature in its header, such as `sha256=`. */
  readonly prefix: string;
  /** How the secret's text spells the bytes of the key. */
  readonly secretEncoding: (typeof SECRET_ENCODINGS)[number];
}

/**
 * An assumption: the vendor documents the names of the headers, and neither what the signature covers nor its
 * algorithm or encoding. Say so wherever this scheme shows.
 */
export const DEFAULT_SCHEME: SignatureScheme = {
  algorithm: 'sha256',
  encoding: 'hex',
  signedContent: '{timestamp}.{body}',
  timestampUnit: 's',
  prefix: '',
  secretEncoding: 'utf8',
};

/** The sandbox's secret. It is public, so a signature made with it proves no sender. */
export const SANDBOX_WEBHOOK_SECRET = 'sandbox_webhook_secret';

export interface SchemeProblem {
  /** A sentence for the person who wrote the setting. */
  readonly problem: string;
}

const CHOICES = {
  algorithm: HASH_ALGORITHMS,
  encoding: SIGNATURE_ENCODINGS,
  timestampUnit: TIMESTAMP_UNITS,
  secretEncoding: SECRET_ENCODINGS,
} as const;

/** More than any vendor signs beside the body. */
const LONGEST_TEXT = 200;

/** Printable ASCII: what a header can hold. */
const PREFIX = /^[\x20-\x7e]*$/;

/**
 * Reads a scheme as a setting has it, or as JSON text as an environment variable has it. What is left out takes the
 * default; `undefined` is all of it.
 */
export function schemeOf(value: unknown): SignatureScheme | SchemeProblem {
  if (value === undefined) return DEFAULT_SCHEME;
  const read = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(read)) return { problem: 'The signature scheme must be a JSON object.' };
  const unknown = Object.keys(read).find((name) => !Object.hasOwn(DEFAULT_SCHEME, name));
  if (unknown !== undefined)
    return {
      problem: `The signature scheme has no field ${JSON.stringify(unknown.slice(0, 40))}. Use ${Object.keys(DEFAULT_SCHEME).join(', ')}.`,
    };
  for (const [name, choices] of Object.entries(CHOICES)) {
    const given = read[name];
    if (given !== undefined && !choices.some((choice) => choice === given))
      return { problem: `${name} must be one of ${choices.join(', ')}.` };
  }
  const { signedContent = DEFAULT_SCHEME.signedContent, prefix = DEFAULT_SCHEME.prefix } = read;
  if (typeof signedContent !== 'string' || signedContent.length > LONGEST_TEXT)
    return { problem: `signedContent must be a text of at most ${LONGEST_TEXT} characters.` };
  if (signedContent.split('{body}').length !== 2)
    return {
      problem: 'signedContent must contain {body} once: without it, anybody could change the event.',
    };
  if (typeof prefix !== 'string' || prefix.length > LONGEST_TEXT || !PREFIX.test(prefix))
    return { problem: `prefix must be printable ASCII of at most ${LONGEST_TEXT} characters.` };
  return { ...DEFAULT_SCHEME, ...read };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What a signature covers: the raw body, and the texts of two headers. */
export interface SignedParts {
  readonly body: Uint8Array;
  readonly timestamp: string;
  readonly idempotencyKey: string;
}

/** The bytes that a signature covers. */
export function signedBytes({ signedContent }: Pick<SignatureScheme, 'signedContent'>, parts: SignedParts) {
  const pieces = signedContent.split(/(\{(?:body|timestamp|idempotencyKey)\})/).map((piece) => {
    if (piece === '{body}') return parts.body;
    if (piece === '{timestamp}') return utf8(parts.timestamp);
    return utf8(piece === '{idempotencyKey}' ? parts.idempotencyKey : piece);
  });
  return concatenated(pieces);
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * The bytes of the key that a secret spells. A secret that is not in the scheme's encoding is taken as text, as the
 * sandbox's always is.
 */
export function secretBytes({ secretEncoding }: Pick<SignatureScheme, 'secretEncoding'>, secret: string) {
  const decoded =
    secretEncoding === 'hex' ? fromHex(secret) : secretEncoding === 'base64' ? fromBase64(secret) : undefined;
  return decoded ?? utf8(secret);
}

/** `undefined` where a text is not whole bytes in hex. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `undefined` where a text is not base64 in the standard alphabet, with or without its padding. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bare = text.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(bare) || bare.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
}

export function encoded(hash: Uint8Array, encoding: SignatureScheme['encoding']): string {
  if (encoding === 'hex') {
    let text = '';
    for (const byte of hash) text += HEX[byte] ?? '';
    return text;
  }
  const base64 = btoa(String.fromCharCode(...hash));
  return encoding === 'base64' ? base64 : base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The header's text for a time in Unix seconds. */
export function timestampText({ timestampUnit }: Pick<SignatureScheme, 'timestampUnit'>, atSeconds: number) {
  switch (timestampUnit) {
    case 's':
      return String(Math.floor(atSeconds));
    case 'ms':
      return String(Math.floor(atSeconds * 1000));
    case 'iso':
      return new Date(atSeconds * 1000).toISOString();
  }
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

/** The whole Unix seconds that a timestamp header says; `undefined` where it is not of the scheme's unit. */
export function secondsOf(
  { timestampUnit }: Pick<SignatureScheme, 'timestampUnit'>,
  text: string,
): number | undefined {
  if (timestampUnit === 'iso') {
    const ms = ISO.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
  }
  // Unix seconds have 10 digits until the year 2286, milliseconds 13.
  if (!/^\d{1,15}$/.test(text)) return undefined;
  return timestampUnit === 's' ? Number(text) : Math.floor(Number(text) / 1000);
}

/** The values of the headers `X-Signature` and `X-Signature-Timestamp` for a body that is sent at a time. */
export function sign(
  hmac: Hmac,
  scheme: SignatureScheme,
  secret: string,
  body: Uint8Array,
  atSeconds: number,
  idempotencyKey: string,
): { readonly signature: string; readonly timestamp: string } {
  const timestamp = timestampText(scheme, atSeconds);
  return {
    signature: signatureText(hmac, scheme, secret, { body, timestamp, idempotencyKey }),
    timestamp,
  };
}

function signatureText(hmac: Hmac, scheme: SignatureScheme, secret: string, parts: SignedParts): string {
  const hash = hmac(scheme.algorithm, secretBytes(scheme, secret), signedBytes(scheme, parts));
  return scheme.prefix + encoded(hash, scheme.encoding);
}

export interface WebhookSecret {
  readonly environment: Environment;
  readonly secret: string;
}

export interface ReceivedWebhook {
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** Unix seconds. */
  readonly receivedAtSeconds: number;
}

export interface Verification {
  /**
   * `stale`: the signature holds, and its time is further from the time of receipt than the tolerance, or later;
   * `no-secret`: there is nothing to verify with.
   */
  readonly state: 'valid' | 'invalid' | 'unsigned' | 'stale' | 'no-secret';
  /** Whose secret the signature was made with; `null` where it holds with none. */
  readonly environment: Environment | null;
  /** Received minus signed, in whole seconds; `null` where the timestamp cannot be read. */
  readonly skewSeconds: number | null;
}

/** Whether a webhook was signed with one of these secrets. Never throws, whatever was received. */
export function verify(
  hmac: Hmac,
  scheme: SignatureScheme,
  secrets: readonly WebhookSecret[],
  received: ReceivedWebhook,
  toleranceSeconds: number,
): Verification {
  const timestamp = onlyHeader(received.headers, TIMESTAMP_HEADER);
  const signedAt = timestamp === undefined ? undefined : secondsOf(scheme, timestamp);
  const skewSeconds = signedAt === undefined ? null : Math.floor(received.receivedAtSeconds) - signedAt;
  const without = (state: Verification['state']): Verification => ({ state, environment: null, skewSeconds });

  if (!headerValues(received.headers, SIGNATURE_HEADER).some((value) => value !== ''))
    return without('unsigned');
  if (secrets.length === 0) return without('no-secret');
  const signature = onlyHeader(received.headers, SIGNATURE_HEADER);
  const isTimed = scheme.signedContent.includes('{timestamp}');
  if (signature === undefined || (isTimed && signedAt === undefined)) return without('invalid');

  const idempotencyKey = onlyHeader(received.headers, IDEMPOTENCY_HEADER) ?? '';
  const parts = { body: received.body, timestamp: timestamp ?? '', idempotencyKey };
  const given = scheme.encoding === 'hex' ? lowerHash(signature, scheme.prefix) : signature;
  const signer = secrets.find(({ secret }) => isSameText(signatureText(hmac, scheme, secret, parts), given));
  if (!signer) return without('invalid');
  const isStale = skewSeconds !== null && !(Math.abs(skewSeconds) <= toleranceSeconds);
  return { state: isStale ? 'stale' : 'valid', environment: signer.environment, skewSeconds };
}

function lowerHash(signature: string, prefix: string): string {
  return signature.slice(0, prefix.length) + signature.slice(prefix.length).toLowerCase();
}

function headerValues(headers: readonly Header[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter((header) => header.name.toLowerCase() === wanted).map(({ value }) => value);
}

/** The value of a header that is there once; of two, a receiver and a proxy may each believe another one. */
export function onlyHeader(headers: readonly Header[], name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 1 ? values[0] : undefined;
}

/** In a time that depends on the lengths alone, so that nobody finds a signature out character by character. */
export function isSameText(expected: string, given: string): boolean {
  let difference = expected.length ^ given.length;
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ given.charCodeAt(i);
  return difference === 0;
}
