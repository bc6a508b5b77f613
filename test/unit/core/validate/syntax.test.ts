import assert from 'node:assert/strict';
import { checkTable, codesOf, type Row } from '../../../support/documentProblems';
import { request } from '../../../support/requests';

const syntax = (reason: string, text: string, rest: Partial<Row> = {}): Row => ({
  code: 'json-syntax',
  text,
  arguments: { reason },
  ...rest,
});

describe('JSON that is none', () => {
  checkTable([
    syntax('nothing', '«»'),
    syntax('nothing', '« \t\r\n \r»'),
    syntax('nothing', '«\u00a0»'),
    syntax('nothing', '«// TODO»', { also: ['json-comment'] }),
    syntax('comma', '{"amount":"1" «"purpose"»:"2"}', {
      fixes: { 'insert-comma': '{"amount":"1", "purpose":"2"}' },
    }),
    syntax('comma', '[{}\n«{»}]', { fixes: { 'insert-comma': '[{},\n{}]' } }),
    syntax('comma', '{"amount":"1" // }, {\n  «"purpose"»:"2"}', {
      also: ['json-comment'],
      fixes: { 'insert-comma': '{"amount":"1", // }, {\n  "purpose":"2"}' },
    }),
    syntax('comma', '{"amount":"1" «:» "2"}'),
    syntax('comma', '{"amount":1 «500»}'),
    syntax('comma', '{"a":1 «"b"» "c" "d"}', { fixes: { 'insert-comma': '{"a":1, "b" "c" "d"}' } }),
    syntax('colon', '{"amount" «"1"»}'),
    syntax('colon', '{"amount"«,» "purpose": ""}'),
    syntax('property-name', '{"amount":"1", «1»: 2}'),
    syntax('property-name', '{"amount":1,«500.00»}'),
    syntax('value', '{«,»}', { also: ['json-trailing-comma'] }),
    syntax('value', '{"amount":«}»'),
    syntax('value', '[{},«,»{}]'),
    syntax('value', '«]»'),
    syntax('unclosed', '{"amount":"1500.00«"»', { fixes: { 'close-brackets': '{"amount":"1500.00"}' } }),
    syntax('unclosed', '«{»', { fixes: { 'close-brackets': '{}' } }),
    syntax('unclosed', '[{"a": [1, {"b": "}"«}» \n', {
      fixes: { 'close-brackets': '[{"a": [1, {"b": "}"}]}] \n' },
    }),
    syntax('unclosed', '[{}«,»\n\n'),
    syntax('unclosed', '{"amount"«:»'),
    syntax('unclosed', '{«/* for ever»', { also: ['json-comment'] }),
    syntax('unclosed', '{}«/*»', { also: ['json-comment'] }),
    syntax('string', '{"amount":«"1500.00»\n}'),
    syntax('string', '{"amount":«"1500.00»'),
    syntax('string', '{"amount":«"\\q"»}'),
    syntax('string', '{"amount":«"\\u12"»}'),
    syntax('string', '{"amount":«"\t"»}'),
    syntax('string', '{"amount":«"\u0000"»}'),
    syntax('number', '{"amount":«1.»}'),
    syntax('number', '{"amount":«1e»}'),
    syntax('number', '{"amount":«0123»}'),
    syntax('number', '{"amount":«-012.3»}'),
    syntax('number', '«00»'),
    ...[
      '{"amount": «{{$randomInt 1 9}}»}',
      '{"amount": «{{$randomInt 1 9}}»,\n "purpose": "{{shop}}"}',
      '{"amount": «1{{$timestamp}}»}',
      '{"amount": «1{{$randomInt 0 9}}.{{$randomInt 10 99}}»}',
      '{"external_id": «order-{{$uuid}}-{{shop}}»}',
      '{«{{shop}}»: "x"}',
      '{"amount": "1.00", «{{shop}}»: "x"}',
      '[{"amount": «{{price}}»}, {}]',
      '[«{{shop}}»]',
      '«{{shop}}»',
    ].map((text) =>
      syntax('placeholder', text, {
        fixes: { 'quote-placeholder': text.replace('«', '"').replace('»', '"') },
      }),
    ),
    syntax('placeholder', '{"amount": "1" «{{price}}»}'),
    syntax('property-name', '{"amount": {«{»$uuid}'),
    syntax('property-name', '{"amount": {«{»$uuid\n}}'),
    syntax('after-end', '{}«}»'),
    syntax('after-end', '{}\n«{»}'),
    syntax('after-end', '1 «2»'),
    ...(
      [
        ['quote-text', '{«amount»: "1"}', '"amount"'],
        ['quote-text', '{"amount": "1", «currency_code» : "UAH"}', '"currency_code"'],
        ['quote-text', "{«'amount'»: 1}", '"amount"'],
        ['quote-text', '{"amount": «“1.00”»}', '"1.00"'],
        ['quote-text', '{«“amount”»: "1.00"}', '"amount"'],
        ['write-literal', '{"amount": «True»}', 'true'],
        ['write-literal', '[«None»]', 'null'],
      ] as const
    ).map(([id, text, written]) =>
      syntax('symbol', text, { fixes: { [id]: text.replace(/«.*»/, written) } }),
    ),
    syntax('symbol', `{"purpose": «'two» words'}`, {
      fixes: { 'quote-text': '{"purpose": "two words"}' },
    }),
    syntax('symbol', '{ «#» "not": 1\n}', { fixes: { 'remove-comment': '{ \n}' } }),
    syntax('symbol', `{"purpose": «'it's'»}`),
    syntax('symbol', '{"amount": «amount»}'),
    syntax('symbol', '{«amount»}'),
    syntax('symbol', '{"amount": «NaN»}'),
    syntax('symbol', '{"amount": «-»}'),
    syntax('symbol', '{"amount": «+1»}'),
    syntax('symbol', '«nulll»'),
    syntax('symbol', '«\u0000»'),
    syntax('symbol', '«<html>»'),
    syntax('symbol', '«\ufeff»{}'),
    syntax('too-deep', `${'['.repeat(128)}«[»${'['.repeat(10_000)}`),
    syntax('too-deep', `${'{"a":'.repeat(128)}«{»}${'}'.repeat(128)}`),
    syntax('too-deep', `${'[},'.repeat(128)}«[»},${'[},'.repeat(100_000)}`),
  ]);

  it('nests as deep as 128', () => {
    assert.deepEqual(codesOf(request({ purpose: `${'['.repeat(127)}1${']'.repeat(127)}` })), ['field-type']);
  });

  it('finds brackets that close nothing no reason to be too deep', () => {
    assert.deepEqual(codesOf(']'.repeat(1000) + '['.repeat(100)), ['json-syntax']);
    assert.deepEqual(codesOf(`[${'{},'.repeat(1000)}{}]`).includes('json-syntax'), false);
  });

  it('says of a text that is not JSON only what keeps it from being JSON', () => {
    assert.deepEqual(codesOf('{"amount": 1, "amount": 2, /* c */ "zzz": 3,} x'), [
      'json-comment',
      'json-trailing-comma',
      'json-syntax',
    ]);
  });
});

describe('JSON with comments and trailing commas', () => {
  const comment = (text: string, after: string, also: Row['also'] = []): Row => ({
    code: 'json-comment',
    text,
    also,
    fixes: { 'remove-comment': after },
  });
  const comma = (text: string, after: string, also: Row['also'] = []): Row => ({
    code: 'json-trailing-comma',
    text,
    also,
    fixes: { 'remove-trailing-comma': after },
  });
  const valid = request();
  const inside = valid.slice(0, -2);

  checkTable([
    comment(`«// first»\n${valid}`, `\n${valid}`),
    comment(`${valid}«// no line break»`, valid),
    comment(`${valid}«/* a\n * b\r\n */»`, valid),
    comment(`${valid}«/**/»`, valid),
    comment(`«// "not": 1, [»\r${valid}`, `\r${valid}`),
    comment(`«// CRLF»\r\n${valid}`, `\r\n${valid}`),
    comment(request({ amount: '«/* 💶 */»"1"' }), request({ amount: '"1"' })),
    comma(`${inside}«,»\n}`, `${inside}\n}`),
    comma(`[${valid}«,»]`, `[${valid}]`),
    comma(`[${valid}«,»\r\n\t]`, `[${valid}\r\n\t]`),
    comma(`${inside}«,» // why\n}`, `${inside} // why\n}`, ['json-comment']),
    comma(request({ amount: '["1"«,»]' }), request({ amount: '["1"]' }), ['field-type']),
  ]);

  it('takes what looks like a comment in a string for what it is: text', () => {
    const purpose = JSON.stringify('// no, /* not */ either, ]');
    assert.deepEqual(codesOf(request({ purpose, callback_url: '"https://shop.example//a/*b*/"' })), []);
    assert.deepEqual(codesOf(request({ purpose: '"\\" // no"' })), []);
  });

  it('reports each of several', () => {
    assert.deepEqual(codesOf(`/*1*/[/*2*/${valid}/*3*/,]//4`), [
      'json-comment',
      'json-comment',
      'json-comment',
      'json-trailing-comma',
      'json-comment',
    ]);
  });
});
