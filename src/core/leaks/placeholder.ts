import type { Span, TextEdit } from '../document/positions';

/** How a language reads a variable of the environment. */
interface Style {
  /** In place of a whole text with its quotes: `process.env.NAME`. */
  readonly expression?: (name: string) => string;
  /** What puts two texts together. */
  readonly plus?: string;
  /** Inside of a text, by the quotes that this is written in; `''` for none. */
  readonly inside?: Readonly<Partial<Record<Quote | '', (name: string) => string>>>;
}

type Quote = '"' | "'" | '`';

const braces = (name: string) => '${' + name + '}';
const mustache = (name: string) => `{{${name}}}`;

const MUSTACHE: Style = { inside: { '': mustache, '"': mustache, "'": mustache } };
const JVM: Style = { expression: (name) => `System.getenv("${name}")`, plus: ' + ' };
const SCRIPT: Style = {
  expression: (name) => `process.env.${name}`,
  plus: ' + ',
  inside: { '`': (name) => braces(`process.env.${name}`) },
};
const SHELL: Style = {
  inside: { '': (name) => `"$${name}"`, '"': braces, "'": (name) => `'"$${name}"'` },
};
/** What markup has no meaning of its own for; `<NAME>` would be an element. */
const MARKUP: Style = { inside: { '': braces, '"': braces, "'": braces, '`': braces } };
const COMPOSE: Style = { inside: { '': braces, '"': braces, "'": braces } };

/** By the ids that VS Code has for languages. */
const STYLES: Readonly<Record<string, Style>> = {
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  python: { expression: (name) => `os.environ["${name}"]`, plus: ' + ' },
  ruby: { expression: (name) => `ENV.fetch("${name}")`, plus: ' + ' },
  php: { expression: (name) => `getenv('${name}')`, plus: ' . ' },
  perl: { expression: (name) => `$ENV{${name}}`, plus: ' . ' },
  go: { expression: (name) => `os.Getenv("${name}")`, plus: ' + ' },
  java: JVM,
  kotlin: JVM,
  scala: JVM,
  groovy: JVM,
  csharp: { expression: (name) => `Environment.GetEnvironmentVariable("${name}")`, plus: ' + ' },
  powershell: { expression: (name) => `$env:${name}`, inside: { '"': (name) => `$($env:${name})` } },
  shellscript: SHELL,
  bat: { inside: { '': (name) => `%${name}%`, '"': (name) => `%${name}%` } },
  http: MUSTACHE,
  json: MUSTACHE,
  jsonc: MUSTACHE,
  yaml: COMPOSE,
  dockercompose: COMPOSE,
  html: MARKUP,
  xml: MARKUP,
  xsl: MARKUP,
  vue: MARKUP,
  svelte: MARKUP,
  markdown: MARKUP,
};

/**
 * What goes in the place of a key so that the file stays what it is: the variable of the environment as
 * the language reads it, else `<NAME>`.
 */
export function placeholderEdit(text: string, span: Span, language: string, name: string): TextEdit {
  const style = STYLES[language] ?? {};
  const { offset, length } = span;
  const end = offset + length;
  const expression = style.expression?.(name);
  // A key in parts is a whole expression already.
  if (expression !== undefined && isQuote(text[offset]) && isQuote(text[end - 1]))
    return { span, text: expression };
  const quote = quoteAround(text, span);
  const opens = quote !== '' && text[offset - 1] === quote && text[offset - 2] !== '\\';
  const closes = quote !== '' && text[end] === quote;
  if (expression !== undefined && opens && closes) {
    const whole = wholeText(text, span, quote);
    if (!whole) return { span, text: `<${name}>` };
    return isAttribute(text, whole.offset, language)
      ? { span: whole, text: `{${expression}}` }
      : { span: whole, text: expression };
  }
  const isContent =
    language.endsWith('react') && />\s{0,99}$/.test(text.slice(Math.max(0, offset - 100), offset));
  if (expression !== undefined && quote === '' && isContent) return { span, text: `{${expression}}` };
  const inside = style.inside?.[quote];
  if (inside) return { span, text: inside(name) };
  if (expression !== undefined && style.plus !== undefined && quote !== '' && closes)
    return { span: { offset, length: length + 1 }, text: `${quote}${style.plus}${expression}` };
  return { span, text: `<${name}>` };
}

/** A text with its quotes, three or one, and what stands before them: `f"…"`, `@"…"`. `undefined` after a function: `raw"…"`. */
function wholeText(text: string, { offset, length }: Span, quote: string): Span | undefined {
  const end = offset + length;
  const isTriple = text.startsWith(quote.repeat(3), offset - 3) && text.startsWith(quote.repeat(3), end);
  const count = isTriple ? 3 : 1;
  const [prefix = ''] = /[\w.$@]*$/.exec(text.slice(Math.max(0, offset - count - 8), offset - count)) ?? [];
  if (!/^(?:[A-Za-z]{0,2}|[$@]{1,2})$/.test(prefix)) return undefined;
  const start = offset - count - prefix.length;
  return { offset: start, length: end + count - start };
}

/** Whether a text is the value of an attribute of JSX. */
function isAttribute(text: string, at: number, language: string): boolean {
  if (!language.endsWith('react')) return false;
  const before = text.slice(Math.max(0, at - 600), at);
  const open = before.lastIndexOf('<');
  const tag = open < 0 ? '' : before.slice(open + 1);
  return /^[A-Za-z]/.test(tag) && !/[>;]/.test(tag) && /\s[\w:-]{1,60}=$/.test(tag);
}

/** The quotes of the text that a place is in; `''` where it is in none, as far as its line tells. */
function quoteAround(text: string, { offset, length }: Span): Quote | '' {
  const start = text.lastIndexOf('\n', offset) + 1;
  let open: Quote | '' = '';
  for (let at = start; at < offset; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (isQuote(character)) open = open === '' ? character : open === character ? '' : open;
  }
  const feed = text.indexOf('\n', offset + length);
  const rest = text.slice(offset + length, feed < 0 ? undefined : feed);
  return open !== '' && rest.includes(open) ? open : '';
}

function isQuote(character: string | undefined): character is Quote {
  return character === '"' || character === "'" || character === '`';
}
