import assert from 'node:assert/strict';
import { checkTable, codesOf, type Row } from '../../../support/documentProblems';
import { batch, request } from '../../../support/requests';

const value = (code: Row['code'], field: string, text: string, rest: Partial<Row> = {}): Row => ({
  code,
  pointer: `/${field}`,
  text: request({ [field]: `«${text}»` }),
  ...rest,
});

const fills: Readonly<Record<string, string>> = {
  amount: '"1500.00"',
  currency_code: '"UAH"',
  customer_id: '"user_12345"',
  external_id: '"order-new"',
  success_url: '"https://default.example/success"',
};
const empty = (field: string, text: string): Row =>
  value('field-empty', field, text, {
    arguments: { field },
    fixes: { 'fill-field': request({ [field]: fills[field] }) },
  });

describe('texts', () => {
  const long = (field: string, text: string, length: number, limit: number): Row =>
    value('field-too-long', field, text, {
      name: `${field}, ${length}`,
      arguments: { field, limit, length },
    });

  checkTable([
    empty('amount', '""'),
    empty('currency_code', '" "'),
    empty('customer_id', '"\\t\\n"'),
    empty('external_id', '"\u00a0\u2003"'),
    empty('success_url', '""'),
    long('customer_id', `"${'x'.repeat(129)}"`, 129, 128),
    long('external_id', `"${'💶'.repeat(129)}"`, 129, 128),
    long('purpose', `"${'\\u0061'.repeat(513)}"`, 513, 512),
    long('purpose', `"${'x'.repeat(5_000_000)}"`, 5_000_000, 512),
  ]);

  it('counts code points, and takes as many as the limit', () => {
    const changes = {
      customer_id: `"${'💶'.repeat(128)}"`,
      external_id: `"${'\ud800'.repeat(128)}"`,
      purpose: `"${'я'.repeat(512)}"`,
    };
    assert.deepEqual(codesOf(request(changes)), []);
  });

  it('takes an empty purpose, and none', () => {
    assert.deepEqual(codesOf(request({ purpose: '""' })), []);
    assert.deepEqual(codesOf(request({ purpose: undefined })), []);
  });
});

describe('amounts', () => {
  const wrong = (text: string, right?: string): Row =>
    value('amount-format', 'amount', `"${text}"`, {
      arguments: { value: text },
      ...(right === undefined ? {} : { fixes: { 'write-amount': request({ amount: `"${right}"` }) } }),
    });
  const inCurrency = (code: string, text: string, right?: string): Row => {
    const changed = (amount: string) => request({ currency_code: `"${code}"`, amount });
    return {
      name: `${text} in ${code}`,
      code: 'amount-format',
      pointer: '/amount',
      text: changed(`«"${text}"»`),
      ...(right === undefined ? {} : { fixes: { 'write-amount': changed(`"${right}"`) } }),
    };
  };
  checkTable([
    wrong('1,50', '1.50'),
    wrong('1,500.00', '1500.00'),
    wrong('1.500,5', '1500.50'),
    wrong('1 500', '1500.00'),
    wrong('1500.00 UAH', '1500.00'),
    wrong('€20'),
    wrong('20 USD'),
    wrong('20 uah'),
    wrong('UAH 20 UAH'),
    inCurrency('EUR', '€20', '20.00'),
    inCurrency('EUR', 'EUR 1.500,00', '1500.00'),
    inCurrency('USD', '$ 20', '20.00'),
    inCurrency('CAD', '$ 20'),
    inCurrency('CNY', '¥20', '20.00'),
    wrong('₴1 500 000,5', '1500000.50'),
    wrong("1'500.00", '1500.00'),
    wrong('1 5'),
    wrong('15 00'),
    wrong('1 500 0'),
    wrong('1 500,000'),
    wrong('1500.500', '1500.50'),
    wrong('+1', '1.00'),
    wrong('.5', '0.50'),
    wrong('1.', '1.00'),
    wrong(' 1', '1.00'),
    // One and a half thousand, or one and a half?
    wrong('1,500'),
    wrong('1.500'),
    wrong('1.505'),
    wrong('-1'),
    wrong('1e3'),
    wrong('0x10'),
    wrong('١'),
    wrong('NaN'),
    value('amount-format', 'amount', '"1\\n"', {
      fixes: { 'write-amount': request({ amount: '"1.00"' }) },
    }),
    ...['0', '0.0', '0.00', '000'].map((text) => value('amount-zero', 'amount', `"${text}"`)),
  ]);

  for (const text of ['1', '01', '1.5', '1500.00', '0.01', '9'.repeat(40)]) {
    it(`takes ${text}`, () => assert.deepEqual(codesOf(request({ amount: `"${text}"` })), []));
  }
});

describe('currencies', () => {
  const upper = (text: string, code: string): Row =>
    value('currency-format', 'currency_code', `"${text}"`, {
      arguments: { value: text },
      fixes: { 'uppercase-currency': request({ currency_code: `"${code}"` }) },
    });
  const inCode = (code: string) => request({ currency_code: `"${code}"` });
  const unknown = (text: string, ...near: string[]): Row =>
    value('currency-unknown', 'currency_code', `"${text}"`, {
      arguments: { value: text, near },
      ...(near.length === 0 ? {} : { fixes: { 'use-currency': near.map(inCode) } }),
    });
  const meant = (text: string, code: string): Row =>
    value('currency-format', 'currency_code', `"${text}"`, { fixes: { 'use-currency': inCode(code) } });
  checkTable([
    upper('uah', 'UAH'),
    upper(' Uah ', 'UAH'),
    unknown('UHA', 'UAH'),
    unknown('EUX', 'EUR'),
    unknown('XYZ'),
    unknown('USX', 'USD', 'USN'),
    unknown('XFA', 'XAF'),
    unknown('SUD', 'USD'),
    unknown('HRK'),
    unknown('BGN'),
    meant('UA', 'UAH'),
    meant('ua', 'UAH'),
    meant('980', 'UAH'),
    meant('8', 'ALL'),
    meant('₴', 'UAH'),
    meant(' € ', 'EUR'),
    meant('zł', 'PLN'),
    // Of several, or of none.
    ...['UAHX', '$', 'kr', 'us', 'X', 'xx', '000', '1980', 'U H', 'ÜAH'].map((text) =>
      value('currency-format', 'currency_code', `"${text}"`),
    ),
  ]);
});

describe('URLs', () => {
  const url = (code: Row['code'], text: string, rest: Partial<Row> = {}): Row =>
    value(code, 'callback_url', `"${text}"`, rest);
  const own = (text: string, host: string, rest: Partial<Row> = {}): Row =>
    url('url-unreachable', text, { arguments: { field: 'callback_url', host }, ...rest });

  checkTable([
    ...[
      'shop.example/hook',
      '//shop.example',
      'https:shop.example',
      ' https://shop.example',
      'https://shop.example ',
    ].map((text) =>
      url('url-format', text, {
        fixes: {
          'add-https': request({
            callback_url: `"https://${text.trim().replace(/^(https:)?\/*/, '')}"`,
          }),
        },
      }),
    ),
    ...[
      '/hook',
      'ftp://shop.example',
      'javascript:alert(1)',
      'https://',
      'https://shop.example:99999',
      'https://a b.example',
      'https://shop.example/a b',
      'https://[::1%25eth0]/',
    ].map((text) => url('url-format', text)),

    url('url-insecure', 'http://shop.example/hook', {
      arguments: { field: 'callback_url', why: 'http' },
      fixes: { 'use-https': request({ callback_url: '"https://shop.example/hook"' }) },
    }),
    url('url-insecure', 'HTTP://shop.example?to=http://b.example', {
      fixes: { 'use-https': request({ callback_url: '"https://shop.example?to=http://b.example"' }) },
    }),
    url('url-insecure', 'http://127.0.0.1.evil.example/', {
      fixes: { 'use-https': request({ callback_url: '"https://127.0.0.1.evil.example/"' }) },
    }),
    {
      name: 'the first of two that have one key',
      code: 'url-insecure',
      text: request({ callback_url: '«"http://a.example"»' }).replace(
        '\n}',
        ',"callback_url":"https://b.example"}',
      ),
      pointer: '/callback_url',
      also: ['json-duplicate-key'],
      fixes: {
        'use-https': request({ callback_url: '"https://a.example"' }).replace(
          '\n}',
          ',"callback_url":"https://b.example"}',
        ),
      },
    },
    url('url-insecure', 'https://user:pass@shop.example', {
      arguments: { field: 'callback_url', why: 'credentials' },
      fixes: { 'remove-credentials': request({ callback_url: '"https://shop.example/"' }) },
    }),
    url('url-insecure', 'https://user@shop.example/a?b=c', {
      fixes: { 'remove-credentials': request({ callback_url: '"https://shop.example/a?b=c"' }) },
    }),

    own('https://localhost/hook', 'localhost'),
    own('http://localhost:3000', 'localhost'),
    own('http://127.9.9.9', '127.9.9.9'),
    own('https://0x7f.1', '127.0.0.1'),
    own('https://[::1]:8080/', '[::1]'),
    own('https://10.1.2.3/', '10.1.2.3'),
    own('https://192.168.0.1/', '192.168.0.1'),
    own('https://172.31.255.255/', '172.31.255.255', { environment: 'prod' }),
    own('https://169.254.1.1/', '169.254.1.1'),
    own('https://[fd00::1]/', '[fd00::1]', { environment: 'staging' }),
    own('https://printer.local/', 'printer.local'),
    own('https://app.localhost', 'app.localhost'),
    own('https://db.internal', 'db.internal'),
    own('https://LOCALHOST./', 'localhost.'),
    own('https://127.0.0.1./', '127.0.0.1'),
    own('https://0.0.0.0:8080/', '0.0.0.0'),
    own('https://100.64.0.1/', '100.64.0.1'),
    own('https://[::]/', '[::]'),
    own('https://[fe80::1]/', '[fe80::1]'),
    own('https://[FEBF::1]/', '[febf::1]'),
    own('https://[::ffff:127.0.0.1]/', '[::ffff:7f00:1]'),
    own('https://[::ffff:10.1.2.3]/', '[::ffff:a01:203]'),
  ]);

  const reachable = [
    'https://shop.example',
    'HTTPS://SHOP.EXAMPLE/a?b=c#d',
    'https://пример.example/шлях',
    'https://172.32.0.1/',
    'https://10.example.com',
    'https://127.0.0.1.example/',
    'https://[2001:db8::1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[fec0::1]/',
    'https://100.128.0.1/',
    'https://0.example/',
    'https://localhost.example./',
    'https://localhost.example',
    'https://shop.example/{{shop}}',
    '{{shop}}',
  ];
  for (const text of reachable) {
    it(`takes ${text}`, () => assert.deepEqual(codesOf(request({ callback_url: `"${text}"` })), []));
  }

  it('can be on this machine for the sandbox', () => {
    const text = request({ callback_url: '"http://127.0.0.1:3000/hook"', fail_url: '"https://10.0.0.1"' });
    assert.deepEqual(codesOf(text, { environment: 'sandbox' }), []);
    assert.deepEqual(codesOf(text), ['url-unreachable', 'url-unreachable']);
  });
});

describe('placeholders', function () {
  this.timeout(0);

  const placeholder = (code: Row['code'], inner: string, expression: string, near?: string): Row => ({
    code,
    pointer: '/purpose',
    text: request({ purpose: `"For «{{${inner}}}»!"` }),
    arguments: code === 'placeholder-unknown' ? { expression, near } : { expression, isClosed: true, near },
    ...(near === undefined
      ? {}
      : { fixes: { 'rename-placeholder': request({ purpose: `"For {{${near}}}!"` }) } }),
  });

  checkTable([
    placeholder('placeholder-unknown', 'shops', 'shops', 'shop'),
    placeholder('placeholder-unknown', 'uuid', 'uuid', '$uuid'),
    placeholder('placeholder-unknown', '$randomint 1 9', '$randomint 1 9', '$randomInt 1 9'),
    placeholder('placeholder-unknown', '$now', '$now'),
    placeholder('placeholder-unknown', 'sp', 'sp'),
    placeholder('placeholder-unknown', '', ''),
    placeholder('placeholder-unknown', ' $UUID ', '$UUID', '$uuid'),
    placeholder('placeholder-unknown', '__proto__', '__proto__'),
    placeholder('placeholder-unknown', 'a {{ $uuid ', 'a {{ $uuid'),
    placeholder('placeholder-unknown', '💶', '💶'),
    ...['{{$uuid', '{{$uuid}', '{{ $uuid', '{{$uuid }'].map((text): Row => ({
      name: `closes ${text}`,
      code: 'placeholder-format',
      pointer: '/purpose',
      text: request({ purpose: `"{{shop}} «${text.trimEnd()}»"` }),
      arguments: { expression: '$uuid', isClosed: false, near: '$uuid' },
      fixes: { 'close-placeholder': request({ purpose: '"{{shop}} {{$uuid}}"' }) },
    })),
    {
      name: 'is not closed in a value that it makes unknown',
      code: 'placeholder-format',
      pointer: '/callback_url',
      text: request({ callback_url: '"https://shop.example:«{{port»/"' }),
      arguments: { expression: 'port', isClosed: false, near: undefined },
    },
    placeholder('placeholder-format', '$uuid 4', '$uuid 4'),
    placeholder('placeholder-format', '$randomInt', '$randomInt'),
    placeholder('placeholder-format', '$randomInt 5', '$randomInt 5'),
    placeholder('placeholder-format', '$randomInt 5 1', '$randomInt 5 1'),
    placeholder('placeholder-format', '$randomInt 1 2.5', '$randomInt 1 2.5'),
    placeholder('placeholder-format', '$randomInt 1 2 3', '$randomInt 1 2 3'),
    placeholder('placeholder-format', '$randomInt 0 281474976710655', '$randomInt 0 281474976710655'),
    placeholder('placeholder-format', '$randomInt 1 99999999999999999', '$randomInt 1 99999999999999999'),
    {
      name: 'the whole string, where escapes hide the place',
      code: 'placeholder-unknown',
      pointer: '/amount',
      text: request({ amount: '«"\\u007b{nobody}}"»' }),
      arguments: { expression: 'nobody', near: undefined },
    },
    {
      name: 'the whole string, which a near miss does not take the place of',
      code: 'placeholder-unknown',
      pointer: '/purpose',
      text: request({ purpose: '«"For \\u007b{shops}}!"»' }),
      arguments: { expression: 'shops', near: 'shop' },
    },
    {
      name: 'in a batch, below a field that should be a text',
      code: 'placeholder-unknown',
      pointer: '/1/customer_id',
      text: batch({}, { customer_id: '{"{{key}}": ["«{{nobody}}»"]}' }),
      also: ['field-type'],
    },
  ]);

  it('stand for a value that is known at the send only', () => {
    const changes = {
      amount: '"{{$randomInt 1 9}}.00"',
      currency_code: '"{{shop}}"',
      customer_id: `"{{$uuid}}${'x'.repeat(200)}"`,
      external_id: '"{{ $uuid }}-{{$timestamp}}-{{$isoTimestamp}}-{{$randomInt -5 5}}"',
      callback_url: '"https://{{shop}}.example"',
    };
    assert.deepEqual(codesOf(request(changes)), []);
    assert.deepEqual(codesOf(`[${request(changes)},${request(changes)}]`), []);
  });

  it('are looked for in a run of braces in one pass', () => {
    assert.deepEqual(codesOf(request({ purpose: `"${'{'.repeat(2_000_000)}"` })), ['placeholder-format']);
    assert.deepEqual(codesOf(request({ purpose: `"}}${'{{ '.repeat(1_000_000)}"` })), ['placeholder-format']);
  });
});
