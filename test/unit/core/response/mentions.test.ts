import assert from 'node:assert/strict';
import { fieldsNamedIn, mentionsIn } from '../../../../src/core/response/mentions';

/** `/path: text`, as far as there is a text. */
const mentioned = (details: unknown): string[] =>
  mentionsIn(details).map(({ path, text }) => `/${path.join('/')}${text === undefined ? '' : `: ${text}`}`);

describe('what details mention', () => {
  const same: Readonly<Record<string, unknown>> = {
    'field → text': { amount: 'too low' },
    'field → list of texts': { amount: ['too low'] },
    'field → object with a text': { amount: { message: 'too low', code: 5 } },
    'field → list of objects with a text': { amount: [{ msg: 'too low' }] },
    'a list of {field, message}': [{ field: 'amount', message: 'too low' }],
    'a list of {path, message}': [{ path: 'amount', msg: 'too low' }],
    'a list of {path as a list}': [{ path: ['amount'], error: 'too low' }],
    'a list of {pointer}': [{ pointer: '/amount', reason: 'too low' }],
    'a list of {pointer as a fragment}': [{ pointer: '#/amount', detail: 'too low' }],
    'a list of {property}': [{ property: 'amount', description: 'too low' }],
    'a list of {loc}': [{ loc: ['body', 'amount'], msg: 'too low', type: 'value_error' }],
    'a list of {param}': [{ param: 'amount', title: 'too low' }],
    'a list of {name}': [{ name: 'amount', reason: 'too low' }],
    'one {field, message}': { field: 'amount', message: 'too low' },
    'below errors, by name': { errors: { amount: 'too low' } },
    'below errors, as a list': { errors: [{ field: 'amount', message: 'too low' }] },
    'below fields, by name': { fields: { amount: ['too low'] } },
    'below violations': { violations: [{ property: 'amount', message: 'too low' }] },
    'below details, below errors': { details: { errors: [{ field: 'amount', message: 'too low' }] } },
    'a dotted path': { 'request.amount': 'too low' },
    'a path from the root': { '$.amount': 'too low' },
    'a pointer as a key': { '/amount': 'too low' },
    'a pointer into the body': { '/body/amount': 'too low' },
  };
  for (const [form, details] of Object.entries(same))
    it(`is found in ${form}`, () => assert.deepEqual(mentioned(details), ['/amount: too low']));

  const others: readonly (readonly [form: string, details: unknown, expected: readonly string[]])[] = [
    ['several fields', { amount: 'a', fail_url: ['b', 'c'] }, ['/amount: a', '/fail_url: b c']],
    ['a list of names', ['amount', 'external_id'], ['/amount', '/external_id']],
    [
      'a list of names below any name',
      { missing: ['callback_url', 'fail_url'] },
      ['/callback_url', '/fail_url'],
    ],
    ['a list of names below fields', { fields: ['amount'] }, ['/amount']],
    ['sentences', ['The amount is too low', 'nothing of ours'], ['/amount: The amount is too low']],
    ['an index in brackets', { 'items[0].price': 'x' }, ['/items/0/price: x']],
    ['numbers in a path', [{ loc: ['body', 'items', 0], msg: 'x' }], ['/items/0: x']],
    ['a field without a text', { amount: '' }, ['/amount']],
    ['an escaped pointer', [{ pointer: '/a~1b', message: 'x' }], ['/a/b: x']],
    [
      'a field named like the place of one',
      { name: 'too long', amount: 'x' },
      ['/name: too long', '/amount: x'],
    ],
  ];
  for (const [form, details, expected] of others)
    it(`is found in ${form}`, () => assert.deepEqual(mentioned(details), expected));

  const nothing: readonly (readonly [form: string, details: unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'amount'],
    ['a number', 5],
    ['an empty object', {}],
    ['an empty list', []],
    ['numbers', { amount: 5, limit: { min: 1 } }],
    ['lists of numbers', [[1], 2]],
    ['four levels of containers', { errors: { errors: { errors: { errors: { amount: 'x' } } } } }],
    ['steps that are no names', [{ path: [{ toString: 1 }, null, [1]], message: 'x' }]],
  ];
  for (const [form, details] of nothing)
    it(`is nothing in ${form}`, () =>
      assert.ok(mentioned(details).every((one) => !one.startsWith('/amount'))));

  it('is a hundred places at most, of twenty steps at most', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, place) => [`f${place}`, 'x']));
    assert.equal(mentionsIn(many).length, 100);
    assert.equal(mentionsIn(Array.from({ length: 1000 }, () => many)).length, 100);
    assert.equal(mentionsIn({ ['a.'.repeat(1_000_000)]: 'x' })[0]?.path.length, 20);
    assert.equal(mentionsIn([{ path: Array(1_000_000).fill('a'), message: 'x' }])[0]?.path.length, 20);
    assert.deepEqual(mentionsIn({ ['x'.repeat(1_000_000)]: 'y' })[0]?.path[0]?.length, 1000);
  });
});

describe('the fields that a message names', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'amount must be positive': ['amount'],
    'Field "external_id" is taken.': ['external_id'],
    'success_url,fail_url: required': ['success_url', 'fail_url'],
    "'body.currency_code' unknown": ['currency_code'],
    'amount, amount and amount': ['amount'],
    'Amount too low': [],
    'the amounts are wrong': [],
    'no my_amount here': [],
    'amount_total, amount2, external-id, customer id': [],
    'callback url missing': [],
    '': [],
  };
  for (const [message, names] of Object.entries(cases))
    it(`${JSON.stringify(message)}: ${names.join(', ') || 'none'}`, () =>
      assert.deepEqual(fieldsNamedIn(message), names));

  it('are looked for in the first 2000 characters', () => {
    assert.deepEqual(fieldsNamedIn(`${' '.repeat(1990)}amount`), ['amount']);
    assert.deepEqual(fieldsNamedIn(`${' '.repeat(2000)}amount`), []);
  });
});
