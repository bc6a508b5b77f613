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
    wrong('١', '1.00'),
    { ...wrong('１０.００', '10.00'), says: 'a full-width character (U+FF11)' },
    { ...wrong('10.00 ', '10.00'), says: 'it ends with a space' },
    { ...wrong(' 10.00', '10.00'), says: 'it begins with a space' },
    { ...wrong('10.00\u00a0', '10.00'), says: 'a no-break space (U+00A0)' },
    { ...wrong('10\ufeff.00', '10.00'), says: 'a byte order mark (U+FEFF)' },
    wrong('1\u00a0500.00', '1500.00'),
    wrong('10\u200b.00', '10.00'),
    wrong('10٫00', '10.00'),
    { ...wrong('10–00'), says: '"–", an en dash (U+2013)' },
    wrong('–10.00'),
    { ...wrong('−10.00'), says: '"−", a minus sign (U+2212)' },
    wrong('10·00'),
    { ...wrong('1О.00'), says: '"О", a Cyrillic letter (U+041E)' },
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

describe('amounts without end', function () {
  this.timeout(20_000);

  it('reads what is no amount in one pass', () => {
    for (const between of [' ', ',', '.', "'", '0,', '000 ', '\u00a0'])
      assert.deepEqual(codesOf(request({ amount: JSON.stringify(`1${between.repeat(1_000_000)}1`) })), [
        'amount-format',
      ]);
  });
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
    { ...meant('₴', 'UAH'), says: '"₴" is not a currency code (3 uppercase letters, such as UAH).' },
    meant(' € ', 'EUR'),
    meant('zł', 'PLN'),
    { ...meant('UАН', 'UAH'), says: '"А", a Cyrillic letter (U+0410)' },
    { ...meant('ЕUR', 'EUR'), says: '"Е", a Cyrillic letter (U+0415)' },
    { ...meant('ＵＡＨ', 'UAH'), says: 'a full-width character (U+FF35)' },
    { ...meant('UAH\u200b', 'UAH'), says: 'a zero-width space (U+200B)' },
    { ...upper('UAH ', 'UAH'), says: '"UAH" is not a currency code: it ends with a space.' },
    // Of several, or of none.
    ...['UAHX', '$', 'kr', 'us', 'X', 'xx', '000', '1980', 'U H', 'ÜAH'].map((text) =>
      value('currency-format', 'currency_code', `"${text}"`),
    ),
  ]);
});

describe('decimals that a currency does not have', () => {
  const minor = (amount: string, currency: string, decimals: number): Row => ({
    code: 'amount-minor-units',
    pointer: '/amount',
    text: request({ amount: `«"${amount}"»`, currency_code: `"${currency}"` }),
    arguments: { value: amount, currency, decimals },
  });

  checkTable([minor('705.90', 'JPY', 0), minor('0.5', 'KRW', 0), minor('1.01', 'XAF', 0)]);

  it('are none where they are zeros, or nobody knows', () => {
    for (const [amount, currency] of [
      ['705.00', 'JPY'],
      ['705', 'JPY'],
      ['705.90', 'UAH'],
      ['705.90', 'KWD'],
      ['705.90', 'XAU'],
      ['705.90', '{{shop}}'],
    ])
      assert.deepEqual(codesOf(request({ amount: `"${amount}"`, currency_code: `"${currency}"` })), []);
    assert.deepEqual(codesOf(request({ amount: '"705.90"', currency_code: '5' })), ['field-type']);
  });
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
    { ...url('url-format', 'https://shop.example/a b'), says: '(https://…): it contains a space.' },
    ...['https://shop.example/\u200b', '\ufeffhttps://shop.example/', 'https://shop\u00ad.example/'].map(
      (text) =>
        url('url-format', text, {
          says: 'U+',
          fixes: { 'add-https': request({ callback_url: `"${text.replace(/\p{Cf}/gu, '')}"` }) },
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
    placeholder('placeholder-format', '$randomInt', '$randomInt', '$randomInt 0 1000'),
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

describe('placeholders of other tools', () => {
  const foreign = (text: string, ours?: string): Row => ({
    name: text,
    code: 'placeholder-foreign',
    pointer: '/purpose',
    text: request({ purpose: `"For «${text}»!"` }),
    arguments: { text, ours },
    ...(ours === undefined
      ? {}
      : { fixes: { 'rename-placeholder': request({ purpose: `"For {{${ours}}}!"` }) } }),
  });
  /** In braces like ours, so that none of ours can be meant. */
  const unknown = (expression: string, ours?: string): Row => ({
    name: `{{${expression}}}`,
    code: 'placeholder-unknown',
    pointer: '/purpose',
    text: request({ purpose: `"For «{{${expression}}}»!"` }),
    ...(ours === undefined
      ? {}
      : { fixes: { 'rename-placeholder': request({ purpose: `"For {{${ours}}}!"` }) } }),
  });

  checkTable([
    ...[
      '${ORDER_ID}',
      '{% order %}',
      '<<order>>',
      '${[ order ]}',
      '%ORDER_ID%',
      '#{order}',
      '<%= order %>',
      '$(Build.BuildId)',
      '$(uuidgen)',
      '#(order)',
      '@{order}',
      '@@order@@',
    ].map((text) => foreign(text)),
    ...['${shop}', '<<shop>>', '${[ shop ]}', '%shop%', '#{shop}', '${env.shop}', '${process.env.shop}'].map(
      (text) => foreign(text, 'shop'),
    ),
    ...['<<$guid>>', '<<$randomUUID>>', '${[ uuid.v4() ]}', '${__UUID()}', '${__UUID}'].map((text) =>
      foreign(text, '$uuid'),
    ),
    ...["{% uuid 'v4' %}", "{% faker 'randomUUID' %}"].map((text) => foreign(text, '$uuid')),
    ...['<<$timestamp>>', "{% now 'unix', '' %}", '${[ timestamp.unix() ]}', '${__time(/1000,)}'].map(
      (text) => foreign(text, '$timestamp'),
    ),
    ...['<<$isoTimestamp>>', "{% now 'iso-8601', '' %}", '${[ timestamp.iso8601() ]}'].map((text) =>
      foreign(text, '$isoTimestamp'),
    ),
    foreign('${__Random(1,10)}', '$randomInt 1 10'),
    ...['$random.uuid', '$randomUUID', '$guid', '$string.uuid', '#guid', 'newUuid', '$uuid()'].map((text) =>
      unknown(text, '$uuid'),
    ),
    ...['$datetime iso8601', 'newDate'].map((text) => unknown(text, '$isoTimestamp')),
    ...['_.shop', 'process.env.shop', '$processEnv shop', '$dotenv shop', '$env.shop'].map((text) =>
      unknown(text, 'shop'),
    ),
    unknown("#date, 'X'", '$timestamp'),
    unknown('$random.integer(1, 10)', '$randomInt 1 9'),
    unknown('$randomNumber(1,10)', '$randomInt 1 10'),
    unknown('#number, 1, 10', '$randomInt 1 10'),
    unknown('process.env.NOBODY'),
    unknown('$random.email'),
    {
      name: 'the variable of a shell, where it is all of the value',
      code: 'placeholder-foreign',
      pointer: '/external_id',
      text: request({ external_id: '"«$ORDER_ID»"' }),
    },
    {
      name: 'what documentation has in place of a value, where it is all of the value',
      code: 'placeholder-foreign',
      pointer: '/external_id',
      text: request({ external_id: '"«<order id>»"' }),
    },
    {
      name: 'the variable of a URI template, where it is all of the value',
      code: 'placeholder-foreign',
      pointer: '/external_id',
      text: request({ external_id: '"«{order_id}»"' }),
    },
    {
      name: 'the variable of PowerShell',
      code: 'placeholder-foreign',
      pointer: '/customer_id',
      text: request({ customer_id: '"«$env:CUSTOMER»"' }),
    },
    {
      name: 'a value that cannot be sent with it',
      code: 'placeholder-foreign',
      pointer: '/amount',
      text: request({ amount: '"«${AMOUNT}»"' }),
      also: ['amount-format'],
    },
    {
      name: 'the braces of GitHub Actions, around a name of the user’s',
      code: 'placeholder-foreign',
      pointer: '/purpose',
      text: request({ purpose: '"«${{ shop }}»"' }),
      fixes: { 'rename-placeholder': request({ purpose: '"{{shop}}"' }) },
    },
    {
      name: 'in a batch, below a field that should be a text',
      code: 'placeholder-foreign',
      pointer: '/1/purpose',
      text: batch({}, { purpose: '["«${X}»"]' }),
      also: ['field-type'],
    },
    {
      name: 'where escapes hide its place',
      code: 'placeholder-foreign',
      pointer: '/purpose',
      text: request({ purpose: '«"\\u0024{shop}"»' }),
    },
  ]);

  it('are none in what only looks like one', () => {
    for (const text of [
      ...['100% of 50%', '20%, 30%', '$20', '<<', '{%', '${}', '$', '%%', '% a %'],
      ...[
        'https://shop.example/%D0%9F%D1%80',
        '%E2%9Cab%C3',
        '{a}',
        'for {order}',
        '<b>bold</b>',
        '$ORDER-1',
        '#1 {x}',
      ],
    ])
      assert.deepEqual(codesOf(request({ purpose: JSON.stringify(text) })), [], text);
  });

  it('are looked for in one pass', () => {
    for (const unit of ['${', '{%', '<<', '%a', '<%', '#{', '${[', '$', '${{', '<<$'])
      codesOf(request({ purpose: JSON.stringify(unit.repeat(500_000)) }));
  });
});
