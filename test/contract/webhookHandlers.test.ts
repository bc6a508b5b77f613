import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { webhookForwarder } from '../../src/adapters/http/webhookForwarder';
import { systemHmac, systemClock, systemTimer } from '../../src/adapters/system';
import { checkHandler, type CheckResult } from '../../src/app/webhooks/checkHandler';
import { list } from '../../src/core/phrases';
import { HANDLER_CHECKS } from '../../src/core/webhook/handlerChecks';
import { HANDLER_LANGUAGES, type HandlerLanguage } from '../../src/core/webhook/handlers/handlers';
import { DEFAULT_SCHEME, type SignatureScheme } from '../../src/core/webhook/signature';
import { OwnHandler, runtimeOf } from '../support/webhook/ownHandlers';

const SECRET = 'the secret of a test';

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  'the default scheme': DEFAULT_SCHEME,
  'another scheme': {
    ...DEFAULT_SCHEME,
    algorithm: 'sha512',
    encoding: 'base64',
    signedContent: 'v1:$t={timestamp}\n{idempotencyKey}:{body}',
    timestampUnit: 'ms',
    prefix: 'v1=',
  },
  'a third scheme': {
    ...DEFAULT_SCHEME,
    algorithm: 'sha1',
    encoding: 'base64url',
    signedContent: '{body}',
    timestampUnit: 'iso',
    secretEncoding: 'base64',
  },
};

async function check(language: HandlerLanguage, scheme: SignatureScheme, secret: string) {
  const handler = await OwnHandler.start(language, secret, scheme);
  const results: CheckResult[] = [];
  try {
    const { url, stateUrl } = handler;
    await checkHandler(
      { url, stateUrl, scheme, secret, hmac: systemHmac },
      { forwarder: webhookForwarder, clock: systemClock, timer: systemTimer, newId: randomUUID },
      new AbortController().signal,
      (result) => results.push(result),
    );
  } finally {
    await handler.stop();
  }
  return results;
}

describe('a handler of ours passes every check', () => {
  for (const language of HANDLER_LANGUAGES) {
    if (runtimeOf(language) === undefined) {
      it(`${language}: not run, its runtime is not on this machine`, () => undefined);
      continue;
    }
    it(`${language}, by ${list(Object.keys(SCHEMES))}`, () =>
      Promise.all(
        Object.entries(SCHEMES).map(async ([name, scheme]) => {
          const secret = scheme.secretEncoding === 'base64' ? 'c2VjcmV0IG9mIGEgdGVzdA==' : SECRET;
          const results = await check(language, scheme, secret);
          assert.deepEqual(
            results
              .filter(({ passed }) => passed !== true)
              .map(({ check: { name: which }, got }) => `${which}: ${got}`),
            [],
            name,
          );
          assert.equal(results.length, HANDLER_CHECKS.length);
        }),
      ));
  }
});
