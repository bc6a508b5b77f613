import assert from 'node:assert/strict';
import { isBundledVariable, isClientSide } from '../../../../src/core/leaks/clientSide';
import { severityOfLeak, type GitState, type Leak } from '../../../../src/core/leaks/leak';
import { wordsOfLeak } from '../../../../src/core/leaks/words';

const WEB_APP = JSON.stringify({ dependencies: { react: '19.0.0' } });
const SERVER = JSON.stringify({ dependencies: { express: '5.0.0' } });

const GIT: readonly GitState[] = ['committed', 'staged', 'untracked', 'ignored', 'no-repository', 'unknown'];
const LEAKS: readonly Leak[] = [
  { code: 'key-literal', offset: 0, length: 9, isCertain: true },
  ...(['plain', 'url', 'base64', 'split', 'name'] as const).map((form): Leak => ({
    code: 'key-in-file',
    environments: ['dev', 'prod'],
    form,
    offset: 0,
    length: 9,
  })),
];

describe('client-side code', () => {
  for (const path of [
    ...['index.html', 'src/App.vue', 'ios/App/Api.swift', 'lib/api.dart', 'ios/App/Info.plist'],
    ...['app/src/main/java/x/Api.kt', 'android/x/Api.java', 'public/app.js', 'site/wwwroot/config.json'],
  ])
    it(`is ${path}`, () => assert.equal(isClientSide(path, undefined), true));

  for (const path of ['src/App.tsx', 'src/api.js', 'dist/assets/index-4f1c.js', 'main.mjs'])
    it(`is ${path} of a web app alone`, () => {
      assert.equal(isClientSide(path, WEB_APP), true);
      assert.equal(isClientSide(path, JSON.stringify({ devDependencies: { svelte: '5' } })), true);
      for (const other of [SERVER, undefined, '', '{', 'null', '[]', '{"dependencies": []}'])
        assert.equal(isClientSide(path, other), false);
    });

  for (const path of [
    ...['server/index.js', 'pages/api/pay.ts', 'vite.config.ts', 'src/pay.test.ts', 'scripts/send.mjs'],
    ...[
      'send.sh',
      'orders.http',
      '.env',
      'a.invoice.json',
      'README.md',
      'src/main/java/x/Api.kt',
      'api/public.py',
    ],
  ])
    it(`is not ${path}`, () => assert.equal(isClientSide(path, WEB_APP), false));

  it('is what a bundler takes from a variable', () => {
    for (const before of ['VITE_ECCAEX_API_KEY=', 'NEXT_PUBLIC_ECCAEX_API_KEY_PROD = "', 'REACT_APP_KEY: '])
      assert.equal(isBundledVariable(before), true, before);
    for (const before of ['', 'ECCAEX_API_KEY_PROD=', 'VITE_A=b\nECCAEX_API_KEY='])
      assert.equal(isBundledVariable(before), false, before);
  });
});

describe('a leak', () => {
  it('is as bad as what git makes of the file', () => {
    const [literal] = LEAKS;
    assert.ok(literal);
    assert.deepEqual(
      GIT.map((git) => severityOfLeak(literal, { git, isClientSide: false })),
      ['error', 'error', 'warning', 'information', 'warning', 'warning'],
    );
  });

  it('is an error in client-side code, and where it keeps a request from being sent', () => {
    for (const git of GIT)
      for (const leak of LEAKS) {
        assert.equal(severityOfLeak(leak, { git, isClientSide: true }), 'error');
        const severity = severityOfLeak(leak, { git, isClientSide: false, isRequest: true });
        if (leak.code === 'key-in-file') assert.equal(severity, 'error');
      }
  });

  it('says what stands there, and what to do', () => {
    for (const git of GIT)
      for (const isClientSide of [false, true])
        for (const leak of LEAKS) {
          const { message, guidance } = wordsOfLeak(leak, { git, isClientSide });
          assert.match(
            message,
            /^API key( of dev and prod( \([a-zA-Z0-9 -]+\)| in the name)?)? in [a-z -]+\. [A-Zg].+\.$/,
          );
          assert.ok(guidance.length > 0);
          for (const line of guidance) assert.match(line, /^[A-Z].*\.$/);
        }
  });

  it('is told to be rotated where a commit can hold it', () => {
    for (const leak of LEAKS)
      assert.match(
        wordsOfLeak(leak, { git: 'committed', isClientSide: false }).guidance.join(),
        /rotate .* in the history/,
      );
  });

  it('calls a webhook secret a secret, and says what it is for', () => {
    const secret: Leak = {
      ...{ code: 'key-literal', offset: 0, length: 9, isCertain: true },
      isWebhookSecret: true,
    };
    for (const git of GIT)
      for (const isClientSide of [false, true]) {
        const { message, guidance } = wordsOfLeak(secret, { git, isClientSide });
        assert.match(message, /^Webhook secret in /);
        assert.doesNotMatch(guidance.join(' '), /\bkey\b|Call the Merchant API/);
        if (isClientSide) assert.match(guidance.join(' '), /Receive and verify webhooks on your server\./);
      }
  });
});
