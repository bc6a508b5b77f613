import assert from 'node:assert/strict';
import { addressWithoutSecrets, withoutSecrets } from '../../../../src/app/history/withoutSecrets';

describe('a text without the secrets of its URLs', () => {
  const texts: Readonly<Record<string, string>> = {
    'https://user:secret@shop.example/hook?token=secret&b=secret#top':
      'https://shop.example/hook?token=…&b=…#top',
    'see https://secret@shop.example, or not': 'see https://shop.example, or not',
    'https://shop.example/#access_token=secret&x=secret': 'https://shop.example/#access_token=…&x=…',
    'https://shop.example/#/a?token=secret': 'https://shop.example/#/a?token=…',
    '{"a": "https:\\/\\/user:secret@shop.example\\/hook?token=secret\\u0026b=secret"}':
      '{"a": "https://shop.example/hook?token=…&b=…"}',
    'https:\\/\\/user:secret\\u0040shop.example cut': 'https://shop.example cut',
    'https://a:secret@b@shop.example/': 'https://shop.example/',
    'HTTPS://shop.example/?a=secret`': 'HTTPS://shop.example/?a=…`',
  };
  for (const [text, safe] of Object.entries(texts))
    it(`is ${safe}`, () => assert.equal(withoutSecrets(text), safe));

  it('is the same where there are none', () => {
    for (const text of [
      ...['a?b=c', 'https://shop.example/a', 'mail: a@b.example', '{"a": "https://x.example"}'],
      ...['{"a": "https:\\/\\/x.example\\/a?b#c"}', 'https://x.example/a@b', 'https://x.example/?a@b'],
    ])
      assert.equal(withoutSecrets(text), text);
  });

  it('is made of relative addresses, too', () => {
    assert.equal(addressWithoutSecrets('/login?token=secret'), '/login?token=…');
    assert.equal(addressWithoutSecrets('//user:secret@shop.example/a'), '//shop.example/a');
  });
});
