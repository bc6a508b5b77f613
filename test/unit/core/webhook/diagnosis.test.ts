import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { systemDigests } from '../../../../src/adapters/system';
import { advice, diagnose, type Diagnosis } from '../../../../src/core/webhook/diagnosis';
import { DEFAULT_SCHEME, type SignatureScheme } from '../../../../src/core/webhook/signature';
import type { Cause, Evidence } from '../../../../src/core/webhook/trials';
import { PROJECT } from '../../../support/paths';

const FIXTURES = path.join(PROJECT, 'test/fixtures/webhook');

/** An event of ours, as `JSON.stringify` writes it. */
const EVENT = readFileSync(path.join(FIXTURES, 'event.json'));

/** The same event as other programs wrote it: the command line that was run on it, and its output in base64. */
const SERIALIZED = JSON.parse(readFileSync(path.join(FIXTURES, 'serialized.json'), 'utf8')) as readonly {
  readonly name: string;
  readonly output: string;
}[];

const AT = 1_782_000_000;
const T = String(AT);
const SECRET = 'whsec_5fK2xQp7Zr1TnB9s';
const STAGING = 'whsec_staging_Jw8Lq3Vd6Hm0';
const OLD = 'whsec_older_Pq4Nc8Xe2Ga7';
const API_KEY = 'ek_live_Vt6Rb1Yw9Kd3Sf5M';

const mac = (content: string | Buffer, key: string | Buffer = SECRET, algorithm = 'sha256') =>
  createHmac(algorithm, key).update(content);
const hex = (content: string | Buffer, key: string | Buffer = SECRET) => mac(content, key).digest('hex');
const over = (body: string | Buffer, timestamp = T) =>
  Buffer.concat([Buffer.from(`${timestamp}.`), Buffer.from(body)]);

interface Wrong {
  /** As it was received; without it, EVENT. */
  readonly body?: Buffer;
  readonly signature: string;
  readonly timestamp?: string;
  readonly stored?: string;
  readonly receivedAt?: number;
  readonly scheme?: Partial<SignatureScheme>;
  readonly idempotencyKey?: string;
  readonly environment?: Evidence['environment'];
}

function evidence({ stored = SECRET, scheme, ...wrong }: Wrong): Evidence {
  return {
    scheme: { ...DEFAULT_SCHEME, ...scheme },
    body: wrong.body ?? EVENT,
    signature: wrong.signature,
    timestamp: wrong.timestamp ?? T,
    idempotencyKey: wrong.idempotencyKey ?? '',
    receivedAtSeconds: wrong.receivedAt,
    environment: 'environment' in wrong ? wrong.environment : 'dev',
    secrets: [
      { environment: 'dev', secret: stored },
      { environment: 'dev', secret: OLD },
      { environment: 'staging', secret: STAGING },
      { environment: 'sandbox', secret: 'sandbox_webhook_secret' },
    ],
    apiKeys: [
      { environment: 'dev', secret: API_KEY },
      { environment: 'prod', secret: 'ek_prod_Mz2Xc7Vb4Nm8Qw1E' },
    ],
    toleranceSeconds: 300,
  };
}

const SECRETS = [SECRET, STAGING, OLD, API_KEY, 'ek_prod_Mz2Xc7Vb4Nm8Qw1E'];

function diagnosed(wrong: Wrong): Diagnosis {
  const given = evidence(wrong);
  const found = diagnose(systemDigests, given);
  const said = JSON.stringify(found) + advice(found);
  for (const { secret, environment } of [...given.secrets, ...given.apiKeys])
    if (environment !== 'sandbox') assert.ok(!said.includes(secret.trim()), 'a secret is never shown');
  return found;
}

type Table = Readonly<Record<string, Wrong>>;

function allAre(cause: Cause, table: Table): void {
  for (const [name, wrong] of Object.entries(table))
    it(`${name}: ${cause}`, () => {
      const found = diagnosed(wrong);
      assert.equal(found.cause, cause, found.sentence);
      assert.match(found.sentence, /^The signature [^\n]+\.$/);
    });
}

/** What a program did with the event. */
function output(name: string): Buffer {
  const found = SERIALIZED.find((row) => row.name === name);
  assert.ok(found, name);
  return Buffer.from(found.output, 'base64');
}

/** Those that write another value, or none that is JSON. */
const CHANGING =
  /NUMERIC_CHECK|htmlspecialchars|str\(|gzip|zlib|Latin-1|ASCII|UTF-16|base64|twice|String\(|a Buffer|without null/;
/** What nobody can undo: the order of the keys, characters or a content that is lost, and what somebody's gzip chose. */
const LOST = /sort|NUMERIC_CHECK|ASCII|String\(|without null|str\(|gzip|zlib|Buffer|Go/;
/** The other way round, only what somebody else compressed cannot be made again. */
const NOT_MADE = /gzip|zlib|UTF-16/;

describe('the diagnosis of a signature', () => {
  describe('of a body that a program wrote again', () => {
    for (const { name } of SERIALIZED) {
      const written = output(name);
      if (written.equals(EVENT)) continue;
      const cause: Cause = CHANGING.test(name) ? 'body-changed' : 'body-reserialized';
      if (!NOT_MADE.test(name))
        allAre(cause, { [`signed as ${name} writes it`]: { signature: hex(over(written)) } });
      if (!LOST.test(name) || /gzip|zlib/.test(name))
        allAre(cause, { [`received as ${name} writes it`]: { body: written, signature: hex(over(EVENT)) } });
    }
  });

  const pretty = Buffer.from(JSON.stringify(JSON.parse(EVENT.toString()), null, 2));
  const crlf = Buffer.from(pretty.toString().replaceAll('\n', '\r\n'));
  const line = (end: string) => Buffer.concat([EVENT, Buffer.from(end)]);
  const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), EVENT]);
  describe('of a body whose line ends or mark changed', () =>
    allAre('body-reserialized', {
      'a line break was added': { body: line('\n'), signature: hex(over(EVENT)) },
      'a line break was lost': { signature: hex(over(line('\n'))) },
      'a CRLF was added': { body: line('\r\n'), signature: hex(over(EVENT)) },
      'a CRLF was lost': { signature: hex(over(line('\r\n'))) },
      'LF became CRLF': { body: crlf, signature: hex(over(pretty)) },
      'CRLF became LF': { body: pretty, signature: hex(over(crlf)) },
      'a byte order mark was added': { body: bom, signature: hex(over(EVENT)) },
      'a byte order mark was lost': { signature: hex(over(bom)) },
      'it was pretty-printed with CRLF': { signature: hex(over(crlf)) },
      'pretty-printed by a program that writes a mark': {
        signature: hex(over(`\u{feff}${pretty.toString()}`)),
      },
      'a mark and CRLF were added': {
        body: Buffer.from(`\u{feff}${crlf.toString()}`),
        signature: hex(over(pretty)),
      },
      'white space around it': {
        body: Buffer.concat([Buffer.from('  \n'), line(' \n')]),
        signature: hex(over(EVENT)),
      },
    }));

  const text = EVENT.toString();
  describe('of a body that is another one', () =>
    allAre('body-changed', {
      'a proxy left it compressed': { body: gzipSync(EVENT), signature: hex(over(EVENT)) },
      'the stream was empty': { signature: hex(over('')) },
      'the parser had not run': { signature: hex(over('{}')) },
      'the raw body was not there': { signature: hex(over('undefined')) },
      'a failed payment became a paid one': {
        signature: hex(over(text.replace('"status":"success"', '"status":"fail"'))),
      },
      'an adjustment was hidden': {
        signature: hex(over(text.replace('"is_adjusted":false', '"is_adjusted":true'))),
      },
      'a proxy compressed what it had written anew': { body: gzipSync(pretty), signature: hex(over(EVENT)) },
      'the chunks of HTTP were read as its bytes': {
        body: Buffer.from(`${EVENT.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`),
        signature: hex(over(EVENT)),
      },
      'a form has it in a field': {
        body: Buffer.from(`payload=${encodeURIComponent(text)}`),
        signature: hex(over(EVENT)),
      },
      'a buffer was longer than it': { body: line('\0\0'), signature: hex(over(EVENT)) },
      'it was normalized, and pretty-printed': { signature: hex(over(pretty.toString().normalize('NFD'))) },
      'it was normalized': { signature: hex(over(text.normalize('NFD'))) },
    }));

  const bytes = Buffer.from(SECRET);
  const hexSecret = Buffer.from('0123456789abcdef0123456789abcdef', 'hex');
  const secret = (stored: string, key: string | Buffer): Wrong => ({
    stored,
    signature: hex(over(EVENT), key),
  });
  describe('of a secret in another form', () =>
    allAre('secret-form', {
      'a line break after it': secret(`${SECRET}\n`, SECRET),
      'the line break that was signed with': secret(SECRET, `${SECRET}\n`),
      'spaces around it': secret(`  ${SECRET} `, SECRET),
      'quotes around it': secret(`"${SECRET}"`, SECRET),
      'the quotes that were signed with': secret(SECRET, `"${SECRET}"`),
      'hex that was decoded': secret(hexSecret.toString('hex'), hexSecret),
      'base64 that was decoded': secret(hexSecret.toString('base64'), hexSecret),
      'base64url that was decoded': secret(
        Buffer.from([0xfb, 0xef, 0xbe, ...hexSecret]).toString('base64url'),
        Buffer.from([0xfb, 0xef, 0xbe, ...hexSecret]),
      ),
      'base64 behind a prefix': secret(`whsec_${hexSecret.toString('base64')}`, hexSecret),
      'without its prefix': secret(SECRET, SECRET.slice('whsec_'.length)),
      'base64 that was not decoded': secret(SECRET, bytes.toString('base64')),
      'echo | base64': secret(SECRET, Buffer.from(`${SECRET}\n`).toString('base64')),
      'hex that was not decoded': secret(SECRET, bytes.toString('hex')),
      'a variable that was not set': secret(SECRET, ''),
      'String(undefined)': secret(SECRET, 'undefined'),
      'cut by a shell at $': secret('whsec_abc$def', 'whsec_abc'),
      'a comment in .env': secret('whsec_abc #1', 'whsec_abc'),
      'an assignment': secret(`WEBHOOK_SECRET=${SECRET}`, SECRET),
      'hex in quotes': secret(`"${hexSecret.toString('hex')}"`, hexSecret),
      'base64 in quotes': secret(`'${hexSecret.toString('base64')}'`, hexSecret),
      'quotes around white space': secret(`" ${SECRET} "`, SECRET),
      'a line break that was written out': secret(`${SECRET}\\n`, SECRET),
      'an assignment with quotes': secret(`export WEBHOOK_SECRET="${SECRET}"`, SECRET),
      'in upper case': secret(SECRET, SECRET.toUpperCase()),
      'hashed first': secret(SECRET, createHash('sha256').update(SECRET).digest('hex')),
      'URL-encoded': secret('a+b/c=d', 'a%2Bb%2Fc%3Dd'),
    }));

  const timed = (timestamp: string, header = T): Wrong => ({
    signature: hex(over(EVENT, timestamp)),
    timestamp: header,
  });
  describe('of a timestamp in another form', () =>
    allAre('timestamp-form', {
      'milliseconds were signed': timed(`${T}000`),
      'seconds were signed, the header has milliseconds': timed(T, `${T}417`),
      'microseconds were signed': timed(`${T}000000`),
      'a decimal number was signed': timed(`${T}.0`),
      'an ISO time was signed': timed(new Date(AT * 1000).toISOString()),
      'an ISO time of Python was signed': timed('2026-06-21T00:00:00+00:00'),
      'an HTTP date was signed': timed(new Date(AT * 1000).toUTCString()),
      'the header has an ISO time': timed(T, new Date(AT * 1000).toISOString()),
      'the header has a time with an offset': timed(T, '2026-06-21T03:00:00+03:00'),
      'the header has quotes': timed(T, `"${T}"`),
      'the header came twice': timed(T, `${T}, ${T}`),
      'the header was not read': timed('undefined'),
      'the time of receipt was signed': { ...timed(String(AT + 61)), receivedAt: AT + 61 },
      'the body alone was signed': { signature: hex(EVENT) },
      'no dot': { signature: hex(`${T}${text}`) },
      'a colon': { signature: hex(`${T}:${text}`) },
      'after the body': { signature: hex(`${text}.${T}`) },
      'with the idempotency key': { signature: hex(`k-1.${T}.${text}`), idempotencyKey: 'k-1' },
      'the header has milliseconds, signed as they are': { ...timed(`${T}250`, `${T}250`), receivedAt: AT },
    }));

  const right = hex(over(EVENT));
  describe('of an encoding', () =>
    allAre('encoding', {
      base64: { signature: mac(over(EVENT)).digest('base64') },
      base64url: { signature: mac(over(EVENT)).digest('base64url') },
      'hex where base64 is set': { signature: right, scheme: { encoding: 'base64' } },
      'a prefix': { signature: `sha256=${right}` },
      'a version': { signature: `v1=${right}` },
      'a list of parts': { signature: `t=${T},v1=${right}` },
      'base64 of the hex': { signature: Buffer.from(right).toString('base64') },
      'URL-encoded base64': { signature: encodeURIComponent(mac(over(EVENT)).digest('base64')) },
      'cut off': { signature: right.slice(0, 40) },
      'one character lost': { signature: right.slice(0, 63) },
      'quotes around it': { signature: `"${right}"` },
      'pairs of digits': { signature: (right.match(/../g) ?? []).join(':') },
    }));

  describe('of an algorithm', () =>
    allAre('algorithm', {
      'SHA-1': { signature: mac(over(EVENT), SECRET, 'sha1').digest('hex') },
      'SHA-512': { signature: mac(over(EVENT), SECRET, 'sha512').digest('hex') },
      'SHA-384': { signature: mac(over(EVENT), SECRET, 'sha384').digest('hex') },
      MD5: { signature: mac(over(EVENT), SECRET, 'md5').digest('hex') },
      'a hash without a key': { signature: createHash('sha256').update(over(EVENT)).digest('hex') },
      'a hash over secret and content': {
        signature: createHash('sha256').update(SECRET).update(over(EVENT)).digest('hex'),
      },
      'an MD5 over content and secret': {
        signature: createHash('md5').update(over(EVENT)).update(SECRET).digest('hex'),
      },
    }));

  describe('of another secret', () => {
    allAre('other-environment', {
      'that of staging': { signature: hex(over(EVENT), STAGING) },
      'that of staging, and a line break after it': { signature: hex(over(EVENT), `${STAGING}\n`) },
      'that of staging, without its prefix': { signature: hex(over(EVENT), STAGING.slice('whsec_'.length)) },
      'that of the sandbox': { signature: hex(over(EVENT), 'sandbox_webhook_secret') },
    });
    allAre('api-key-as-secret', {
      'the API key': { signature: hex(over(EVENT), API_KEY) },
      'the API key, and a line break after it': { signature: hex(over(EVENT), `${API_KEY}\n`) },
      'the API key of prod': { signature: hex(over(EVENT), 'ek_prod_Mz2Xc7Vb4Nm8Qw1E') },
    });
    it('says whose it is', () => {
      const { sentence, environment } = diagnosed({ signature: hex(over(EVENT), STAGING) });
      assert.equal(sentence, 'The signature was made with the secret for staging, not for dev.');
      assert.equal(environment, 'staging');
    });
  });

  describe('of a time', () => {
    allAre('stale', {
      'too old': { signature: right, receivedAt: AT + 301 },
      'from the future': { signature: right, receivedAt: AT - 4000 },
    });
    it('says by how much', () => {
      const { sentence, skewSeconds, state } = diagnosed({ signature: right, receivedAt: AT - 4000 });
      assert.match(sentence, /it is 4000 s in the future \(tolerance: 300 s\)/);
      assert.equal(skewSeconds, -4000);
      assert.equal(state, 'stale');
    });
    it('says it beside another cause', () => {
      const { sentence, cause } = diagnosed({ signature: hex(over(EVENT), STAGING), receivedAt: AT + 3600 });
      assert.equal(cause, 'other-environment');
      assert.match(sentence, /, and it is 3600 s old\.$/);
    });
  });

  it('holds for what is right: one of two secrets, any environment, no time', () => {
    for (const wrong of [
      { signature: right },
      { signature: right, receivedAt: AT + 300 },
      { signature: hex(over(EVENT), OLD) },
      { signature: right.toUpperCase() },
      { signature: hex(over(EVENT), STAGING), environment: undefined },
    ]) {
      const { state, cause, scheme } = diagnosed(wrong);
      assert.deepEqual([state, cause, scheme], ['valid', null, null]);
    }
  });

  describe('of what nobody can find out', () => {
    const unknown: Table = {
      'another secret': { signature: hex(over(EVENT), 'something else') },
      'another amount': { signature: hex(over(text.replace('1500.00', '1500.01'))) },
      'the order of keys is lost': {
        body: output('Python: separators, ensure_ascii=False, sort_keys'),
        signature: hex(over(EVENT)),
      },
      'one byte of the body': { body: Buffer.from(text.replace('UAH', 'UAI')), signature: right },
      'another order’s signature': { signature: hex(over(text.replaceAll('f47ac10b', 'f47ac10c'))) },
      'an hour': timed(String(AT - 3600)),
      'no hash at all': { signature: 'signature' },
      'one digit too few, of another': { signature: hex('x').slice(1) },
      'an empty prefix alone': { signature: 'sha256=' },
    };
    for (const [name, wrong] of Object.entries(unknown))
      it(`${name}: unknown`, () => {
        const { cause, state, scheme, sentence } = diagnosed(wrong);
        assert.deepEqual([cause, state, scheme], ['unknown', 'invalid', null], sentence);
      });
  });

  describe('of two faults at once', () => {
    const python = output('Python: json.dumps');
    const both: Readonly<Record<string, readonly [Wrong, readonly Cause[]]>> = {
      'a body of Python, and a line break after the secret': [
        { signature: hex(over(python), `${SECRET}\n`) },
        ['body-reserialized', 'secret-form'],
      ],
      'a body of Python, and base64': [
        { signature: mac(over(python)).digest('base64') },
        ['body-reserialized', 'encoding'],
      ],
      'milliseconds, and a minified body': [
        { body: pretty, signature: hex(over(EVENT, `${T}000`)) },
        ['body-reserialized', 'timestamp-form'],
      ],
      'the body alone, with the secret for staging': [
        { signature: hex(EVENT, STAGING) },
        ['other-environment', 'timestamp-form'],
      ],
      'the body alone, with an API key, in SHA-512 and base64': [
        { signature: mac(EVENT, API_KEY, 'sha512').digest('base64') },
        ['api-key-as-secret', 'timestamp-form', 'algorithm', 'encoding'],
      ],
      'as Standard Webhooks do it': [
        {
          stored: `whsec_${hexSecret.toString('base64')}`,
          idempotencyKey: 'msg_1',
          signature: `v1,${mac(`msg_1.${T}.${text}`, hexSecret).digest('base64')}`,
        },
        ['secret-form', 'timestamp-form', 'encoding'],
      ],
      'another body and another secret': [{ signature: hex(over('{"a":1}'), 'x') }, ['unknown']],
    };
    for (const [name, [wrong, causes]] of Object.entries(both))
      it(`${name}: ${causes.join(', ')}`, () => {
        const { cause, sentence } = diagnosed(wrong);
        assert.ok(cause && causes.includes(cause), `${cause}: ${sentence}`);
        if (causes.length > 1) assert.match(sentence, / and /);
      });
  });

  describe('finds the scheme', () => {
    const found: readonly (readonly [string, Wrong, Partial<SignatureScheme> | null])[] = [
      ['the body alone', { signature: hex(EVENT) }, { signedContent: '{body}' }],
      ['base64', { signature: mac(over(EVENT)).digest('base64') }, { encoding: 'base64' }],
      [
        'SHA-512 behind a prefix, over another order',
        { signature: `sha512=${mac(`${text}${T}`, SECRET, 'sha512').digest('hex')}` },
        { algorithm: 'sha512', prefix: 'sha512=', signedContent: '{body}{timestamp}' },
      ],
      ['a secret in hex', secret(hexSecret.toString('hex'), hexSecret), { secretEncoding: 'hex' }],
      ['milliseconds', { ...timed(`${T}250`, `${T}250`), receivedAt: AT }, { timestampUnit: 'ms' }],
      ['none for a body that was changed', { signature: hex(over(pretty)) }, null],
      ['none for a signature that was cut', { signature: right.slice(0, 40) }, null],
      ['none where the text of the timestamp was another', timed(`${T}000`), null],
      [
        'none where two fit',
        { signature: hex(`${T}${T}`), body: Buffer.from(T), scheme: { signedContent: '{body}' } },
        null,
      ],
    ];
    for (const [name, wrong, scheme] of found)
      it(name, () => {
        const all = { ...DEFAULT_SCHEME, ...scheme };
        assert.deepEqual(diagnosed(wrong).scheme, scheme === null ? null : all);
      });
  });

  it('never calls a body valid that was changed by one byte', () => {
    fc.assert(
      fc.property(fc.nat(EVENT.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const body = Buffer.from(EVENT);
        body[place] = (body[place] ?? 0) ^ change;
        assert.equal(diagnosed({ body, signature: right }).state, 'invalid');
      }),
      { numRuns: 5 },
    );
  });

  it('says something of anything', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('', T, right, '%', '"'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((json) => Buffer.from(json)),
        ),
        anything,
        anything,
        anything,
        (body, signature, timestamp, stored) => {
          const wrong = { body: Buffer.from(body), signature, timestamp, stored };
          const { state, sentence } = diagnose(systemDigests, evidence(wrong));
          assert.notEqual(state, 'valid');
          assert.match(sentence, /\.$/);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('hashes in proportion to the body', () => {
    const hashed = (size: number) => {
      let total = 0;
      const digests = {
        ...systemDigests,
        hmac: (...[algorithm, key, data]: Parameters<typeof systemDigests.hmac>) => {
          total += data.length + 12_000;
          return systemDigests.hmac(algorithm, key, data);
        },
      };
      const body = Buffer.from(JSON.stringify({ text: 'a/é'.repeat(size / 4) }));
      assert.equal(diagnose(digests, evidence({ body, signature: hex('x') })).cause, 'unknown');
      return total;
    };
    for (const size of [1_000, 10_000, 100_000, 1_000_000])
      assert.ok(hashed(size) < 41_000_000 + 70 * size, `${size}`);
  });

  it('shows no secret that a test uses', () => {
    for (const known of SECRETS)
      assert.ok(!advice(diagnosed({ signature: hex(over(EVENT), STAGING) })).includes(known));
  });
});
