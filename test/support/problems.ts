import type { Problem, ProblemKind } from '../../src/core/problems/problem';

type Samples = { readonly [Kind in ProblemKind]: readonly [Given<Kind>, ...Given<Kind>[]] };
type Given<Kind extends ProblemKind> = Problem<Kind>['arguments'];

export const HOSTILE = 'a\r\n\u2028\u001b[31m\u0000\tb "quoted" </script> 💶';
export const LONG = `${'x'.repeat(59)}💶${'y'.repeat(10_000)}`;

const envelope: Given<'envelope'> = {
  code: 'VALIDATION_FAILED',
  message: 'amount is wrong',
  status: 422,
  requestId: 'r-1',
  detail: undefined,
  missing: [],
};

/** At least one of each kind, with arguments as wild as they can come. */
const SAMPLES: Samples = {
  'json-syntax': (
    [
      ...(['nothing', 'too-deep', 'comma', 'colon', 'property-name', 'value', 'unclosed', 'string'] as const),
      ...(['number', 'after-end', 'symbol', 'not-utf-8'] as const),
      ...(['merge-conflict', 'quotes', 'literal', 'semicolon'] as const),
    ] as const
  )
    .map((reason): Given<'json-syntax'> => ({ reason }))
    .concat({ reason: 'character', found: 'a space' }) as [Given<'json-syntax'>, ...Given<'json-syntax'>[]],
  'json-comment': [{}],
  'json-trailing-comma': [{}],
  'json-duplicate-key': [{ key: 'amount' }, { key: HOSTILE }, { key: LONG }],
  'root-type': [
    { found: 'empty-array' },
    { found: 'array' },
    { found: 'string' },
    { found: 'number' },
    { found: 'boolean' },
    { found: 'null' },
  ],
  'field-missing': [{ field: 'amount' }, { field: 'external_id' }],
  'urls-missing': [{ fields: ['fail_url'] }, { fields: ['callback_url', 'success_url', 'fail_url'] }],
  'field-type': [
    { field: 'amount', found: 'number' },
    { field: 'purpose', found: 'object' },
    { field: 'purpose', found: 'null' },
  ],
  'field-unknown': [
    { field: 'amout', near: 'amount' },
    { field: HOSTILE, near: undefined },
    { field: LONG, near: undefined },
    { field: '', near: undefined },
  ],
  'field-misnamed': [
    { field: 'Amount', meant: 'amount', isPresent: false },
    { field: 'Amount', meant: 'amount', isPresent: true },
    { field: '\u0430mount', meant: 'amount', isPresent: false },
    { field: HOSTILE, meant: 'amount', isPresent: false },
  ],
  'field-empty': [{ field: 'amount' }],
  'field-too-long': [{ field: 'purpose', limit: 512, length: 513 }],
  'amount-format': [{ value: '1,5' }, { value: '10.00 ' }, { value: HOSTILE }, { value: LONG }],
  'amount-zero': [{}],
  'amount-minor-units': [
    { value: '705.90', currency: 'JPY', decimals: 0 },
    { value: '9'.repeat(100), currency: 'MGA', decimals: 1 },
  ],
  'currency-format': [{ value: 'uah' }, { value: 'U\u0410\u041d' }, { value: HOSTILE }, { value: LONG }],
  'currency-unknown': [
    { value: 'XYZ', near: [] },
    { value: 'UHA', near: ['UAH'] },
    { value: 'EUX', near: ['EUR', 'EUA'] },
  ],
  'url-format': [
    { field: 'fail_url', value: 'shop' },
    { field: 'fail_url', value: 'https://shop.example ' },
    { field: 'fail_url', value: HOSTILE },
  ],
  'url-insecure': [
    { field: 'fail_url', why: 'http' },
    { field: 'fail_url', why: 'credentials' },
  ],
  'url-unreachable': [{ field: 'fail_url', host: 'localhost' }],
  'placeholder-unknown': [
    { expression: '', near: undefined },
    { expression: HOSTILE, near: '$uuid' },
    { expression: LONG, near: undefined },
  ],
  'placeholder-format': [
    { expression: '$uuid 4', isClosed: true, near: undefined },
    { expression: HOSTILE, isClosed: true, near: undefined },
    { expression: '', isClosed: false, near: undefined },
    { expression: '$uuid', isClosed: false, near: '$uuid' },
  ],
  'placeholder-foreign': [
    { text: '${X}', ours: undefined },
    { text: '<<$guid>>', ours: '$uuid' },
    { text: HOSTILE, ours: undefined },
    { text: LONG, ours: undefined },
  ],
  'webhook-url-absent': [{ environment: 'dev' }, { environment: 'sandbox' }],
  'external-id-repeated': [{ value: 'order-1' }, { value: HOSTILE }],
  'key-in-file': [{ environment: 'prod' }],
  'more-problems': [{ count: 1 }, { count: 250_000 }],
  'amount-outside-limits': [
    {
      amount: '1.00',
      currency: 'UAH',
      limits: [{ name: 'Card', min: '300.00', max: '29000.00' }],
      environment: 'dev',
      fetchedAt: '2026-01-02T03:04:05.678Z',
    },
    {
      amount: '9'.repeat(100),
      currency: 'UAH',
      limits: [HOSTILE, LONG, LONG, LONG, LONG].map((name) => ({ name, min: '1', max: '8'.repeat(100) })),
      environment: 'dev',
      fetchedAt: '2026-01-02T03:04:05.678Z',
    },
  ],
  'currency-not-offered': [
    { currency: 'EUR', near: [], environment: 'prod', fetchedAt: '2026-01-02T03:04:05.678Z' },
    { currency: 'EUR', near: ['UAH', 'TRY'], environment: 'prod', fetchedAt: '2026-01-02T03:04:05.678Z' },
  ],
  'key-absent': [{ environment: 'dev' }],
  'key-unreadable': [{ environment: 'staging' }],
  'key-other-origin': [{ environment: 'prod', keyOrigin: 'https://a.example', origin: 'https://b.example' }],
  'url-unsafe': (['not-a-url', 'scheme', 'plain-http', 'credentials', 'query'] as const).map((fault) => ({
    environment: 'dev' as const,
    fault,
  })) as [Given<'url-unsafe'>, ...Given<'url-unsafe'>[]],
  'key-refused': [
    { environment: 'dev', code: 'API_KEY_INVALID' },
    { environment: 'prod', code: HOSTILE },
  ],
  'rate-limited': [{}, { wait: { seconds: 120, until: '2026-01-02T03:04:05.678Z' } }],
  'untrusted-workspace': [{}],
  envelope: [
    envelope,
    { ...envelope, message: '' },
    { ...envelope, message: 'Is it?', detail: 'It is!' },
    { ...envelope, message: HOSTILE, code: HOSTILE },
    { ...envelope, message: '', code: LONG },
    { ...envelope, message: LONG, detail: LONG.repeat(2) },
    ...[200, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503].map((status) => ({ ...envelope, status })),
    { ...envelope, code: 'API_KEY_INVALID', status: 403, message: 'Invalid or inactive API key' },
    { ...envelope, code: 'MISSING_REQUIRED_URLS', missing: ['fail_url', 'callback_url'], message: '' },
    { ...envelope, code: 'MISSING_REQUIRED_URLS', message: HOSTILE, status: 200 },
  ],
  'http-status': [301, 304, 400, 401, 403, 404, 429, 500, 502, 503].flatMap((status) => [
    { status },
    { status, said: HOSTILE, wait: { seconds: 59, until: '2026-01-02T03:04:05.678Z' } },
  ]) as [Given<'http-status'>, ...Given<'http-status'>[]],
  'invoice-differs': [
    { field: 'amount', sent: '1.00', received: '2.00' },
    { field: 'external_id', sent: HOSTILE, received: LONG },
  ],
  unreadable: [{ status: 201, fault: 'RangeError: too deep' }, { fault: LONG }],
  redirect: [
    { status: 302, location: 'https://login.example/', host: 'login.example' },
    { status: 307, location: HOSTILE, host: HOSTILE },
    { status: 301, location: LONG, host: LONG },
    { status: 301, location: '', host: undefined },
    { status: 301, location: undefined, host: undefined },
  ],
  'not-json': [{ status: 200 }],
  'not-an-invoice': [{ status: 201 }],
  'not-data': [{ status: 200 }],
  timeout: [{ seconds: 30 }, { seconds: 0.5 }],
  connection: [
    { reason: 'never-left', detail: 'ECONNREFUSED' },
    { reason: 'never-left', detail: HOSTILE },
    { reason: 'reset', detail: LONG },
    { reason: 'stopped', detail: '' },
  ],
  truncated: [{ reason: 'short' }, { reason: 'too-large' }],
};

export const KINDS = Object.keys(SAMPLES) as ProblemKind[];

/** The samples of some kinds, or of all. */
export function sampleProblems(kinds: readonly ProblemKind[] = KINDS): Problem[] {
  return kinds.flatMap((kind) =>
    SAMPLES[kind].map((given) => ({ kind, arguments: given, pointer: '' }) as Problem),
  );
}

/** An envelope with some of its arguments changed. */
export function envelopeProblem(given: Partial<Given<'envelope'>>, pointer = ''): Problem<'envelope'> {
  return { kind: 'envelope', arguments: { ...envelope, ...given }, pointer };
}
