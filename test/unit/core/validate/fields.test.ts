import assert from 'node:assert/strict';
import { parseDocument } from '../../../../src/core/document/document';
import { severityOf } from '../../../../src/core/problems/catalogue';
import { validate } from '../../../../src/core/validate/validate';
import { checkTable, codesOf, CONTEXT, type Row } from '../../../support/documentProblems';
import { batch, request } from '../../../support/requests';

const CALLBACK = '"https://default.example/callback"';
const without = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

/** A single request on one line, all of which is marked. */
const marking = (changes: Parameters<typeof request>[0]) => `«${request(changes, { eol: '', indent: '' })}»`;
const oneLine = (changes: Parameters<typeof request>[0]) => request(changes, { eol: '', indent: '' });

describe('the root of a document', () => {
  const root = (found: string, text: string, rest: Partial<Row> = {}): Row => ({
    code: 'root-type',
    text,
    arguments: { found },
    ...rest,
  });
  const valid = request();

  checkTable([
    root('string', '«"amount"»'),
    root('number', '«1500.00»'),
    root('boolean', '\n «true»'),
    root('null', '«null»\n'),
    root('empty-array', '«[]»'),
    root('empty-array', '«[»\n\n]'),
    root('number', `[${valid}, «5»]`, { pointer: '/1' }),
    root('null', `[«null», ${valid}]`, { pointer: '/0' }),
    root('array', `[${valid}, «[{}]»]`, { pointer: '/1' }),
    root('array', `[${valid}, «[»\n1]]`, { pointer: '/1' }),
  ]);
});

describe('fields that are not there', () => {
  const missing = (field: string, text: string, after: string, rest: Partial<Row> = {}): Row => ({
    name: `${field} in ${JSON.stringify(text.slice(0, 12))}`,
    code: 'field-missing',
    text,
    arguments: { field },
    fixes: { 'add-field': after },
    ...rest,
  });
  const all = request();
  /** The same text with a place marked. */
  const firstLine = (text: string) => text.replace('{', '«{»');

  checkTable([
    missing(
      'amount',
      firstLine(request(without('amount'))),
      request(without('amount')).replace('fail"\n', 'fail",\n  "amount": "1500.00"\n'),
    ),
    missing(
      'currency_code',
      marking(without('currency_code')),
      oneLine(without('currency_code')).replace('fail"}', 'fail", "currency_code": "UAH"}'),
    ),
    missing(
      'customer_id',
      firstLine(request(without('customer_id'), { eol: '\r\n', indent: '\t' })),
      request(without('customer_id'), { eol: '\r\n', indent: '\t' }).replace(
        'fail"\r\n',
        'fail",\r\n\t"customer_id": "user_12345"\r\n',
      ),
    ),
    missing(
      'external_id',
      `[${all}, ${firstLine(request(without('external_id')))}]`,
      `[${all}, ${request(without('external_id')).replace('fail"\n', 'fail",\n  "external_id": "order-new"\n')}]`,
      { pointer: '/1' },
    ),
  ]);

  const urls = (fields: string[], text: string, after: string, rest: Partial<Row> = {}): Row => ({
    name: `${fields.join()} in ${JSON.stringify(text.slice(0, 12))}`,
    code: 'urls-missing',
    text,
    arguments: { fields },
    fixes: { 'add-urls': after },
    ...rest,
  });

  checkTable([
    urls(
      ['callback_url'],
      firstLine(request(without('callback_url'))),
      request(without('callback_url')).replace('fail"\n', `fail",\n  "callback_url": ${CALLBACK}\n`),
    ),
    urls(
      ['callback_url', 'success_url', 'fail_url'],
      marking(without('callback_url', 'success_url', 'fail_url')),
      oneLine({
        ...without('callback_url', 'success_url', 'fail_url'),
        ' ': '',
      }).replace(
        ', " ": ',
        `, "callback_url": ${CALLBACK}, "success_url": "https://default.example/success", "fail_url": "https://default.example/fail"`,
      ),
    ),
    urls(
      ['success_url', 'fail_url'],
      `[«{»\n    "amount": "1", "currency_code": "UAH",\r    "customer_id": "a", "external_id": "b", "callback_url": ${CALLBACK}}]`,
      `[{\n    "amount": "1", "currency_code": "UAH",\r    "customer_id": "a", "external_id": "b", "callback_url": ${CALLBACK},\n    "success_url": "https://default.example/success",\n    "fail_url": "https://default.example/fail"}]`,
      { pointer: '/0' },
    ),
  ]);
});

describe('fields that are there', () => {
  const type = (field: string, found: string, value: string, rest: Partial<Row> = {}): Row => ({
    code: 'field-type',
    pointer: `/${field}`,
    text: request({ [field]: `«${value}»` }),
    arguments: { field, found },
    ...rest,
  });
  const quoted = (field: string, value: string, after: string): Row =>
    type(field, 'number', value, { fixes: { 'quote-value': request({ [field]: after }) } });

  checkTable([
    quoted('amount', '1500', '"1500.00"'),
    quoted('amount', '1500.5', '"1500.50"'),
    quoted('amount', '0', '"0.00"'),
    quoted('amount', '9007199254740993', '"9007199254740993.00"'),
    quoted('amount', '123456789012345678901234567890.12', '"123456789012345678901234567890.12"'),
    quoted('amount', '1.5e3', '"1500.00"'),
    quoted('customer_id', '12345678901234567890', '"12345678901234567890"'),
    quoted('external_id', '-1.50E+3', '"-1.50E+3"'),
    quoted('purpose', '2026', '"2026"'),
    type('amount', 'number', '-5'),
    type('amount', 'number', '1.999'),
    type('amount', 'number', '1e-3'),
    type('currency_code', 'number', '980', {
      fixes: { 'use-currency': request({ currency_code: '"UAH"' }) },
    }),
    type('currency_code', 'number', '1'),
    type('fail_url', 'number', '1'),
    type('customer_id', 'number', '1'.repeat(129)),
    type('amount', 'null', 'null'),
    type('amount', 'boolean', 'true'),
    type('amount', 'array', '["1"]'),
    type('customer_id', 'object', '{"id": "{{shop}}"}'),
    type('callback_url', 'null', 'null', {
      fixes: {
        'remove-field': request({ callback_url: 'x' })
          .replace('  "callback_url": x,\n', '')
          .replace('"success', '"success'),
      },
    }),
    type('purpose', 'null', 'null', { fixes: { 'remove-field': request() } }),
    type('amount', 'number', '1', {
      name: 'in a batch with a bad element',
      text: `[null, ${request({ amount: '«1»' })}]`,
      pointer: '/1/amount',
      also: ['root-type'],
      fixes: { 'quote-value': `[null, ${request({ amount: '"1.00"' })}]` },
    }),
  ]);

  const unknown = (key: string, near: string | undefined, rest: Partial<Row> = {}): Row => ({
    code: 'field-unknown',
    pointer: `/${key}`,
    arguments: { field: key, near },
    text: request({ [key]: '1' }).replace(`"${key}":`, `«"${key}"»:`),
    fixes: { 'remove-field': request() },
    ...rest,
  });
  const misspelt = (key: string, near: string): Row => {
    const value = '"https://shop.example/"';
    return unknown(key, near, {
      text: request({ [near]: undefined, [key]: value }).replace(`"${key}":`, `«"${key}"»:`),
      also: near.endsWith('_url') ? ['urls-missing'] : [],
      fixes: {
        'rename-field': request({ [near]: undefined, [key]: value }).replace(`"${key}":`, `"${near}":`),
        'remove-field': request({ [near]: undefined }),
      },
    });
  };
  const VALUES: Readonly<Record<string, string>> = { amount: '"1.00"', currency_code: '"UAH"' };
  const misnamed = (key: string, meant: string, says = ''): Row => {
    const value = VALUES[meant] ?? '"https://shop.example/"';
    const text = request({ [meant]: undefined, [key]: value });
    const written = JSON.stringify(key);
    return {
      code: 'field-misnamed',
      pointer: `/${key}`,
      arguments: { field: key, meant, isPresent: false },
      says,
      text: text.replace(`${written}:`, `«${written}»:`),
      fixes: { 'rename-field': text.replace(`${written}:`, `"${meant}":`) },
    };
  };
  const twice = (key: string, meant: string): Row => ({
    code: 'field-misnamed',
    pointer: `/${key}`,
    arguments: { field: key, meant, isPresent: true },
    text: request({ [key]: '"1.00"' }).replace(`"${key}":`, `«"${key}"»:`),
    fixes: { 'remove-field': request() },
  });

  checkTable([
    unknown('note', undefined),
    unknown('id', undefined),
    unknown('__proto__', undefined),
    unknown('constructor', undefined),
    unknown('', undefined),
    unknown('{{shop}}', undefined),
    unknown('{{nobody', undefined),
    unknown('x'.repeat(100_000), undefined),
    unknown('a/b~c', undefined, { pointer: '/a~1b~0c' }),
    unknown('amout', undefined, { name: 'a near miss of a field that is there' }),
    unknown('ключ', undefined),
    unknown('amt', undefined, {
      name: 'too far from any field',
      text: request({ amount: undefined, amt: '1' }).replace('"amt"', '«"amt"»'),
      also: ['field-missing'],
      fixes: { 'remove-field': request({ amount: undefined }) },
    }),
    misspelt('purpos', 'purpose'),
    misspelt('callback', 'callback_url'),
    misnamed('amout', 'amount'),
    misnamed('Amount', 'amount'),
    misnamed('AMOUNT', 'amount'),
    misnamed('amount ', 'amount', 'ends with a space'),
    misnamed('\u0430mount', 'amount', '"\u0430", a Cyrillic letter (U+0430)'),
    misnamed('amount\u200b', 'amount', 'a zero-width space (U+200B)'),
    misnamed('currency', 'currency_code'),
    misnamed('currencyCode', 'currency_code'),
    misnamed('currency_cod', 'currency_code'),
    misnamed('customer-id', 'customer_id'),
    misnamed('externalId', 'external_id'),
    misnamed('Purpose', 'purpose'),
    misnamed('sucess_url', 'success_url'),
    misnamed('failUrl', 'fail_url'),
    twice('Amount', 'amount'),
    twice('external-id', 'external_id'),
    unknown('zzz', undefined, {
      name: 'the first member, with its comma',
      text: request().replace('{', '{«"zzz"»: {"a": [1, 2]},'),
      fixes: { 'remove-field': request().replace('{\n  ', '{') },
    }),
    unknown('zzz', undefined, {
      name: 'the only member, with a trailing comma',
      text: '{ «"zzz"»: 1 /* c */ , }',
      also: [
        ...(['json-comment', 'json-trailing-comma'] as const),
        ...(['field-missing', 'field-missing', 'field-missing', 'field-missing', 'urls-missing'] as const),
      ],
      fixes: { 'remove-field': '{  /* c */  }' },
    }),
    unknown('zzz', undefined, {
      name: 'the last member, with a trailing comma',
      text: request({ zzz: '1' }).replace('"zzz": 1', '«"zzz"»: 1,'),
      also: ['json-trailing-comma'],
      fixes: { 'remove-field': request().replace('\n}', ',\n}') },
    }),
  ]);

  it('are an error where a second name means the same field: a server may read either amount', () => {
    for (const name of ['Amount', 'AMOUNT', 'amount ', 'amo_unt', 'аmount']) {
      const text = request({ amount: '"1.00"', [name]: '"9999.00"' });
      const problems = validate(parseDocument(text), CONTEXT);
      assert.deepEqual(
        problems.map((problem) => [problem.kind, severityOf(problem)]),
        [['field-misnamed', 'error']],
        name,
      );
    }
  });

  it('are one problem where one is misnamed, in each request', () => {
    const elements = Array.from({ length: 3 }, () => ({ amount: undefined, Amount: '5' }));
    assert.deepEqual(codesOf(batch(...elements)), ['field-misnamed', 'field-misnamed', 'field-misnamed']);
    // Of two that mean the same, one is left when the other is renamed.
    assert.deepEqual(codesOf(request({ amount: undefined, Amount: '"1"', AMOUNT: '"2"' })), [
      'field-misnamed',
      'field-misnamed',
    ]);
  });

  checkTable([
    {
      code: 'json-duplicate-key',
      text: request().replace('"customer_id"', '«"amount"»: "2.00",\n  "customer_id"'),
      pointer: '/amount',
      arguments: { key: 'amount' },
      fixes: { 'remove-field': request() },
    },
    {
      name: 'two keys that are one when unescaped',
      code: 'json-duplicate-key',
      text: request().replace('\n}', ',\n  «"\\u0061mount"»: "2.00"\n}'),
      pointer: '/amount',
      fixes: { 'remove-field': request() },
    },
    {
      code: 'json-duplicate-key',
      text: `[${request()}, ${request({ external_id: '"order-2"' }).replace('\n}', ', «"fail_url"»: "https://a.example"}')}]`,
      pointer: '/1/fail_url',
      fixes: {
        'remove-field': `[${request()}, ${request({ external_id: '"order-2"' }).replace('\n}', '}')}]`,
      },
    },
    {
      code: 'json-duplicate-key',
      text: request({ __proto__x: '1' })
        .replaceAll('__proto__x', '__proto__')
        .replace('\n}', ',\n  «"__proto__"»: 2\n}'),
      pointer: '/__proto__',
      also: ['field-unknown', 'field-unknown'],
      fixes: {
        'remove-field': request({ __proto__x: '1' }).replaceAll('__proto__x', '__proto__'),
      },
    },
  ]);
});

describe('requests of a batch', () => {
  const repeated = (text: string, pointer: string, id: string): Row => ({
    code: 'external-id-repeated',
    text,
    pointer,
    arguments: { value: id },
    fixes: {
      'new-external-id': text.replace(/«.*»/, '"order-new"'),
      'unique-external-id': text.replace(/«.*»/, '"order-{{$uuid}}"'),
    },
  });

  checkTable([
    repeated(batch({}, { external_id: '«"order-0"»' }), '/1/external_id', 'order-0'),
    repeated(batch({}, {}, { external_id: '«"order-\\u0031"»' }), '/2/external_id', 'order-1'),
  ]);
});
