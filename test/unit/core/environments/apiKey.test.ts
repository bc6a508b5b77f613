import assert from 'node:assert/strict';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { ApiKey, removedWords } from '../../../../src/core/environments/apiKey';
import { isEnvironment } from '../../../../src/core/environments/environment';
import { defaultSandboxKey, SANDBOX_KEYS } from '../../../../src/core/environments/sandboxKeys';
import { apiKey } from '../../../support/keys';
import { codeUnits } from '../../../support/arbitraryTexts';

const VALUE = 'live_0123456789abcdef';

describe('an API key', () => {
  const parsed: Readonly<Record<string, string>> = {
    [VALUE]: VALUE,
    [` \t${VALUE}\r\n`]: VALUE,
    [`\ufeff\u00a0${VALUE}\u2003`]: VALUE,
    'with space inside': 'with space inside',
    '~!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}': '~!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}',
    x: 'x',
    '': 'empty',
    ' \r\n\t\u00a0': 'empty',
    'a\nb': 'control-character',
    'a\tb': 'control-character',
    'a\u0000b': 'control-character',
    'a\u007fb': 'control-character',
    'a\u0085b': 'control-character',
    'a\r\nX-Evil: 1': 'control-character',
    ключ: 'not-header-text',
    'a\u00a0b': 'not-header-text',
    'a\u200bb': 'not-header-text',
    'a\u2028b': 'not-header-text',
    'a💶': 'not-header-text',
    '\ud800': 'not-header-text',
    é: 'not-header-text',
  };
  for (const [text, expected] of Object.entries(parsed))
    it(`${JSON.stringify(text)} is ${expected}`, () => {
      const key = ApiKey.parse(text);
      assert.equal(key instanceof ApiKey ? key.reveal() : key, expected);
    });

  describe('as people have it', () => {
    const QUOTES = 'Removed quotes around the key.';
    const BEARER = 'Removed “Bearer” around the key.';
    const HEADER = 'Removed “X-Api-Key” around the key.';
    const entered: Readonly<Record<string, string | undefined>> = {
      [VALUE]: undefined,
      [` ${VALUE}\n`]: undefined,
      [`"${VALUE}"`]: QUOTES,
      [`'${VALUE}'`]: QUOTES,
      [`\`${VALUE}\``]: QUOTES,
      [`"'${VALUE}'"\r\n`]: QUOTES,
      [`Bearer ${VALUE}`]: BEARER,
      [`bearer   ${VALUE}`]: BEARER,
      [`X-Api-Key: ${VALUE}`]: HEADER,
      [`X-Api-Key:${VALUE}`]: HEADER,
      [`x-api-key : ${VALUE}`]: 'Removed “x-api-key” around the key.',
      [`"X-Api-Key": "${VALUE}"`]: 'Removed “X-Api-Key” and quotes around the key.',
      [`'X-Api-Key: ${VALUE}'`]: 'Removed quotes and “X-Api-Key” around the key.',
      [`Authorization: Bearer ${VALUE}`]: 'Removed “Authorization” and “Bearer” around the key.',
      [`export ECCAEX_API_KEY_DEV='${VALUE}'`]: 'Removed “ECCAEX_API_KEY_DEV” and quotes around the key.',
      [`ECCAEX_API_KEY=${VALUE}`]: 'Removed “ECCAEX_API_KEY” around the key.',
      [`-H "X-Api-Key: ${VALUE}"`]: 'Removed quotes and “X-Api-Key” around the key.',
      [`--header='X-Api-Key: ${VALUE}'`]: 'Removed quotes and “X-Api-Key” around the key.',
      [`set X_API_KEY=${VALUE}`]: 'Removed “X_API_KEY” around the key.',
      [`$env:ECCAEX_API_KEY_DEV = "${VALUE}"`]: 'Removed “ECCAEX_API_KEY_DEV” and quotes around the key.',
      [`MERCHANT_API_KEY=${VALUE}`]: 'Removed “MERCHANT_API_KEY” around the key.',
      [`const apiKey = '${VALUE}';`]: 'Removed “apiKey” and quotes around the key.',
    };
    for (const [text, words] of Object.entries(entered))
      it(`${JSON.stringify(text)} is unwrapped, and that is said`, () => {
        const key = ApiKey.entered(text);
        assert.equal(key instanceof ApiKey ? key.reveal() : key, VALUE);
        assert.equal(removedWords(text), words);
      });

    for (const text of [
      ...[
        '${KEY}',
        '"${ECCAEX_API_KEY_DEV}"',
        'Bearer ${{ secrets.KEY }}',
        'live_${KEY}',
        '$KEY',
        '$env:KEY',
      ],
      ...[
        '$(pass eccaex)',
        '{{apiKey}}',
        'X-Api-Key: {{ key }}',
        '<your key>',
        '"<API_KEY>"',
        '%KEY%',
        '[your key]',
      ],
      ...[
        'your key',
        'YOUR_API_KEY',
        'your-api-key-here',
        'Insert API key here',
        'changeme',
        'change-me',
        'TODO',
      ],
      ...[
        'null',
        'undefined',
        'None',
        '[object Object]',
        'op://vault/eccaex/key',
        'vault://secret/eccaex#key',
      ],
      ...['****cdef', '••••tive', 'live****cdef', 'ECCAEX_API_KEY=null'],
      ...['xxxx', 'XXXXXXXXXX', '********', '...', '••••••', '__API_KEY__', 'process.env.KEY'],
    ])
      it(`${JSON.stringify(text)} is a placeholder`, () => assert.equal(ApiKey.entered(text), 'placeholder'));

    const others: Readonly<Record<string, string>> = {
      '': 'empty',
      '""': 'empty',
      [`“${VALUE}”`]: 'not-header-text',
      'Bearer ': 'empty',
      'X-Api-Key:': 'empty',
      '"a\nb"': 'control-character',
      '"': '"',
      [`"${VALUE}`]: `"${VALUE}`,
      Bearer: 'empty',
      bearer_123: 'bearer_123',
      '-H': '-H',
      'set of 3': 'set of 3',
      null0123456789: 'null0123456789',
      apikey_0123456789: 'apikey_0123456789',
      xyz_live_1: 'xyz_live_1',
      'key-of-dev': 'key-of-dev',
      'sk_live_0123456789$&': 'sk_live_0123456789$&',
      '8${': '8${',
      your0123456789: 'your0123456789',
    };
    for (const [text, expected] of Object.entries(others))
      it(`${JSON.stringify(text)} is ${expected}`, () => {
        const key = ApiKey.entered(text);
        assert.equal(key instanceof ApiKey ? key.reveal() : key, expected);
      });
  });

  it('is all that a header can carry, to the letter', () => {
    fc.assert(
      fc.property(codeUnits(), (text) => {
        const key = ApiKey.parse(text);
        if (key instanceof ApiKey) {
          assert.equal(key.reveal(), text.trim());
          assert.match(key.reveal(), /^[ -~]+$/);
        }
      }),
    );
  });

  it('has a fingerprint of its last 4 characters, if it is long enough to spare them', () => {
    assert.equal(apiKey(VALUE).fingerprint, '••••cdef');
    assert.equal(apiKey('123456789012').fingerprint, '••••9012');
    assert.equal(apiKey('12345678901').fingerprint, '••••');
    assert.equal(apiKey('x').fingerprint, '••••');
  });

  it('equals another one with the same value', () => {
    assert.ok(apiKey(VALUE).equals(apiKey(` ${VALUE}`)));
    assert.ok(!apiKey(VALUE).equals(apiKey(VALUE.toUpperCase())));
  });

  /** What takes a text and is given a key instead, as happens by accident. */
  const shown: Readonly<Record<string, (key: string) => string>> = {
    'join()': (key) => [key, [key]].join(),
    'a template': (key) => `for ${key}`,
    'a sum': (key) => 'for ' + key,
    'toLocaleString()': (key) => key.toLocaleString(),
    'JSON.stringify': (key) => JSON.stringify({ key, list: [key] }),
    'util.inspect': (key) => inspect(key, { showHidden: true, depth: Infinity, getters: true }),
    'util.inspect of what holds it': (key) =>
      inspect(new Map([[key, { key }]]), { showHidden: true, getters: true }),
    'util.format': (key) => format('%s %o %O %j %d', key, key, key, key, key),
    'an Error': (key) => {
      const error = new Error(`no answer for ${key}`, { cause: key });
      return `${error.stack ?? ''} ${inspect(error, { showHidden: true })}`;
    },
    'a console': (key) => {
      let output = '';
      const stream = new Writable({
        write(chunk: Buffer, _encoding, done) {
          output += chunk.toString();
          done();
        },
      });
      const console = new Console(stream);
      console.log(key, '%s', key);
      console.dir({ key }, { showHidden: true });
      console.table([key]);
      return output;
    },
    'its members': (key) =>
      JSON.stringify([Object.entries(key), Object.getOwnPropertyNames(key), Object.assign({}, key)]),
    'a copy': (key) => inspect(structuredClone(key), { showHidden: true }),
    'an assertion': (key) => {
      try {
        assert.deepEqual(key, apiKey('another_key_of_dev'));
        assert.equal(key, 'x');
      } catch (error) {
        return `${inspect(error, { showHidden: true, getters: true })} ${JSON.stringify(error)}`;
      }
      return '';
    },
  };
  for (const [name, show] of Object.entries(shown))
    it(`is not told by ${name}`, () => {
      const text = show(apiKey(VALUE) as unknown as string);
      assert.notEqual(text, '');
      assert.doesNotMatch(text, /live|0123|4567|89ab/);
    });
});

describe('the keys of the sandbox', () => {
  it('are keys, and the first is the one it takes', () => {
    assert.equal(defaultSandboxKey().reveal(), 'sandbox_active');
    assert.equal(SANDBOX_KEYS[0]?.key, 'sandbox_active');
    for (const { key } of SANDBOX_KEYS) if (key !== undefined) assert.equal(apiKey(key).reveal(), key);
  });
});

describe('environments', () => {
  it('are four, and nothing else', () => {
    for (const name of ['sandbox', 'dev', 'staging', 'prod']) assert.ok(isEnvironment(name));
    for (const name of ['Prod', 'production', '', 'constructor', undefined, null, 0, ['dev']])
      assert.ok(!isEnvironment(name));
  });
});
