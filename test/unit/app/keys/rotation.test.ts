import assert from 'node:assert/strict';
import { KeyRing } from '../../../../src/app/keys/keyRing';
import type { HttpEnd } from '../../../../src/app/ports';
import { apiKey } from '../../../support/keys';
import { answer, KEY, ORIGIN, refused } from '../../../support/ports';
import { A, Sending } from '../../../support/sendingWorld';

const NEW = 'live_fedcba9876543210';
const NOW = '2026-01-02T03:04:05.678Z';
const accepted = () => answer(200, { successful: true, data: [] });

describe('a key', () => {
  let sending: Sending;
  let ring: KeyRing;
  beforeEach(() => {
    sending = new Sending();
    ring = new KeyRing(sending.world);
  });
  const { signal } = new AbortController();
  const stored = async () => {
    const reading = await ring.read('dev');
    assert.ok(reading.state === 'present');
    const { key, origin, storedAt, acceptedAt } = reading.stored;
    return { key: key?.reveal(), origin, storedAt, acceptedAt };
  };

  describe('is rotated', () => {
    it('once the API takes the new one, which is asked for with that', async () => {
      sending.world.respond = accepted;
      assert.deepEqual(await ring.rotate('dev', apiKey(NEW), signal), { result: 'rotated', origin: ORIGIN });
      const [request, ...others] = sending.world.requests;
      assert.deepEqual(others, []);
      assert.deepEqual([request?.method, request?.url], ['GET', `${ORIGIN}/api/v1/payment-methods`]);
      assert.equal(request?.headers['X-Api-Key'], NEW);
      assert.deepEqual(await stored(), { key: NEW, origin: ORIGIN, storedAt: NOW, acceptedAt: NOW });
    });

    it('for the origin that was asked, though the base URL changes meanwhile', async () => {
      sending.world.respond = () => {
        sending.world.baseUrls = { dev: 'https://evil.example/v1' };
        return accepted();
      };
      await ring.rotate('dev', apiKey(NEW), signal);
      assert.equal((await stored()).origin, ORIGIN);
    });

    const answers: Readonly<Record<string, () => HttpEnd>> = {
      refused: () => refused(403, 'API_KEY_INVALID'),
      'refused without an envelope': () => answer(403, '<html>'),
      unavailable: () => answer(502, '<html>'),
      'a login page': () => answer(200, '<html>'),
      'a redirect': () => answer(302, '', 'https://evil.example'),
      'no answer': () => ({ kind: 'timeout' }),
    };
    for (const [what, respond] of Object.entries(answers)) {
      it(`not where the answer is: ${what}. Nothing changes`, async () => {
        const before = await stored();
        sending.world.respond = respond;
        const rotation = await ring.rotate('dev', apiKey(NEW), signal);
        assert.equal(rotation.result, 'unverified');
        assert.deepEqual(await stored(), before);
      });
    }

    it('not for a base URL that no key may go to, and nothing is sent', async () => {
      sending.world.baseUrls = { dev: 'http://api.example' };
      assert.deepEqual(await ring.rotate('dev', apiKey(NEW), signal), { result: 'unsafe' });
      assert.deepEqual(sending.world.requests, []);
      assert.equal((await stored()).key, KEY);
    });
  });

  describe('that worked before', () => {
    const REFUSED = () => refused(403, 'API_KEY_INVALID');

    it('and is refused now, is offered to be rotated', async () => {
      assert.deepEqual(await sending.outcomes(), ['0 created']);
      assert.equal((await stored()).acceptedAt, NOW);
      sending.world.respond = REFUSED;
      const [report] = await sending.reports();
      const problem = report?.problems[0];
      assert.equal(problem?.fixes[0], 'eccaex.rotateApiKey');
      assert.match(problem.message, /This key last worked on 2026-01-02\./);
      assert.match(problem.guidance[0] ?? '', /^Rotate the key: make a new one in the merchant dashboard/);
    });

    it('is known from its verification too', async () => {
      sending.world.respond = accepted;
      await ring.verify('dev', signal);
      sending.world.respond = REFUSED;
      const verification = await ring.verify('dev', signal);
      assert.equal(verification.result === 'refused' && verification.acceptedAt, NOW);
    });

    it('is none where it never brought an invoice, or another was stored since', async () => {
      for (const before of [() => refused(422, 'X'), () => answer(200, '<html>')]) {
        sending.world.respond = before;
        await sending.send();
      }
      sending.world.respond = REFUSED;
      const first = async () => (await sending.reports({ uri: A }))[0]?.problems[0]?.fixes[0];
      assert.equal(await first(), 'eccaex.setApiKey');
    });

    it('and runs into another refusal than that, is not', async () => {
      await sending.send();
      sending.world.respond = () => refused(403, 'MERCHANT_BLOCKED');
      const [report] = await sending.reports();
      assert.ok(!report?.problems[0]?.fixes.includes('eccaex.rotateApiKey'));
    });
  });
});
