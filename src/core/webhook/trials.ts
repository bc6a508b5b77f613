import type { Environment } from '../environments/environment';
import { bodyForms, type BodyForm, type Unpack } from './bodyForms';
import { contentForms, type ContentForm } from './contentForms';
import type { CureTopic } from './cures';
import { secretForms, type SecretForm } from './secretForms';
import {
  concatenated,
  encoded,
  secretBytes,
  signedBytes,
  type SignatureScheme,
  type WebhookSecret,
} from './signature';
import {
  algorithmName,
  asScheme,
  HASH_LENGTHS,
  signatureForms,
  TRIED_ALGORITHMS,
  type SignatureForm,
  type TriedAlgorithm,
} from './signatureForms';

export type Cause =
  | 'body-reserialized'
  | 'body-changed'
  | 'timestamp-form'
  | 'secret-form'
  | 'other-environment'
  | 'api-key-as-secret'
  | 'encoding'
  | 'algorithm'
  | 'stale'
  | 'unknown';

/** What a diagnosis computes with. */
export interface Digests {
  readonly hmac: (algorithm: TriedAlgorithm, key: Uint8Array, data: Uint8Array) => Uint8Array;
  readonly hash: (algorithm: TriedAlgorithm, data: Uint8Array) => Uint8Array;
  readonly unpack: Unpack;
}

export interface Evidence {
  readonly scheme: SignatureScheme;
  readonly body: Uint8Array;
  /** The texts of the headers. */
  readonly signature: string;
  readonly timestamp: string;
  /** Empty where there is none, or it is not known. */
  readonly idempotencyKey: string;
  /** Unix seconds; `undefined` checks no time. */
  readonly receivedAtSeconds: number | undefined;
  /** Whose secret it should be; `undefined`: anybody's. */
  readonly environment: Environment | undefined;
  /** Of every environment that has one. */
  readonly secrets: readonly WebhookSecret[];
  readonly apiKeys: readonly WebhookSecret[];
  readonly toleranceSeconds: number;
}

/** One thing that is not as the scheme has it. */
export interface Fault {
  readonly cause: Cause;
  /** Completes "The signature …". */
  readonly does: string;
  readonly topic: CureTopic;
  /** What a scheme would say instead; absent where no scheme says it. */
  readonly scheme?: Partial<SignatureScheme>;
  readonly environment?: Environment;
}

/** One of the variants of a part of what was signed; without a fault, that of the scheme. */
interface Variant<Value> {
  readonly value: Value;
  readonly fault?: Fault;
  readonly environment?: Environment;
}

export interface Fit {
  readonly faults: readonly Fault[];
  readonly environment: Environment | undefined;
}

/** What a trial costs beside the bytes that it hashes, in bytes. */
const TRIAL = 12_000;
/** A tenth of a second for 10 KB on a slow machine; what each byte of a body may cost, so that time is linear. */
const allowance = (size: number) => 40_000_000 + 60 * size;

/** Forms of a body that are tried together with another fault: the first are the most likely. */
const USUAL_BODIES = 24;

/** Tries variants of what was signed: one part at a time, then two, until the allowance is used up. */
export class Search {
  readonly #targets = new Map<TriedAlgorithm, readonly SignatureForm[]>();
  #left: number;

  constructor(
    private readonly digests: Digests,
    private readonly evidence: Evidence,
    private readonly expected: readonly WebhookSecret[],
  ) {
    this.#left = allowance(evidence.body.length);
    const forms = signatureForms(evidence.scheme, evidence.signature);
    for (const algorithm of TRIED_ALGORITHMS) {
      const fitting = forms.filter(({ hex }) => hex.length === 2 * HASH_LENGTHS[algorithm]);
      if (fitting.length > 0) this.#targets.set(algorithm, fitting);
    }
  }

  run(): readonly Fit[] {
    const { scheme, body } = this.evidence;
    const keys = this.#keys();
    const own = keys.filter(({ fault }) => !fault);
    const likely = keys.filter(({ value, fault }) => fault && value.isUsual);
    const content: Variant<ContentForm> = {
      value: { ...this.evidence, ...scheme, covers: '', isScheme: true, isUsual: true },
    };
    const contents = contentForms(scheme, this.evidence).map((form) => this.#contentVariant(form));
    const plain: Variant<Uint8Array> = { value: body };

    const cut = this.#cut(own, content);
    if (cut) return [cut];
    const simple = this.#all(own, [content], [plain]);
    if (simple.length > 0) return simple;
    const single = [...this.#all(keys, [content], [plain]), ...this.#all(own, contents, [plain])];
    if (single.length > 0) return single;
    const bodies: Variant<Uint8Array>[] = [];
    const seen = new Set<string>();
    for (const form of bodyForms(body, this.digests.unpack)) {
      this.#left -= 2 * form.bytes.length;
      if (this.#left < 0) break;
      const identity = encoded(this.digests.hash('md5', form.bytes), 'hex');
      if (seen.has(identity)) continue;
      seen.add(identity);
      const variant = this.#bodyVariant(form);
      const [fit] = this.#all(own, [content], [variant]);
      if (fit) return [fit];
      if (bodies.length < USUAL_BODIES) bodies.push(variant);
    }
    const [hashed] = [...this.#hashed(own, content)];
    if (hashed) return [hashed];
    const usual = contents.filter(({ value }) => value.isUsual);
    for (const [some, others, texts] of [
      [own, usual, bodies],
      [likely, usual, [plain]],
      [likely, [content], bodies],
      [keys.filter(({ fault }) => fault), contents, [plain]],
    ] as const) {
      const fits = this.#all(some, others, texts);
      if (fits.length > 0) return fits;
    }
    return [];
  }

  #keys(): readonly Variant<SecretForm>[] {
    const { scheme, environment, secrets, apiKeys } = this.evidence;
    const expected = this.expected.flatMap((secret) => {
      const own = encoded(secretBytes(scheme, secret.secret), 'hex');
      return secretForms(secret.secret, this.digests.hash).map((form): Variant<SecretForm> => {
        const variant = { value: form, environment: secret.environment };
        if (encoded(form.bytes, 'hex') === own) return variant;
        const said = form.secretEncoding && { scheme: { secretEncoding: form.secretEncoding } };
        return {
          ...variant,
          fault: { cause: 'secret-form', does: `was made with ${form.madeWith}`, topic: 'secret', ...said },
        };
      });
    });
    const foreign = (known: readonly WebhookSecret[], cause: Cause, what: (of: Environment) => string) =>
      known.flatMap((secret): readonly Variant<SecretForm>[] =>
        [...new Set([secret.secret, secret.secret.trim()])].map((text) => ({
          value: { bytes: secretBytes(scheme, text), madeWith: '', isUsual: true },
          environment: secret.environment,
          fault: { cause, does: `was made with ${what(secret.environment)}`, topic: 'secret' },
        })),
      );
    const inOtherForms = (known: readonly WebhookSecret[], cause: Cause, what: (of: Environment) => string) =>
      known
        .filter((secret) => secret.environment !== 'sandbox')
        .flatMap(({ secret, environment: of }) =>
          secretForms(secret, this.digests.hash)
            .filter(({ isUsual }) => isUsual)
            .map((form): Variant<SecretForm> => ({
              value: { ...form, isUsual: false },
              environment: of,
              fault: { cause, does: `was made with ${what(of)}, in another form`, topic: 'secret' },
            })),
        );
    const others = secrets.filter((secret) => !this.expected.includes(secret));
    const instead = environment ? `, not for ${environment}` : '';
    return [
      ...expected.filter(({ fault }) => !fault),
      ...foreign(others, 'other-environment', (of) =>
        of === 'sandbox' ? `the sandbox’s public secret${instead}` : `the secret for ${of}${instead}`,
      ),
      ...foreign(apiKeys, 'api-key-as-secret', (of) => `the API key for ${of} in place of a webhook secret`),
      ...expected.filter(({ fault }) => fault),
      ...inOtherForms(others, 'other-environment', (of) => `the secret for ${of}`),
      ...inOtherForms(apiKeys, 'api-key-as-secret', (of) => `the API key for ${of}`),
    ];
  }

  #contentVariant(form: ContentForm): Variant<ContentForm> {
    const { signedContent } = this.evidence.scheme;
    const said = form.isScheme && { scheme: { signedContent: form.signedContent } };
    const instead = form.isScheme ? `, not ${JSON.stringify(signedContent)}` : '';
    return {
      value: form,
      fault: { cause: 'timestamp-form', does: `covers ${form.covers}${instead}`, topic: 'content', ...said },
    };
  }

  #bodyVariant({ bytes, cause, covers }: BodyForm): Variant<Uint8Array> {
    return { value: bytes, fault: { cause, does: `covers ${covers}`, topic: 'raw-body' } };
  }

  /** Every combination that fits, as far as the allowance goes. */
  #all(
    keys: readonly Variant<SecretForm>[],
    contents: readonly Variant<ContentForm>[],
    bodies: readonly Variant<Uint8Array>[],
  ): readonly Fit[] {
    const fits: Fit[] = [];
    for (const body of bodies)
      for (const content of contents) {
        const bytes = this.#bytes(content.value, body.value);
        for (const key of keys)
          for (const [algorithm, forms] of this.#targets) {
            this.#left -= TRIAL + bytes.length;
            if (this.#left < 0) return fits;
            const hex = encoded(this.digests.hmac(algorithm, key.value.bytes, bytes), 'hex');
            const form = forms.find((candidate) => candidate.hex === hex);
            if (form) fits.push(this.#fit([key, body, content], algorithm, form));
          }
      }
    return fits;
  }

  #bytes(content: ContentForm, body: Uint8Array): Uint8Array {
    const { timestamp } = content;
    return signedBytes(content, { body, timestamp, idempotencyKey: this.evidence.idempotencyKey });
  }

  #fit(
    variants: readonly Variant<unknown>[],
    algorithm: TriedAlgorithm,
    form: SignatureForm,
    madeAs = `is HMAC-${algorithmName(algorithm)} and not HMAC-${algorithmName(this.evidence.scheme.algorithm)}`,
  ): Fit {
    const { scheme } = this.evidence;
    const said = asScheme(algorithm);
    const faults = variants.flatMap(({ fault }) => (fault ? [fault] : []));
    if (algorithm !== scheme.algorithm || !madeAs.startsWith('is HMAC'))
      faults.push({
        cause: 'algorithm',
        does: madeAs,
        topic: 'hash',
        ...(said && madeAs.startsWith('is HMAC') ? { scheme: { algorithm: said } } : {}),
      });
    if (form.is !== undefined)
      faults.push({
        cause: 'encoding',
        does: `is ${form.is}`,
        topic: 'hash',
        ...(form.isScheme ? { scheme: { encoding: form.encoding, prefix: form.prefix } } : {}),
      });
    return { faults, environment: variants.find(({ environment }) => environment)?.environment };
  }

  /** A hash without a key, over the secret and what should be signed. */
  *#hashed(keys: readonly Variant<SecretForm>[], content: Variant<ContentForm>): Generator<Fit> {
    const { body } = this.evidence;
    const signed = this.#bytes(content.value, body);
    for (const key of keys)
      for (const data of [signed, body])
        for (const parts of [[key.value.bytes, data], [data, key.value.bytes], [data]])
          for (const [algorithm, forms] of this.#targets) {
            const hex = encoded(this.digests.hash(algorithm, concatenated(parts)), 'hex');
            const form = forms.find((candidate) => candidate.hex === hex);
            const name = `is a plain ${algorithmName(algorithm)} hash and not an HMAC`;
            if (form) yield this.#fit([key], algorithm, form, name);
          }
  }

  /** The beginning of the right signature. */
  #cut(keys: readonly Variant<SecretForm>[], content: Variant<ContentForm>): Fit | undefined {
    const { scheme, body, signature } = this.evidence;
    const given = signature.slice(scheme.prefix.length);
    const bare = scheme.encoding === 'hex' ? given.toLowerCase() : given;
    if (bare.length < SHORTEST_CUT) return undefined;
    for (const key of keys) {
      const hash = this.digests.hmac(scheme.algorithm, key.value.bytes, this.#bytes(content.value, body));
      const whole = encoded(hash, scheme.encoding);
      if (whole === bare || !(whole.startsWith(bare) || bare.startsWith(whole))) continue;
      const does =
        bare.length < whole.length
          ? `ends after ${bare.length} of ${whole.length} characters`
          : `has ${bare.length - whole.length} characters too many`;
      const fault: Fault = { cause: 'encoding', does, topic: 'hash' };
      return { faults: [fault], environment: key.environment };
    }
    return undefined;
  }
}

/** Characters of a signature that nobody hits by accident. */
const SHORTEST_CUT = 16;
