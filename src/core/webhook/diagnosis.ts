import type { Environment } from '../environments/environment';
import { list } from '../phrases';
import { instantOf } from './contentForms';
import { curesOf, type Cure } from './cures';
import {
  IDEMPOTENCY_HEADER,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
  secondsOf,
  timestampText,
  verify,
  type SignatureScheme,
  type Verification,
} from './signature';
import { HASH_LENGTHS, signatureForms } from './signatureForms';
import { Search, type Cause, type Digests, type Evidence, type Fault, type Fit } from './trials';
import { ageOfSignature } from './words';

export interface Diagnosis {
  readonly state: Verification['state'];
  /** Whose secret the signature was made with, where that is known. */
  readonly environment: Environment | null;
  /** Received minus signed, in whole seconds. */
  readonly skewSeconds: number | null;
  /** `null` where the signature holds, or there is nothing to compare. */
  readonly cause: Cause | null;
  /** What is the matter, in one sentence; never a secret. */
  readonly sentence: string;
  readonly cures: readonly Cure[];
  /** The scheme by which the signature holds, where it is not the one that is set and only one does. */
  readonly scheme: SignatureScheme | null;
}

/** Says why a signature does not hold, by trial. Linear in the size of the body; never throws. */
export function diagnose(digests: Digests, evidence: Evidence): Diagnosis {
  const { scheme, environment, secrets, toleranceSeconds } = evidence;
  const expected = environment ? secrets.filter((secret) => secret.environment === environment) : secrets;
  const headers = [
    { name: SIGNATURE_HEADER, value: evidence.signature },
    { name: TIMESTAMP_HEADER, value: evidence.timestamp },
    { name: IDEMPOTENCY_HEADER, value: evidence.idempotencyKey },
  ];
  const instant = instantOf(evidence.timestamp);
  const signedAt = instant === undefined ? secondsOf(scheme, evidence.timestamp) : Math.floor(instant / 1000);
  // Without a time of receipt, no time is checked: it counts as received when it was signed.
  const receivedAtSeconds = evidence.receivedAtSeconds ?? signedAt ?? 0;
  const skewSeconds =
    evidence.receivedAtSeconds === undefined || signedAt === undefined
      ? null
      : Math.floor(evidence.receivedAtSeconds) - signedAt;
  const verified = verify(
    digests.hmac,
    scheme,
    expected,
    { headers, body: evidence.body, receivedAtSeconds },
    toleranceSeconds,
  );
  const result = { ...verified, skewSeconds, cures: [], scheme: null };

  if (verified.state === 'unsigned')
    return {
      ...result,
      cause: null,
      sentence: `The webhook has no ${SIGNATURE_HEADER}: anybody can send it.`,
    };
  const unit = wrongUnit(evidence);
  if (verified.state === 'valid' && !unit)
    return { ...result, cause: null, sentence: `The signature holds${forWhom(verified.environment)}.` };
  const late = skewSeconds !== null && Math.abs(skewSeconds) > toleranceSeconds ? skewSeconds : undefined;
  if (verified.state === 'stale' && !unit)
    return { ...result, ...stale(late ?? 0, toleranceSeconds, scheme) };

  const fits = new Search(digests, evidence, expected).run();
  const [first] = fits;
  if (!first) return { ...result, ...unexplained(verified.state, evidence) };
  const faults = unit ? [...first.faults, unit] : first.faults;
  const found = schemes(scheme, unit, fits);
  return {
    ...result,
    environment: first.environment ?? null,
    state:
      faults.every((fault) => fault === unit) && verified.state === 'stale' ? timed(late) : verified.state,
    cause: faults[0]?.cause ?? 'unknown',
    sentence: `The signature ${list(faults.map(({ does }) => does))}${late === undefined ? '' : `, and it is ${ageOfSignature(late)}`}.`,
    cures: faults[0] ? curesOf(faults[0].topic, found ?? scheme) : [],
    scheme: found,
  };
}

function timed(late: number | undefined): Verification['state'] {
  return late === undefined ? 'valid' : 'stale';
}

function forWhom(environment: Environment | null): string {
  if (environment === 'sandbox') return ' with the sandbox’s public secret, which proves no sender';
  return environment === null ? '' : ` with the secret for ${environment}`;
}

function stale(skewSeconds: number, tolerance: number, scheme: SignatureScheme) {
  const sentence = `The signature holds, but it is ${ageOfSignature(skewSeconds)} (tolerance: ${tolerance} s): a replay, a late retry or a wrong clock.`;
  return { cause: 'stale', sentence, cures: curesOf('clock', scheme) } as const;
}

function unexplained(state: Verification['state'], { environment, signature, scheme }: Evidence) {
  if (state === 'no-secret')
    return {
      cause: null,
      sentence: `No webhook secret${environment ? ` for ${environment}` : ''}: set it to verify this webhook.`,
      cures: [],
    };
  const length = signatureForms(scheme, signature).some(({ hex }) =>
    Object.values(HASH_LENGTHS).includes(hex.length / 2),
  );
  const sentence = length
    ? 'No known mistake explains this signature: check the secret, and that the body is the raw bytes of this very webhook.'
    : 'This signature is incomplete: check that the whole header was copied.';
  return { cause: 'unknown', sentence, cures: curesOf('raw-body', scheme) } as const;
}

/** A timestamp that is of another unit than the scheme says. */
function wrongUnit({ scheme, timestamp }: Evidence): Fault | undefined {
  const instant = instantOf(timestamp);
  if (instant === undefined) return undefined;
  const texts = { s: String(Math.floor(instant / 1000)), ms: String(instant) };
  const unit =
    timestamp === texts.s ? 's' : timestamp === texts.ms ? 'ms' : /T/.test(timestamp) ? 'iso' : null;
  if (unit === scheme.timestampUnit) return undefined;
  const isNumber = /^\d+$/.test(timestamp);
  // A text that is read all the same by the scheme's unit, within a century.
  if (unit === null && isNumber && timestampText(scheme, instant / 1000).length === timestamp.length)
    return undefined;
  const name = { s: 'seconds', ms: 'milliseconds', iso: 'an ISO 8601 time' };
  return {
    cause: 'timestamp-form',
    does: `has its timestamp ${unit === 'iso' ? 'as' : 'in'} ${unit === null ? 'another form' : name[unit]} and not ${scheme.timestampUnit === 'iso' ? 'as' : 'in'} ${name[scheme.timestampUnit]}`,
    topic: 'content',
    ...(unit === null ? {} : { scheme: { timestampUnit: unit } }),
  };
}

/** The one scheme by which every fit holds; `null` where there are several, or a fault is none of a scheme. */
function schemes(
  scheme: SignatureScheme,
  unit: Fault | undefined,
  fits: readonly Fit[],
): SignatureScheme | null {
  const found = new Map<string, SignatureScheme>();
  for (const { faults } of fits) {
    const all = unit ? [...faults, unit] : faults;
    if (!all.every((fault) => fault.scheme)) continue;
    const fitting = all.reduce((so, fault) => ({ ...so, ...fault.scheme }), scheme);
    found.set(JSON.stringify(fitting), fitting);
  }
  const [only, another] = [...found.values()];
  return only && !another && JSON.stringify(only) !== JSON.stringify(scheme) ? only : null;
}

/** What `eccaex verify --json` calls advice: the sentence, and below it what cures it, for people. */
export function advice({ sentence, cures, scheme }: Diagnosis): string {
  return [
    sentence,
    ...cures.map(({ framework, line }) => `${framework}: ${line}`),
    ...(scheme ? [`If a real webhook was signed so, this is its scheme: ${JSON.stringify(scheme)}`] : []),
  ].join('\n');
}
