import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from '../../../../src/core/document/document';
import { anchor, locate } from '../../../../src/core/problems/anchor';
import { marked } from '../../../support/marked';
import { envelopeProblem } from '../../../support/problems';
import { batch, request, sent, type Changes } from '../../../support/requests';

/** Where a problem that was at `pointer` when `before` was sent is shown in `after`: its pointer and text. */
function follow(before: string, pointer: string, after: string): readonly [string, string] | undefined {
  const index = before.startsWith('[') ? Number(pointer.split('/')[1]) : 0;
  const { document, request: own } = sent(before, index);
  const now = parseDocument(after);
  const found = locate(anchor(envelopeProblem({}, pointer), document, own), now);
  if (!found) return undefined;
  assert.ok(found.span);
  const { offset, length } = found.span;
  return [found.pointer, after.slice(offset, offset + length)];
}

/** The place is marked where the problem is still shown; without a mark it is gone. */
function check(before: string, pointer: string, after: string, pointerNow = pointer): void {
  if (!after.includes('«')) {
    assert.equal(follow(before, pointer, after), undefined);
    return;
  }
  const { text, span } = marked(after);
  assert.deepEqual(follow(before, pointer, text), [
    pointerNow,
    text.slice(span.offset, span.offset + span.length),
  ]);
}

describe('a problem of a request that was sent', () => {
  const before = request();
  const stays: Readonly<Record<string, string>> = {
    'the text is the same': request({ amount: '«"1500.00"»' }),
    'white space changes': request({ amount: '\n\t «"1500.00"»  ' }, { eol: '\r\n', indent: '\t\t' }),
    'line ends change': request({ amount: '«"1500.00"»' }, { eol: '', indent: '' }),
    'another field changes': request({
      amount: '«"1500.00"»',
      fail_url: '""',
      customer_id: '[{"amount": "2"}]',
    }),
    'the external_id changes': request({ amount: '«"1500.00"»', external_id: '"other"' }),
    'the external_id goes': request({ amount: '«"1500.00"»', external_id: undefined }),
    'a field is added': request({ amount: '«"1500.00"»', purpose: '"new"' }).replace('{', '{"amount": "0",'),
    'a comment is added': `/* "amount": "2" */${request({ amount: '/* one */«"1500.00"»' })}`,
    'the end is broken': request({ amount: '«"1500.00"»' }).slice(0, -3),
    'it becomes a batch': `[${request({ amount: '«"1500.00"»' })}]`,
  };
  for (const [name, after] of Object.entries(stays)) {
    it(`stays where it is when ${name}`, () =>
      check(before, '/amount', after, after.startsWith('[') ? '/0/amount' : '/amount'));
  }

  const goes: Readonly<Record<string, string>> = {
    'its value changes': request({ amount: '"1500.01"' }),
    'its value becomes a number': request({ amount: '1500.00' }),
    'white space in its value changes': request({ amount: '"1500.00 "' }),
    'its field goes': request({ amount: undefined }),
    'its field is renamed': before.replace('"amount"', '"amout"'),
    'another value takes its place': before.replace('\n}', ',\n"amount": "2"\n}'),
    'the text goes': '',
    'the request is no object any more': '"1500.00"',
  };
  for (const [name, after] of Object.entries(goes)) {
    it(`goes when ${name}, and comes back with an undo`, () => {
      check(before, '/amount', after);
      check(before, '/amount', stays['the text is the same'] ?? '');
    });
  }

  it('about all of it goes with any change but white space', () => {
    check(before, '', `«${request({}, { eol: '', indent: '' })}»`);
    check(before, '', request({ purpose: '""' }));
    check(before, '', request({ fail_url: '"https://other.example"' }));
  });

  it('about a field that is not there goes when it is added', () => {
    const lacking = request({ callback_url: undefined }, { eol: '', indent: '' });
    check(lacking, '/callback_url', `«${lacking}»`);
    check(lacking, '/callback_url', request());
  });

  it('about a deeper value stays with that', () => {
    const text = request({ purpose: '{"a/b": [1, {"c": "d"}]}' });
    check(text, '/purpose/a~1b/1', request({ purpose: '{"x": 1, "a/b": [2, «{"c":  "d"}»]}' }));
    check(text, '/purpose/a~1b/1', request({ purpose: '{"a/b": [{"c": "d"}, 1]}' }));
  });

  it('tells an escape from the character that it means', () => {
    check(request({ purpose: '"\\u0061"' }), '/purpose', request({ purpose: '"a"' }));
  });
});

describe('a problem of a batch that was sent', function () {
  this.timeout(0);

  const one = (id: string, amount = '"5.00"'): Changes => ({ external_id: `"${id}"`, amount });
  const here = (id: string) => one(id, '«"5.00"»');
  const [a, b, c, x] = ['a', 'b', 'c', 'x'].map((id) => one(id)) as [Changes, Changes, Changes, Changes];
  const text = batch(a, b, c);

  const cases: readonly (readonly [name: string, after: string, pointer?: string])[] = [
    ['stays where nothing changes', batch(a, here('b'), c)],
    ['stays when its external_id changes', batch(a, here('other'), c)],
    ['stays when others change', batch(one('a', '"6.00"'), here('b'), one('other'))],
    ['goes when its value changes', batch(a, one('b', '"6.00"'), c)],
    ['follows when one is inserted before it', batch(x, a, here('b'), c), '/2/amount'],
    ['follows when one before it is removed', batch(here('b'), c), '/0/amount'],
    ['follows when the others are removed', batch(here('b')), '/0/amount'],
    ['stays when one after it is removed', batch(a, here('b'))],
    ['follows when it is moved', batch(a, c, here('b')), '/2/amount'],
    ['follows when all are turned round', batch(c, here('b'), a)],
    [
      'follows when a value that is no object comes before it',
      `[null, ${batch(a, here('b'), c).slice(1)}`,
      '/2/amount',
    ],
    ['goes when its request is removed', batch(a, c)],
    ['goes when its request is removed and another one is added', batch(a, c, x)],
    ['goes when all are removed', '[]'],
    ['follows when its request is all that is left, not in a list', request(here('b')), '/amount'],
    ['goes when another request is all that is left, not in a list', request(a)],
    ['stays when its request is copied behind it', batch(a, here('b'), b, c)],
  ];
  for (const [name, after, pointer] of cases) it(name, () => check(text, '/1/amount', after, pointer));

  describe('whose external_ids are made at the send', () => {
    const made = (purpose: string, amount = '"5.00"'): Changes => ({
      external_id: '"{{$uuid}}"',
      purpose: `"${purpose}"`,
      amount,
    });
    const mine = (purpose: string) => made(purpose, '«"5.00"»');
    const all = batch(made('a'), made('b'), made('c'));

    const placed: readonly (readonly [name: string, after: string, pointer?: string])[] = [
      ['stays where nothing changes', batch(made('a'), mine('b'), made('c'))],
      ['stays when another field changes', batch(made('a'), mine('other'), made('c'))],
      ['follows when one before it is removed', batch(mine('b'), made('c')), '/0/amount'],
      ['follows when it is moved', batch(mine('b'), made('a'), made('c')), '/0/amount'],
      ['goes when its request is removed', batch(made('a'), made('c'))],
      ['goes when it is swapped with one that replaces it', batch(made('b', '"6.00"'), made('a'), made('c'))],
    ];
    for (const [name, after, pointer] of placed) it(name, () => check(all, '/1/amount', after, pointer));

    it('stays on one of several that are all the same', () => {
      check(batch(made('a'), made('a')), '/1/amount', batch(made('a'), mine('a')));
      check(batch(made('a'), made('a')), '/1/amount', batch(made('a'), made('a', '"6.00"')));
      check(batch(made('a'), made('a')), '/1/amount', batch(made('b'), mine('a')));
    });
  });

  it('is on the request that it was on, and on no other, whatever is done to the batch', () => {
    type Element = { readonly uid: number; readonly amount: string };
    type Step = (elements: readonly Element[], fresh: () => number) => readonly Element[];
    const place = fc.nat(9);
    const step: fc.Arbitrary<Step> = fc.oneof(
      place.map(
        (at): Step =>
          (all, fresh) =>
            all.toSpliced(at % (all.length + 1), 0, { uid: fresh(), amount: '5.00' }),
      ),
      place.map(
        (at): Step =>
          (all) =>
            all.toSpliced(at % Math.max(all.length, 1), 1),
      ),
      fc.tuple(place, place).map(([from, to]): Step => (all) => {
        const [moved] = all.slice(from % Math.max(all.length, 1));
        return moved ? all.filter((one) => one !== moved).toSpliced(to % all.length, 0, moved) : all;
      }),
      fc.tuple(place, fc.constantFrom('6.00', '5.00')).map(
        ([at, amount]): Step =>
          (all) =>
            all.map((one, index) => (index === at % all.length ? { ...one, amount } : one)),
      ),
    );
    const textOf = (elements: readonly Element[]) =>
      batch(...elements.map(({ uid, amount }) => one(`id-${uid}`, `"${amount}"`)));

    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        place,
        fc.array(step, { maxLength: 5 }),
        (count, which, steps) => {
          const start: readonly Element[] = Array.from({ length: count }, (_, uid) => ({
            uid,
            amount: '5.00',
          }));
          const index = which % count;
          let last = count;
          const end = steps.reduce((elements, change) => change(elements, () => last++), start);
          const now = end.findIndex(({ uid }) => uid === index);
          const found = follow(textOf(start), `/${index}/amount`, textOf(end));
          const expected = now >= 0 && end[now]?.amount === '5.00' ? [`/${now}/amount`, '"5.00"'] : undefined;
          // A new request at its place cannot be told from its own with another external_id.
          const isReplaced = now < 0 && end.length === count && (end[index]?.uid ?? 0) >= count;
          if (!isReplaced) assert.deepEqual(found, expected);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of 10,000 is found among 10,000', () => {
    const many = (from: number) =>
      batch(...Array.from({ length: 10_000 }, (_, place) => one(`id-${from + place}`)));
    const { document } = sent(many(0));
    const anchored = document.requests.map((own) =>
      anchor(envelopeProblem({}, `${own.pointer}/amount`), document, own),
    );
    const now = parseDocument(many(1));
    assert.equal(anchored.filter((problem) => locate(problem, now)).length, 9_999);
  });
});
