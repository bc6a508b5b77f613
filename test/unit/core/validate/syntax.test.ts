import assert from 'node:assert/strict';
import { checkRow, checkTable, codesOf, type Row } from '../../../support/documentProblems';
import { request } from '../../../support/requests';

const syntax = (reason: string, text: string, rest: Partial<Row> = {}): Row => ({
  code: 'json-syntax',
  text,
  arguments: { reason },
  ...rest,
});

/** The character of which the words tell the code, and its name where that is given. */
const character = (named: string, text: string, rest: Partial<Row> = {}): Row => ({
  code: 'json-syntax',
  text,
  says: named,
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
      '0x5DC',
      '1_500',
      '1_500.25',
      '15n',
      '1.5f',
      '.5',
      '-.5',
      '+5',
      '+1.5',
      'NaN',
      '-Infinity',
      '0b11',
    ].map((number) => syntax('number', `{"amount":«${number}»}`)),
    syntax('string', '{"purpose":""«"text"»""}'),
    syntax('string', '{"purpose":"say "«"yes"»""}'),
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
    syntax('after-end', '{}\n«{»}', { fixes: { 'write-batch': '[{},\n{}]' } }),
    syntax('after-end', '{"amount": "1"}«{»"a": [{}]} // }\n{}\n', {
      fixes: { 'write-batch': '[{"amount": "1"},{"a": [{}]}, // }\n{}]\n' },
    }),
    syntax('after-end', '{"amount": "1"}«,» {}', { fixes: { 'write-batch': '[{"amount": "1"}, {}]' } }),
    syntax('after-end', '{}«,»'),
    syntax('after-end', '{} «[»{}]'),
    syntax('after-end', '{} «{»"amount" 1}'),
    syntax('after-end', '1 «2»'),
    ...(
      [
        ['symbol', 'quote-text', '{«amount»: "1"}', '"amount"'],
        ['symbol', 'quote-text', '{"amount": "1", «currency_code» : "UAH"}', '"currency_code"'],
        ['quotes', 'quote-text', "{«'amount'»: 1}", '"amount"'],
        ['literal', 'write-literal', '{"amount": «True»}', 'true'],
        ['literal', 'write-literal', '[«None»]', 'null'],
        ['semicolon', 'write-json', '{}«;»', ''],
      ] as const
    ).map(([reason, id, text, written]) =>
      syntax(reason, text, { fixes: { [id]: text.replace(/«.*»/, written) } }),
    ),
    syntax('quotes', `{"purpose": «'two» words'}`, {
      fixes: { 'quote-text': '{"purpose": "two words"}' },
    }),
    syntax('comment', '{ «#» "not": 1\n}', { fixes: { 'remove-comment': '{ \n}' } }),
    syntax('quotes', `{"purpose": «'it's'»}`),
    syntax('symbol', '{"amount": «amount»}'),
    syntax('symbol', '{«amount»}'),
    { ...syntax('literal', '{"amount": «undefined»}'), says: 'only the words true, false and null' },
    syntax('symbol', '{"amount": «-»}'),
    syntax('symbol', '«nulll»'),
    character('U+0000', '«\u0000»'),
    syntax('symbol', '«<html>»'),
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

describe('JSON with characters that look like others', () => {
  const converted = (named: string, text: string, after: string, rest: Row['fixes'] = {}): Row =>
    character(named, text, { fixes: { 'write-json': after, ...rest } });

  checkTable([
    converted(
      'no-break space (U+00A0)',
      '{\n«\u00a0» \u00a0 "amount": "10.00"\n}',
      '{\n    "amount": "10.00"\n}',
    ),
    converted('no-break space (U+00A0)', '{"amount":«\u00a0»"1\u00a0000"}', '{"amount": "1\u00a0000"}'),
    converted('zero-width space (U+200B)', '{«\u200b»"amount": "1"}', '{"amount": "1"}'),
    converted('byte order mark (U+FEFF)', '«\ufeff»{}', '{}'),
    converted('byte order mark (U+FEFF)', '[{},\n«\ufeff»{}]', '[{},\n{}]'),
    converted('line separator (U+2028)', '{«\u2028»"amount": "1"}', '{ "amount": "1"}'),
    converted('ideographic space (U+3000)', '{«\u3000»"amount": "1"}', '{ "amount": "1"}'),
    converted(
      '"：", a full-width character (U+FF1A)',
      '{"amount"«：»"1"，"purpose"：""}',
      '{"amount":"1","purpose":""}',
    ),
    converted('"｛", a full-width character (U+FF5B)', '«｛»"amount": "1"｝', '{"amount": "1"}'),
    converted('"“", a typographic quote (U+201C)', '{«“amount”»: “1.00”}', '{"amount": "1.00"}', {
      'quote-text': '{"amount": “1.00”}',
    }),
    converted('"”", a typographic quote (U+201D)', '{"amount": «"1.00”}»', '{"amount": "1.00"}'),
    character('"–", an en dash (U+2013)', '{"amount": «–5»}'),
    character('"а", a Cyrillic letter (U+0430)', '{«аmount»: "1"}'),
  ]);
});

describe('JSON as other languages write it', () => {
  const converted = (reason: string, text: string, after: string, rest: Row['fixes'] = {}): Row =>
    syntax(reason, text, { fixes: { 'write-json': after, ...rest } });

  checkTable([
    converted(
      'quotes',
      `{\n  «'amount'»: '10.00',\n  'callback_url': 'https://shop.example/c', // not 'this'\n}`,
      `{\n  "amount": "10.00",\n  "callback_url": "https://shop.example/c", // not 'this'\n}`,
      {
        'quote-text': `{\n  "amount": '10.00',\n  'callback_url': 'https://shop.example/c', // not 'this'\n}`,
      },
    ),
    converted('quotes', `{"purpose": «'it\\'s'» }`, `{"purpose": "it's" }`),
    converted('quotes', `[«'say»: "no"\\x21']`, `["say: \\"no\\"\\u0021"]`),
    converted('quotes', '{"purpose": «\x60a\x60»}', '{"purpose": "a"}'),
    converted(
      'quotes',
      `{«u'amount'»: u'1', 'purpose': None, "x": True}`,
      `{"amount": "1", "purpose": null, "x": true}`,
    ),
    converted('symbol', `{«amount»: '1', purpose: ""};`, `{"amount": "1", "purpose": ""}`, {
      'quote-text': `{"amount": '1', purpose: ""};`,
    }),
    // What is text and what is not, nobody knows.
    syntax('quotes', `{«'purpose'»: 'it's', 'amount': '1'}`, {
      fixes: { 'quote-text': `{"purpose": 'it's', 'amount': '1'}` },
    }),
    syntax('quotes', `{«'purpose'»: 'a\\qb'}`, { fixes: { 'quote-text': `{"purpose": 'a\\qb'}` } }),
  ]);
});

describe('markers of a merge conflict', () => {
  const conflict = (text: string) => syntax('merge-conflict', text);
  const two = '"amount": "1",\n=======\n"amount": "2",\n>>>>>>> feature\n"purpose": ""}';

  checkTable([
    conflict(`{\n«<<<<<<< HEAD»\n${two}`),
    conflict(`{\n  «<<<<<<< HEAD»\n${two}`),
    conflict(`{"amount": "1"\r\n«<<<<<<< HEAD»\r\n=======\r\n>>>>>>> feature\r\n}`),
    conflict(`{\n«<<<<<<< HEAD»\n"amount": "1",\n||||||| 5e2f1a0\n"amount": "0",\n${two.slice(15)}`),
    conflict(`{"a": 'x',\n«<<<<<<< HEAD»\n${two}`),
    conflict(`«<<<<<<<»\n{}\n=======\n[]\n>>>>>>> feature`),
    conflict(`{"amount": "1",\n«=======»\n"amount": "2"}`),
    conflict(`{"amount": "1"\n«>>>>>>> feature»\n}`),
    conflict(`{"amount": "1",\n«||||||| 5e2f1a0»\n}`),
    conflict(`{}\n«=======»\n{}`),
    // A text that has seven of them for another reason.
    syntax('symbol', '{"purpose": "", «a» "b"\n}\n// =======\n'),
    syntax('symbol', '«Title»\n=======\n'),
    syntax('symbol', '{«=========»}'),
  ]);

  it('are a text like any other in a string', () => {
    assert.deepEqual(codesOf(request({ purpose: '"<<<<<<< HEAD"' })), []);
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

  it('takes nothing for a comment behind what is not JSON, such as the rest of a URL', () => {
    assert.deepEqual(codesOf("{'callback_url': 'https://shop.example/c',\n'a': 'https://b'}"), [
      'json-syntax',
    ]);
    assert.deepEqual(codesOf('/* a */ {b: https://shop.example,}'), ['json-comment', 'json-syntax']);
  });

  it('leaves a space where two values would become one', () => {
    checkRow({
      code: 'json-comment',
      text: '{"amount": 1«/**/»2}',
      also: ['json-syntax'],
      fixes: { 'remove-comment': '{"amount": 1 2}' },
    });
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
