import type { Node } from 'jsonc-parser';
import type { RequestDocument } from '../document/document';
import { checkPlaceholder, spansIn, type PlaceholderValues } from '../document/placeholders';
import type { Span } from '../document/positions';

type Variables = PlaceholderValues['variables'];

export interface ForeignPlaceholder {
  /** As it stands in the value. */
  readonly text: string;
  /** The expression of ours that gives the same: `$uuid`, or a name of the user's. */
  readonly ours: string | undefined;
  readonly span: Span;
}

/** Longer than any name or call that is meant; without it, a text full of brackets is searched again and again. */
const LONGEST = 200;

const FORMS: readonly {
  readonly open: string;
  readonly close: string;
  /** What can stand between the two. */
  readonly inner: RegExp;
}[] = [
  // GitHub Actions, then Yaak, then shells, JMeter, Gatling, Maven and the JavaScript of k6.
  { open: '${{', close: '}}', inner: /^[^{}]+$/ },
  { open: '${[', close: ']}', inner: /^[^[\]]+$/ },
  { open: '${', close: '}', inner: /^[^{}]+$/ },
  // Insomnia and other Nunjucks, and Liquid.
  { open: '{%', close: '%}', inner: /\S/ },
  // ERB and EJS.
  { open: '<%', close: '%>', inner: /\S/ },
  // Hoppscotch.
  { open: '<<', close: '>>', inner: /^\s*[$\w.-]+\s*$/ },
  // Karate and Gatling.
  { open: '#{', close: '}', inner: /^[^{}]+$/ },
  // Shells and Azure Pipelines, Karate, Robot Framework, and what replaces tokens in files.
  { open: '$(', close: ')', inner: /^[A-Za-z_][\w. -]*$/ },
  { open: '#(', close: ')', inner: /^[$A-Za-z_][\w.$]*$/ },
  { open: '@{', close: '}', inner: /^[^{}]+$/ },
  { open: '@@', close: '@@', inner: /^[\w.-]+$/ },
  // Windows.
  { open: '%', close: '%', inner: /^[A-Za-z_]\w+$/ },
];

/** What stands for a value only where it is all of the text: a shell's variable, documentation, URI templates. */
const WHOLE: readonly RegExp[] = [
  /^\$(?:env:)?([A-Za-z_]\w{0,199})$/,
  /^<([^<>]{1,200})>$/,
  /^\{([A-Za-z_][\w.-]{1,199})\}$/,
];

const OPENS = /\$\{\{|\$\{\[|\$\{|\$\(|\{%|<%|<<|#\{|#\(|@\{|@@|%/g;

/** Placeholders of other tools in a string value: it would be sent with them as they are. */
export function foreignPlaceholders(
  document: RequestDocument,
  string: Node,
  variables: Variables,
): ForeignPlaceholder[] {
  const value = String(string.value);
  const found = [...foreignIn(value)];
  if (found.length === 0) return [];
  const spanOf = spansIn(document, string);
  return found.map(({ start, end, inner }) => ({
    text: value.slice(start, end),
    ours: oursFor(inner, variables),
    span: spanOf(start, end),
  }));
}

function* foreignIn(value: string): Generator<{ start: number; end: number; inner: string }> {
  const whole = WHOLE.map((form) => form.exec(value)).find((match) => match !== null);
  if (whole) {
    yield { start: 0, end: value.length, inner: (whole[1] ?? '').trim() };
    return;
  }
  let done = 0;
  for (const { 0: opened, index } of value.matchAll(OPENS)) {
    if (index < done) continue;
    const form = FORMS.find(({ open }) => open === opened);
    if (!form) continue;
    const from = index + opened.length;
    const close = value.slice(from, from + LONGEST).indexOf(form.close);
    const inner = value.slice(from, from + close);
    if (close < 0 || !form.inner.test(inner)) continue;
    const end = from + close + form.close.length;
    if (opened === '%' && isEncoded(value, index) && isEncoded(value, end - 1)) continue;
    done = end;
    yield { start: index, end, inner: inner.trim() };
  }
}

/** `%D0`, as URLs have it. */
function isEncoded(value: string, percent: number): boolean {
  return /^[\da-f]{2}$/i.test(value.slice(percent + 1, percent + 3));
}

/** What others call the same as our own placeholders, in lower case and without spaces and quotes. */
const DYNAMIC: readonly (readonly [pattern: RegExp, ours: (parts: RegExpExecArray) => string | undefined])[] =
  [
    [/^[$#_]*(?:random\.?|faker|string\.|datatype\.|new)*(?:uuid|guid)(?:v4|\.v4)?(?:\(\))?$/, () => '$uuid'],
    [
      /^[$#_]*(?:timestamp(?:\.unix)?(?:\(\))?|now,?(?:unix|x)|unixtimestamp|date,?x|time\(\/1000,?\))$/,
      () => '$timestamp',
    ],
    [
      /^[$#_]*(?:isotimestamp|timestamp\.iso(?:8601)?(?:\(\))?|(?:datetime|now),?iso-?8601|newdate)$/,
      () => '$isoTimestamp',
    ],
    // Postman, Bruno and Hoppscotch document 0 to 1000.
    [/^\$?randomint$/, () => '$randomInt 0 1000'],
    // JetBrains leaves the upper bound out.
    [
      /^\$?random\.integer\((-?\d+),(-?\d+)\)$/,
      ([, min = '', max = '']) => `$randomInt ${min} ${Number(max) - 1}`,
    ],
    [
      /^[$#_]*(?:random(?:int|number)?|number)[(,](-?\d+),(-?\d+),?\)?$/,
      ([, min = '', max = '']) => `$randomInt ${min} ${max}`,
    ],
  ];

/** Where other tools keep their values: the name that follows is the one that counts. */
const KEPT_IN =
  /^(?:_\.|\.|env\.|\$env\.|process\.env\.|\$(?:processEnv|dotenv|env)\s+|(?:vars|secrets|inputs|matrix)\.)/;

/** The expression of ours that gives what one of another tool does, as it stands between the brackets. */
export function oursFor(foreign: string, variables: Variables): string | undefined {
  if (foreign.length > LONGEST) return undefined;
  const name = foreign.trim().replace(KEPT_IN, '');
  if (Object.hasOwn(variables, name)) return name;
  const plain = foreign
    .toLowerCase()
    .replace(/[\s'"]/g, '')
    .replace(/,{1,9}$/, '');
  for (const [pattern, ours] of DYNAMIC) {
    const parts = pattern.exec(plain);
    const expression = parts ? ours(parts) : undefined;
    if (expression !== undefined && checkPlaceholder(expression, variables) === 'ok') return expression;
  }
  return undefined;
}
