import assert from 'node:assert/strict';
import { webLink } from '../../../../src/core/response/webLink';

describe('a link of a server', () => {
  const same = [
    'https://pay.example/a%26b%2Bc%2Fd%0Aid?x=%3D%23&y=%25#%20',
    'http://127.0.0.1:4321/pay/1?next=https%3A%2F%2Fshop.example%2F',
  ];
  for (const link of same) it(`stays as it is written: ${link}`, () => assert.equal(webLink(link), link));

  it('is on one line, in ASCII', () => {
    assert.equal(
      webLink(' https://pay.example/a\r\nb c\u2028é '),
      'https://pay.example/ab%20c%E2%80%A8%C3%A9',
    );
  });

  for (const link of [
    undefined,
    5,
    '',
    'pay.example',
    '/pay',
    'javascript:alert(1)',
    'file:///a',
    'command:x',
  ])
    it(`is none: ${JSON.stringify(link)}`, () => assert.equal(webLink(link), undefined));
});
