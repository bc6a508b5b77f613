import { encoded, fromBase64, fromHex, type HashAlgorithm, type SignatureScheme } from './signature';

/** A hash that a received signature may spell. */
export interface SignatureForm {
  /** Lower-case hex: of fewer digits than the hash where it was cut. */
  readonly hex: string;
  readonly encoding: SignatureScheme['encoding'];
  readonly prefix: string;
  /** Completes "The signature is …"; absent where the scheme says it so. */
  readonly is?: string;
  /** Whether a scheme can say this. */
  readonly isScheme: boolean;
}

const NAMES = { hex: 'hex', base64: 'base64', base64url: 'base64url' } as const;

/** Readings of a signature, that of the scheme first. */
export function signatureForms(scheme: SignatureScheme, signature: string): readonly SignatureForm[] {
  const forms: SignatureForm[] = [];
  const add = (text: string, prefix: string, around: string | undefined, isScheme: boolean) => {
    for (const [encoding, bytes] of readings(text)) {
      const isOwn = encoding === scheme.encoding && prefix === scheme.prefix && around === undefined;
      const parts = [
        ...(encoding === scheme.encoding ? [] : [`${NAMES[encoding]} and not ${NAMES[scheme.encoding]}`]),
        ...(prefix === scheme.prefix
          ? []
          : [prefix === '' ? 'without its prefix' : `behind ${shown(prefix)}`]),
        ...(around === undefined ? [] : [around]),
      ];
      const is = isOwn ? {} : { is: parts.join(', ') };
      forms.push({ hex: encoded(bytes, 'hex'), encoding, prefix, isScheme, ...is });
    }
  };
  const { prefix } = scheme;
  if (signature.startsWith(prefix)) add(signature.slice(prefix.length), prefix, undefined, true);
  const found = /^(?:[A-Za-z][A-Za-z0-9-]{0,15}\s?[=:]\s?|v\d+,|(?:HMAC|Signature|Bearer)\s)/i.exec(
    signature,
  );
  if (found) add(signature.slice(found[0].length), found[0], undefined, true);
  if (prefix !== '') add(signature, '', undefined, true);
  const bare = signature.trim().replace(/^(['"])(.*)\1$/, '$2');
  if (bare !== signature) add(bare, prefix, 'with white space or quotes around it', false);
  for (const part of bare.split(/[,;\s]+/).slice(0, 8)) {
    const at = part.indexOf('=');
    if (at > 0 && part !== bare)
      add(part.slice(at + 1), part.slice(0, at + 1), 'one of several parts', false);
  }
  const plain = percentDecoded(bare);
  if (plain !== bare) add(plain, prefix, 'URL-encoded', false);
  if (bare.includes(' ')) add(bare.replaceAll(' ', '+'), prefix, 'with spaces in place of "+"', false);
  const inner = fromBase64(bare);
  const text = inner && String.fromCharCode(...inner.subarray(0, 200));
  if (text !== undefined && /^[0-9a-f]{32,}$/i.test(text))
    add(text, prefix, 'encoded twice: base64 of the hex text', false);
  const separated = bare.replace(/[:\s-]/g, '');
  if (separated !== bare && /^[0-9a-f]+$/i.test(separated))
    add(separated, prefix, 'in pairs of digits', false);
  const octets = bare.startsWith('0x') ? bare.slice(2) : '';
  if (octets !== '') add(octets, '0x', undefined, true);
  return forms;
}

const shown = (text: string) => JSON.stringify(text);

const LONGEST_HASH = 64;

function* readings(text: string): Generator<readonly [SignatureScheme['encoding'], Uint8Array]> {
  if (text.length > 4 * LONGEST_HASH) return;
  const hex = fromHex(text);
  if (hex) {
    yield ['hex', hex];
    return;
  }
  const isUrl = /[-_]/.test(text) || (/[A-Za-z0-9]$/.test(text) && text.length % 4 !== 0);
  const bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes) yield [isUrl ? 'base64url' : 'base64', bytes];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Hashes that a signature is looked for in; the last two are no choice of a scheme. */
export const TRIED_ALGORITHMS = ['sha256', 'sha512', 'sha1', 'sha384', 'md5'] as const;
export type TriedAlgorithm = (typeof TRIED_ALGORITHMS)[number];

/** In bytes. */
export const HASH_LENGTHS: Readonly<Record<TriedAlgorithm, number>> = {
  sha256: 32,
  sha512: 64,
  sha1: 20,
  sha384: 48,
  md5: 16,
};

export function algorithmName(algorithm: TriedAlgorithm): string {
  return algorithm === 'md5' ? 'MD5' : `SHA-${algorithm.slice(3)}`;
}

export function asScheme(algorithm: TriedAlgorithm): HashAlgorithm | undefined {
  return algorithm === 'sha384' || algorithm === 'md5' ? undefined : algorithm;
}
