import assert from 'node:assert/strict';
import { KeyRing } from '../../../../src/app/keys/keyRing';
import { KeyFinder } from '../../../../src/core/leaks/keyFinder';
import { type Report } from '../../../../src/core/report/report';
import { redactor } from '../../../../src/core/leaks/redactor';
import { apiKey } from '../../../support/keys';
import { answer, KEY, ORIGIN, refused, World } from '../../../support/ports';

const OTHER = 'test_fedcba9876543210';

describe('the key ring', () => {
  let world: World;
  let ring: KeyRing;
  beforeEach(() => {
    world = new World();
    ring = new KeyRing(world);
  });
  const signal = new AbortController().signal;

  it('keeps a key for the origin that its environment has now', async () => {
    world.baseUrls = { dev: 'https://own.example:8443/api' };
    assert.ok(await ring.keep('dev', apiKey(OTHER)));
    const reading = await ring.read('dev');
    assert.ok(reading.state === 'present');
    assert.equal(reading.stored.key?.reveal(), OTHER);
    assert.equal(reading.stored.origin, 'https://own.example:8443');
    assert.equal(reading.stored.storedAt, '2026-01-02T03:04:05.678Z');
  });

  it('keeps none for a base URL that it could not go to', async () => {
    world.baseUrls = { dev: 'http://api.example' };
    assert.deepEqual(ring.destination('dev'), { ok: false, fault: 'plain-http' });
    assert.ok(!(await ring.keep('dev', apiKey(OTHER))));
    const reading = await ring.read('dev');
    assert.ok(reading.state === 'present' && reading.stored.key?.reveal() === KEY);
  });

  it('keeps for the sandbox a key, or that it is sent none', async () => {
    assert.deepEqual(ring.destination('sandbox'), { ok: true, origin: 'sandbox' });
    assert.ok(await ring.keep('sandbox', undefined));
    const reading = await ring.read('sandbox');
    assert.ok(reading.state === 'present' && reading.stored.key === undefined);
  });

  it('knows the other environments with the same key', async () => {
    world.giveKey('staging', OTHER);
    assert.deepEqual(await ring.othersWith(apiKey(KEY), 'dev'), ['prod']);
    assert.deepEqual(await ring.othersWith(apiKey(OTHER), 'staging'), []);
    assert.deepEqual(await ring.othersWith(apiKey(OTHER), 'sandbox'), ['staging']);
  });

  it('knows what is stored, readable or not, and forgets it', async () => {
    world.stored.set('staging', { state: 'unreadable' });
    assert.deepEqual(await ring.stored(), ['dev', 'staging', 'prod']);
    assert.ok(await ring.forget(['dev', 'staging']));
    assert.deepEqual(await ring.stored(), ['prod']);
  });

  describe('learns of a key from sends', () => {
    const sent = (at: string, more: Partial<Report>): Report => ({
      file: '/order.invoice.json',
      index: 0,
      environment: 'dev',
      origin: ORIGIN,
      outcome: 'rejected',
      status: 403,
      at,
      problems: [],
      error: { code: 'API_KEY_INVALID', message: 'no' },
      ...more,
    });
    const result = async () => {
      const reading = await ring.read('dev');
      return reading.state === 'present'
        ? ring.lastVerification('dev', reading.stored)?.verdict.result
        : undefined;
    };

    it('that it is rejected, and taken again later, and says so', async () => {
      const told: string[] = [];
      ring.onDidVerify((environment) => void told.push(environment));
      await ring.heard([sent('2026-01-02T00:00:00.000Z', {})]);
      assert.equal(await result(), 'refused');
      await ring.heard([
        sent('2026-01-04T00:00:00.000Z', { outcome: 'created', status: 201 }),
        sent('2026-01-03T00:00:00.000Z', {}),
      ]);
      assert.equal(await result(), 'accepted');
      assert.deepEqual(told, ['dev', 'dev']);
    });

    const silent: readonly (readonly [name: string, report: Report])[] = [
      ['a send before the key was stored', sent('2025-12-31T00:00:00.000Z', {})],
      ['a send to another host', sent('2026-01-02T00:00:00.000Z', { origin: 'https://other.example' })],
      ['another rejection', sent('2026-01-02T00:00:00.000Z', { status: 422 })],
      ['the sandbox', sent('2026-01-02T00:00:00.000Z', { environment: 'sandbox' })],
    ];
    for (const [name, report] of silent)
      it(`but nothing from ${name}`, async () => {
        await ring.heard([report]);
        assert.equal(await result(), undefined);
      });
  });

  describe('verifies a key', () => {
    const verify = async (respond: World['respond']) => {
      world.respond = respond;
      return ring.verify('dev', signal);
    };

    it('with a GET that changes nothing', async () => {
      assert.deepEqual(await verify(() => answer(200, { successful: true, data: [] })), {
        result: 'accepted',
        origin: ORIGIN,
      });
      assert.deepEqual(world.requests, [
        {
          method: 'GET',
          url: `${ORIGIN}/api/v1/payment-methods`,
          headers: { Accept: 'application/json', 'X-Api-Key': KEY },
          timeoutMs: 30_000,
        },
      ]);
    });

    const cases: readonly (readonly [name: string, respond: World['respond'], expected: object])[] = [
      [
        'refused',
        () => refused(403, 'API_KEY_INVALID'),
        { result: 'refused', status: 403, code: 'API_KEY_INVALID' },
      ],
      [
        'refused without an envelope',
        () => answer(401, '<html>'),
        { result: 'refused', status: 401, code: 'http-401' },
      ],
      [
        'refused with the key as the code',
        () => refused(403, `BAD_${KEY}`),
        { result: 'refused', status: 403, code: 'BAD_••••cdef' },
      ],
      [
        'unclear for another refusal',
        () => refused(422, 'X'),
        { result: 'unclear', why: 'the response was HTTP 422' },
      ],
      [
        'unclear for a success that says nothing',
        () => answer(200, '{}'),
        { result: 'unclear', why: 'the response was HTTP 200' },
      ],
      [
        'unclear for HTML',
        () => answer(200, '<html>'),
        { result: 'unclear', why: 'the response was HTTP 200' },
      ],
      [
        'unclear for a redirect',
        () => answer(302, '', '/login'),
        { result: 'unclear', why: 'the response was HTTP 302' },
      ],
      [
        'unclear without an answer',
        () => ({ kind: 'timeout' }),
        { result: 'unclear', why: 'no response arrived in time' },
      ],
      ['unclear when stopped', () => ({ kind: 'stopped' }), { result: 'unclear', why: 'you stopped it' }],
      [
        'unclear for half an answer',
        () => ({ kind: 'short', status: 200 }),
        { result: 'unclear', why: 'the response could not be read' },
      ],
    ];
    for (const [name, respond, expected] of cases)
      it(`as ${name}`, async () => assert.deepEqual(await verify(respond), { origin: ORIGIN, ...expected }));

    it('not where there is none to send', async () => {
      world.stored.delete('dev');
      const verification = await verify(() => assert.fail());
      assert.ok(verification.result === 'not-sent' && verification.obstacle.kind === 'key-absent');
      assert.deepEqual(world.requests, []);
    });
  });
});

describe('what is redacted', () => {
  it('is the key wherever it stands, whatever it is made of', () => {
    for (const value of [KEY, "$&$1$`'$$.*+?^(){}[]|\\x", '0123 /?=&%#"<>', 'live_key_ends_in$&']) {
      const key = apiKey(value);
      const redact = redactor(key);
      for (const text of [
        value,
        `a${value}${value}b`,
        `?key=${encodeURIComponent(value)}&a`,
        encodeURI(value),
      ])
        assert.ok(!redact(text).includes(value), `${text} → ${redact(text)}`);
      for (const form of [value, encodeURI(value), encodeURIComponent(value)])
        assert.equal(redact(`<${form}>`), `<${key.fingerprint}>`);
    }
  });

  it('is the key in each form that is found in files', () => {
    for (const value of [KEY, 'Pr0d+Key/with=signs&more%20']) {
      const redact = redactor(apiKey(value));
      for (const before of ['', 'a', 'ab', 'user:']) {
        const text = `No ${Buffer.from(`${before}${value}:x`).toString('base64')}!`;
        assert.deepEqual(new KeyFinder([{ environment: 'dev', key: apiKey(value) }]).find(redact(text)), []);
        assert.notEqual(redact(text), text);
      }
      const hex = Buffer.from(value).toString('hex');
      const entities = value.replace(/[^]/g, (character) => `&#${character.charCodeAt(0)};`);
      for (const form of [value.toUpperCase(), hex, hex.replace(/../g, '%$&'), entities])
        assert.equal(redact(`<${form}>`), `<${apiKey(value).fingerprint}>`);
      const lower = encodeURIComponent(value).replace(/%\w\w/g, (hex) => hex.toLowerCase());
      assert.equal(redact(`?k=${lower}&`), `?k=${apiKey(value).fingerprint}&`);
    }
  });

  it('is nothing else', () => {
    assert.equal(redactor(apiKey(KEY))(KEY.slice(1)), KEY.slice(1));
    assert.equal(redactor(undefined)(KEY), KEY);
  });
});
