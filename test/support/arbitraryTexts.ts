import fc from 'fast-check';
import { FIELDS } from '../../src/core/contract/fields';
import { batch, request } from './requests';

/** Any code units, halves of pairs included; most of them ASCII. */
export const codeUnits = (maxLength = 30): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0, max: 0xffff })), { maxLength })
    .map((units) => String.fromCharCode(...units));

const NAMES = [
  ...['\u0430mount', 'AMOUNT', 'purpose\u00a0'],
  ...FIELDS.map(({ name }) => name),
  ...['amout', 'Currency', 'callbackUrl', 'externalId', 'note', '', '__proto__', 'a/b~', 'toString'],
];
const STRINGS = [
  ...['', ' ', '1500.00', '0', '1,5', 'uah', 'UAH', 'order-1', '{{$uuid}}', '{{nobody}}', '{{', '}}', '💶'],
  ...['https://shop.example/a', 'http://shop.example', 'https://u:p@a.example', 'https://localhost', '//a'],
  ...[
    '10.00 ',
    '１０',
    'UА\u041d',
    '${X}',
    '<<$guid>>',
    '%shop%',
    '{% x %}',
    "it's",
    '“a”',
    '=======',
    '1.25',
  ],
  ...['x'.repeat(129), '\ud800', '\u0000\n', '// no', '"'],
];
const NUMBERS = ['0', '-0', '1500', '1500.5', '1.999', '1e3', '-1E-2', '9007199254740993', '980'];

const space = fc.constantFrom('', '', ' ', '\n', '\r\n', '\r', '\t  ');
const string = fc.oneof(
  fc.constantFrom(...STRINGS).map((text) => JSON.stringify(text)),
  codeUnits(8).map((text) => JSON.stringify(text)),
);
const name = fc.constantFrom(...NAMES).map((text) => JSON.stringify(text));
const scalar = fc.oneof(
  { weight: 5, arbitrary: string },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom('null', 'true', 'false') },
);

interface Grammar {
  /** What stands between two tokens. */
  readonly gap: fc.Arbitrary<string>;
  /** What stands after the last entry. */
  readonly end: fc.Arbitrary<string>;
}

const listOf = (entry: fc.Arbitrary<string>, [open, close]: [string, string], { gap, end }: Grammar) =>
  fc
    .tuple(fc.array(fc.tuple(gap, entry, gap), { maxLength: 10 }), gap, end)
    .map(([entries, inside, last]) =>
      entries.length === 0
        ? open + inside + close
        : open + entries.map((parts) => parts.join('')).join(',') + last + close,
    );

function valuesBy(grammar: Grammar): fc.Arbitrary<string> {
  const { value } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
    value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('object'), tie('array')),
    object: listOf(
      fc.tuple(name, grammar.gap, tie('value')).map(([key, gap, inner]) => `${key}${gap}:${gap}${inner}`),
      ['{', '}'],
      grammar,
    ),
    array: listOf(tie('value'), ['[', ']'], grammar),
  }));
  return fc.tuple(grammar.gap, value, grammar.gap).map((parts) => parts.join(''));
}

/** JSON, close to requests. */
export const json: fc.Arbitrary<string> = valuesBy({ gap: space, end: fc.constant('') });

/** JSON with comments and trailing commas here and there. */
export const jsonc: fc.Arbitrary<string> = valuesBy({
  gap: fc.oneof(
    { weight: 9, arbitrary: space },
    { weight: 1, arbitrary: fc.constantFrom('/**/', '/* , } "\n */', '// ], "\n', '//\r\n') },
  ),
  end: fc.oneof(
    { weight: 5, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom(',', ', ') },
  ),
});

/** Valid requests, and some with few things wrong. */
export const requestText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.dictionary(fc.constantFrom(...NAMES.filter((one) => one !== '__proto__')), scalar, { maxKeys: 4 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.constantFrom({ eol: '\n', indent: '  ' }, { eol: '\r\n', indent: '\t' }, { eol: '', indent: '' }),
    fc.boolean(),
  )
  .map(([elements, layout, single]) => (single ? request(elements[0], layout) : batch(...elements)));

const FRAGMENTS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '/',
  '//',
  '/*',
  '*/',
  '{{',
  '}}',
  '\r',
  '\n',
  '0',
  '-',
];
/** What somebody types or pastes. */
const fragment = fc.oneof(
  fc.constantFrom(...FRAGMENTS, 'null', 'NaN', '\ufeff', '\u0000', '\u2028', '\ud800', '💶', '«'),
  codeUnits(4),
  string,
);

/** Where in the text, from its start to its end, how much of it goes, and what comes in its place. */
export const edits = fc.array(
  fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(12), added: fragment }),
  { minLength: 1, maxLength: 8 },
);

/** The text after each edit, one after the other. */
export function* afterEach(
  start: string,
  all: readonly { place: number; length: number; added: string }[],
): Generator<string> {
  let text = start;
  for (const { place, length, added } of all) {
    const at = Math.floor(place * text.length);
    text = text.slice(0, at) + added + text.slice(at + length);
    yield text;
  }
}

/** A text with a few places cut, doubled or overwritten. */
export const damaged = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6), fragment), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([whole, changes]) =>
      changes.reduce((before, [place, length, added]) => {
        const at = Math.floor(place * before.length);
        return before.slice(0, at) + added + before.slice(at + length);
      }, whole),
    );

/** A text as JavaScript, Python or a word processor would have it. */
export const elsewhere = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      text,
      fc.constantFrom<(json: string) => string>(
        (json) => json.replaceAll('"', "'"),
        (json) => json.replace(/"(\w+)":/g, '$1:'),
        (json) => json.replace(/"([^"\\]*)"/g, '“$1”'),
        (json) => json.replace(/true|false|null/g, (word) => word.charAt(0).toUpperCase() + word.slice(1)),
        (json) => json.replaceAll(',\n', ', # note\n'),
        (json) => json.replaceAll(' ', '\u00a0'),
        (json) => json.replaceAll('{', '\ufeff{\u200b'),
        (json) => json.replaceAll(':', '：').replaceAll(',', '，'),
        (json) => `${json};`,
        (json) => json.replace(/^(.*)$/m, '<<<<<<< ours\n$1\n=======\n$1\n>>>>>>> theirs'),
        (json) => json.replace('\n', '\n=======\n'),
      ),
    )
    .map(([json, change]) => change(json));

/** Tokens in any order. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .array(fc.oneof(fragment, scalar, name), { maxLength: 40 })
  .map((tokens) => tokens.join(''));

/** Everything that a file can hold. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  codeUnits(),
  tokenSoup,
  json,
  jsonc,
  requestText,
  damaged(requestText),
  damaged(jsonc),
  elsewhere(requestText),
  damaged(elsewhere(jsonc)),
);
