import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DOCUMENTED_BASE_URL } from '../../../../src/core/contract/wire';
import { endpointUrl, isLoopback, parseBaseUrl } from '../../../../src/core/environments/baseUrl';

const read = (text: string): string => {
  const result = parseBaseUrl(text);
  return result.ok ? result.origin : result.fault;
};

describe('a base URL', () => {
  const cases: Readonly<Record<string, string>> = {
    [DOCUMENTED_BASE_URL]: 'https://api.ecca-ex.com',
    [`${DOCUMENTED_BASE_URL}/`]: 'https://api.ecca-ex.com',
    [` ${DOCUMENTED_BASE_URL}\n`]: 'https://api.ecca-ex.com',
    'HTTPS://API.ECCA-EX.COM/API': 'https://api.ecca-ex.com',
    'https://api.ecca-ex.com:443': 'https://api.ecca-ex.com',
    'https://api.ecca-ex.com:8443': 'https://api.ecca-ex.com:8443',
    // Another name than without the dot, so a key of the one does not go to the other.
    'https://api.ecca-ex.com./': 'https://api.ecca-ex.com.',
    'https://пример.example': 'https://xn--e1afmkfd.example',
    'https://api.ecca-ex.com.evil.example': 'https://api.ecca-ex.com.evil.example',

    'http://localhost:3000/api': 'http://localhost:3000',
    'http://LOCALHOST': 'http://localhost',
    'http://127.0.0.1:8080': 'http://127.0.0.1:8080',
    'http://127.1': 'http://127.0.0.1',
    'http://0x7f.1': 'http://127.0.0.1',
    'http://2130706433': 'http://127.0.0.1',
    'http://0177.0.0.1': 'http://127.0.0.1',
    'http://[::1]:80/': 'http://[::1]',
    'http://[0:0:0:0:0:0:0:1]': 'http://[::1]',
    'http://１２７.0.0.1': 'http://127.0.0.1',

    'http://api.ecca-ex.com': 'plain-http',
    'http://127.0.0.1.evil.example': 'plain-http',
    'http://localhost.': 'plain-http',
    'http://localhost.evil.example': 'plain-http',
    'http://evil.localhost': 'plain-http',
    'http://127.0.0.2': 'plain-http',
    'http://127.255.255.254': 'plain-http',
    'http://128.0.0.1': 'plain-http',
    'http://0.0.0.0': 'plain-http',
    'http://[::]': 'plain-http',
    'http://[::2]': 'plain-http',
    'http://[::ffff:127.0.0.1]': 'plain-http',
    'http://10.0.0.1': 'plain-http',
    'http://localhost@evil.example': 'plain-http',
    'http://127.0.0.1:80@evil.example/': 'plain-http',
    'http://evil.example#@127.0.0.1': 'plain-http',

    'https://user@api.ecca-ex.com': 'credentials',
    'https://user:pass@api.ecca-ex.com': 'credentials',
    'https://:pass@api.ecca-ex.com': 'credentials',
    'http://u@127.0.0.1': 'credentials',

    'https://api.ecca-ex.com?key=1': 'query',
    'https://api.ecca-ex.com/v1?': 'query',
    'https://api.ecca-ex.com/v1#': 'query',
    'https://api.ecca-ex.com/#/v1': 'query',

    'javascript:alert(1)': 'scheme',
    'ftp://api.ecca-ex.com': 'scheme',
    'ws://localhost': 'scheme',
    'file:///etc/passwd': 'scheme',
    'data:text/plain,x': 'scheme',
    'vscode://x': 'scheme',
    'localhost:3000': 'scheme',

    // What a browser repairs is refused: it leads elsewhere than it reads.
    'https://api.ecca-ex.com\\@evil.example': 'not-a-url',
    'http://evil.example\\@127.0.0.1': 'not-a-url',
    'https:\\\\api.ecca-ex.com': 'not-a-url',
    'https://api.ecca-ex.com\\v1': 'not-a-url',
    'https:api.ecca-ex.com': 'not-a-url',
    'https:/api.ecca-ex.com': 'not-a-url',
    'https:///api.ecca-ex.com': 'not-a-url',
    'https:/\\api.ecca-ex.com': 'not-a-url',
    'http:127.0.0.1': 'not-a-url',
    'ht\ntps://api.ecca-ex.com': 'not-a-url',
    'https://api.ecca\t-ex.com': 'not-a-url',
    'https://api.ecca-ex.com/a\nb': 'not-a-url',

    '': 'not-a-url',
    ' ': 'not-a-url',
    '//host': 'not-a-url',
    '/api/v1': 'not-a-url',
    'api.ecca-ex.com': 'not-a-url',
    'https://': 'not-a-url',
    'http://[::1%25lo]/': 'not-a-url',
    'http://[::1': 'not-a-url',
    'https://a b': 'not-a-url',
    'https://api.ecca-ex.com:99999': 'not-a-url',
    'http://256.0.0.1': 'not-a-url',
    'https://%00': 'not-a-url',
  };
  for (const [text, expected] of Object.entries(cases))
    it(`${JSON.stringify(text)}: ${expected}`, () => assert.equal(read(text), expected));

  it('is never one over plain http to another machine, or with credentials', () => {
    const part = fc.constantFrom(
      'http',
      'https',
      '://',
      ':',
      '//',
      '@',
      '127.0.0.1',
      'localhost',
      'evil.example',
      '.',
      '\\',
      '#',
      '?',
      '/',
      '%',
      '[::1]',
    );
    const texts = fc
      .tuple(fc.constantFrom('http://', 'https://', ''), fc.array(part))
      .map(([scheme, parts]) => scheme + parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseBaseUrl(text);
        if (!result.ok) return;
        const { url, origin } = result;
        assert.match(origin, /^https:\/\/.|^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/);
        assert.equal(url.username + url.password + url.search + url.hash, '');
        const endpoint = endpointUrl(url, 'create-invoice');
        assert.equal(new URL(endpoint).origin, origin);
        assert.ok(endpoint.endsWith('/create-invoice'));
      }),
    );
  });
});

describe('the address of an endpoint', () => {
  const cases: Readonly<Record<string, string>> = {
    'https://a.example': 'https://a.example/create-invoice',
    'https://a.example/': 'https://a.example/create-invoice',
    'https://a.example/api/v1': 'https://a.example/api/v1/create-invoice',
    'https://a.example/api/v1///': 'https://a.example/api/v1/create-invoice',
    'http://127.0.0.1:3000/api/../v1/.': 'http://127.0.0.1:3000/v1/create-invoice',
    'https://a.example//b': 'https://a.example//b/create-invoice',
    'https://u:p@a.example/b?c#d': 'https://a.example/b/create-invoice',
  };
  for (const [base, expected] of Object.entries(cases))
    it(`below ${base}`, () => assert.equal(endpointUrl(new URL(base), 'create-invoice'), expected));
});

describe('this machine', () => {
  it('has three names', () => {
    for (const host of ['localhost', '[::1]', '127.0.0.1', '127.9.99.255']) assert.ok(isLoopback(host), host);
    for (const host of [
      '',
      'localhost.',
      '::1',
      '127.0.0',
      '127.0.0.1.a',
      'a127.0.0.1',
      '1127.0.0.1',
      '[::1].a',
    ])
      assert.ok(!isLoopback(host), host);
  });
});
