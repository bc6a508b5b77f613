import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { systemHmac } from '../../../../src/adapters/system';
import {
  DEFAULT_SCHEME,
  HASH_ALGORITHMS,
  SECRET_ENCODINGS,
  SIGNATURE_ENCODINGS,
  TIMESTAMP_UNITS,
  isSameText,
  schemeOf,
  sign,
  verify,
  type SignatureScheme,
  type WebhookSecret,
} from '../../../../src/core/webhook/signature';

const NOW = 1_782_000_000;
const BODY = Buffer.from('{"event_id":"a:success:1782000000"}');
const SECRETS: readonly WebhookSecret[] = [
  { environment: 'staging', secret: 'other' },
  { environment: 'dev', secret: 'newer' },
  { environment: 'dev', secret: 'older' },
];

const hex = (content: string | Buffer, key: string | Buffer = 'newer', algorithm = 'sha256') =>
  createHmac(algorithm, key).update(content).digest('hex');
const ours = hex(`${NOW}.${BODY.toString()}`);

interface Case {
  readonly signature?: string;
  readonly timestamp?: string;
  readonly scheme?: Partial<SignatureScheme>;
  readonly body?: Buffer;
  readonly at?: number;
  readonly secrets?: readonly WebhookSecret[];
  readonly more?: Readonly<Record<string, string>>;
  /** State, environment, skew. */
  readonly gives: string;
}

function received({ signature = ours, timestamp = String(NOW), more = {}, body = BODY, at = NOW }: Case) {
  const headers = [
    { name: 'Content-Type', value: 'application/json' },
    ...(signature === 'none' ? [] : [{ name: 'x-signature', value: signature }]),
    ...(timestamp === 'none' ? [] : [{ name: 'X-Signature-Timestamp', value: timestamp }]),
    ...Object.entries(more).map(([name, value]) => ({ name, value })),
  ];
  return { headers, body, receivedAtSeconds: at };
}

describe('the signature of a webhook', () => {
  const iso = new Date(NOW * 1000).toISOString();
  const cases: Readonly<Record<string, Case>> = {
    'signed now': { gives: 'valid dev 0' },
    'with the older secret': { signature: hex(`${NOW}.${BODY.toString()}`, 'older'), gives: 'valid dev 0' },
    'with another environment’s': {
      signature: hex(`${NOW}.${BODY.toString()}`, 'other'),
      gives: 'valid staging 0',
    },
    'in upper case': { signature: ours.toUpperCase(), gives: 'valid dev 0' },
    'at the edge of the tolerance': { at: NOW + 300, gives: 'valid dev 300' },
    'in the last part of that second': { at: NOW + 300.9, gives: 'valid dev 300' },
    'a second later': { at: NOW + 301, gives: 'stale dev 301' },
    'from a clock ahead': { at: NOW - 300, gives: 'valid dev -300' },
    'from the future': { at: NOW - 301, gives: 'stale dev -301' },
    'another body': { body: Buffer.from('{}'), gives: 'invalid null 0' },
    'another body, stale too': { body: Buffer.from('{}'), at: NOW + 999, gives: 'invalid null 999' },
    'an empty body': { body: Buffer.alloc(0), gives: 'invalid null 0' },
    'an empty body that is signed': {
      body: Buffer.alloc(0),
      signature: hex(`${NOW}.`),
      gives: 'valid dev 0',
    },
    'bytes that are not UTF-8': {
      body: Buffer.from([0xff, 0x00]),
      signature: hex(Buffer.from([...Buffer.from(`${NOW}.`), 0xff, 0x00])),
      gives: 'valid dev 0',
    },
    'a part of the signature': { signature: ours.slice(0, 63), gives: 'invalid null 0' },
    'more than the signature': { signature: `${ours}0`, gives: 'invalid null 0' },
    'white space around it': { signature: ` ${ours}`, gives: 'invalid null 0' },
    'a foreign letter': { signature: `ſ${ours.slice(1)}`, gives: 'invalid null 0' },
    'a prefix that is not set': { signature: `sha256=${ours}`, gives: 'invalid null 0' },
    'another timestamp': { timestamp: String(NOW + 1), gives: 'invalid null -1' },
    'no timestamp': { timestamp: 'none', gives: 'invalid null null' },
    'a timestamp of words': { timestamp: 'now', gives: 'invalid null null' },
    'a signed timestamp of words': {
      timestamp: 'now',
      signature: hex(`now.${BODY.toString()}`),
      gives: 'invalid null null',
    },
    'a timestamp beyond all numbers': { timestamp: '9'.repeat(400), gives: 'invalid null null' },
    'no signature': { signature: 'none', gives: 'unsigned null 0' },
    'an empty signature': { signature: '', gives: 'unsigned null 0' },
    'no signature and no secret': { signature: 'none', secrets: [], gives: 'unsigned null 0' },
    'no secret': { secrets: [], gives: 'no-secret null 0' },
    'two signatures': { more: { 'X-Signature': ours }, gives: 'invalid null 0' },
    'two timestamps': { more: { 'x-signature-timestamp': String(NOW) }, gives: 'invalid null null' },

    'a prefix': { signature: `sha256=${ours}`, scheme: { prefix: 'sha256=' }, gives: 'valid dev 0' },
    'a prefix in other letters': {
      signature: `SHA256=${ours}`,
      scheme: { prefix: 'sha256=' },
      gives: 'invalid null 0',
    },
    'the body alone': {
      signature: hex(BODY),
      scheme: { signedContent: '{body}' },
      gives: 'valid dev 0',
    },
    'the body alone, without a timestamp': {
      signature: hex(BODY),
      timestamp: 'none',
      scheme: { signedContent: '{body}' },
      gives: 'valid dev null',
    },
    'the idempotency key too': {
      signature: hex(`k1.${NOW}.${BODY.toString()}`),
      more: { 'X-Idempotency-Key': 'k1' },
      scheme: { signedContent: '{idempotencyKey}.{timestamp}.{body}' },
      gives: 'valid dev 0',
    },
    milliseconds: {
      timestamp: `${NOW}250`,
      signature: hex(`${NOW}250.${BODY.toString()}`),
      scheme: { timestampUnit: 'ms' },
      gives: 'valid dev 0',
    },
    'an ISO time': {
      timestamp: iso,
      signature: hex(`${iso}.${BODY.toString()}`),
      scheme: { timestampUnit: 'iso' },
      at: NOW + 400,
      gives: 'stale dev 400',
    },
    'a date that JavaScript would guess': {
      timestamp: '1',
      signature: hex(`1.${BODY.toString()}`),
      scheme: { timestampUnit: 'iso' },
      gives: 'invalid null null',
    },
    'a secret in hex': {
      secrets: [{ environment: 'prod', secret: 'DEAD01' }],
      signature: hex(`${NOW}.${BODY.toString()}`, Buffer.from('dead01', 'hex')),
      scheme: { secretEncoding: 'hex' },
      gives: 'valid prod 0',
    },
    'a secret in base64': {
      secrets: [{ environment: 'prod', secret: '/u36+Q==' }],
      signature: hex(`${NOW}.${BODY.toString()}`, Buffer.from('/u36+Q==', 'base64')),
      scheme: { secretEncoding: 'base64' },
      gives: 'valid prod 0',
    },
    'a text where base64 is set': {
      secrets: [{ environment: 'sandbox', secret: 'sandbox_webhook_secret' }],
      signature: hex(`${NOW}.${BODY.toString()}`, 'sandbox_webhook_secret'),
      scheme: { secretEncoding: 'base64' },
      gives: 'valid sandbox 0',
    },
    'an empty secret': {
      secrets: [{ environment: 'dev', secret: '' }],
      signature: hex(`${NOW}.${BODY.toString()}`, ''),
      scheme: { secretEncoding: 'hex' },
      gives: 'valid dev 0',
    },
  };
  for (const [name, given] of Object.entries(cases))
    it(`${name}: ${given.gives}`, () => {
      const scheme = { ...DEFAULT_SCHEME, ...given.scheme };
      const result = verify(systemHmac, scheme, given.secrets ?? SECRETS, received(given), 300);
      assert.equal(`${result.state} ${result.environment} ${result.skewSeconds}`, given.gives);
    });

  const schemes = fc.record<SignatureScheme>({
    algorithm: fc.constantFrom(...HASH_ALGORITHMS),
    encoding: fc.constantFrom(...SIGNATURE_ENCODINGS),
    signedContent: fc.constantFrom(
      '{timestamp}.{body}',
      '{body}',
      '{body}{timestamp}',
      '{idempotencyKey}\n{timestamp}\n{body}',
    ),
    timestampUnit: fc.constantFrom(...TIMESTAMP_UNITS),
    prefix: fc.constantFrom('', 'v1=', 'SHA256='),
    secretEncoding: fc.constantFrom(...SECRET_ENCODINGS),
  });

  it('holds for what was signed, and for no body with one other byte', () => {
    const bodies = fc.uint8Array({ minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        schemes,
        fc.string(),
        bodies,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (scheme, secret, body, place, change) => {
          const { signature, timestamp } = sign(systemHmac, scheme, secret, body, NOW, 'key');
          const headers = [
            { name: 'X-Signature', value: signature },
            { name: 'X-Signature-Timestamp', value: timestamp },
            { name: 'X-Idempotency-Key', value: 'key' },
          ];
          const state = (sent: Uint8Array) =>
            verify(
              systemHmac,
              scheme,
              [{ environment: 'dev', secret }],
              { headers, body: sent, receivedAtSeconds: NOW },
              0,
            ).state;
          assert.equal(state(body), 'valid');
          const at = place % body.length;
          const changed = body.map((byte, i) => (i === at ? byte ^ change : byte));
          const longer = new Uint8Array([...body, change]);
          for (const other of [changed, body.slice(1), body.slice(0, -1), longer])
            assert.equal(state(other), 'invalid');
        },
      ),
    );
  });

  it('is read without an exception, whatever was received', () => {
    const headers = fc.array(
      fc.record({
        name: fc.constantFrom('X-Signature', 'x-signature-timestamp', 'X-Idempotency-Key', ''),
        value: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(String(NOW))),
      }),
    );
    fc.assert(
      fc.property(
        schemes,
        headers,
        fc.uint8Array(),
        fc.double(),
        (scheme, given, body, receivedAtSeconds) => {
          const { state } = verify(
            systemHmac,
            scheme,
            SECRETS,
            { headers: given, body, receivedAtSeconds },
            300,
          );
          assert.ok(state === 'invalid' || state === 'unsigned');
        },
      ),
    );
  });

  it('is compared to its end, wherever the first difference is', () => {
    assert.ok(isSameText('abc', 'abc'));
    for (const given of ['', 'ab', 'abcd', 'xbc', 'abx', 'a\u{1}bc']) assert.ok(!isSameText('abc', given));
  });
});

describe('a signature scheme', () => {
  it('is the default where nothing is set', () => {
    for (const nothing of [undefined, {}, '{}', ' { } ']) assert.deepEqual(schemeOf(nothing), DEFAULT_SCHEME);
  });

  it('takes what is set, as an object and as JSON', () => {
    const set = { algorithm: 'sha512', encoding: 'base64', signedContent: '{body}', prefix: 'v1=' };
    assert.deepEqual(schemeOf(set), { ...DEFAULT_SCHEME, ...set });
    assert.deepEqual(schemeOf(JSON.stringify(set)), { ...DEFAULT_SCHEME, ...set });
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /must be a JSON object/],
    [7, /must be a JSON object/],
    [[], /must be a JSON object/],
    ['', /must be a JSON object/],
    ['{', /must be a JSON object/],
    ['"sha256"', /must be a JSON object/],
    [{ algorithm: 'md5' }, /^algorithm must be one of sha256, sha512, sha1\.$/],
    [{ algorithm: null }, /^algorithm must be/],
    [{ encoding: 'HEX' }, /^encoding must be one of hex, base64, base64url\.$/],
    [{ timestampUnit: 'us' }, /^timestampUnit must be/],
    [{ secretEncoding: 'latin1' }, /^secretEncoding must be/],
    [{ signedContent: '{timestamp}' }, /must contain \{body\} once/],
    [{ signedContent: '{body}{body}' }, /must contain \{body\} once/],
    [{ signedContent: 1 }, /^signedContent must be a text/],
    [{ signedContent: '{body}'.padEnd(201) }, /^signedContent must be a text of at most 200/],
    [{ prefix: 'a\nb' }, /^prefix must be printable/],
    [{ prefix: ['x'] }, /^prefix must be printable/],
    [{ algoritm: 'sha1' }, /has no field "algoritm"\. Use algorithm, encoding/],
    ['{"__proto__": {}}', /has no field "__proto__"/],
  ];
  for (const [value, expected] of wrong)
    it(`is not ${JSON.stringify(value).slice(0, 60)}`, () => {
      const read = schemeOf(value);
      assert.ok('problem' in read);
      assert.match(read.problem, expected);
    });
});
