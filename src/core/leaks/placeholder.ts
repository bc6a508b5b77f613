import type { Span } from '../document/positions';
import type { TextEdit } from '../document/positions';

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
  if (expression !== undefined && opens && closes)
    return { span: { offset: offset - 1, length: length + 2 }, text: expression };
  const inside = style.inside?.[quote];
  if (inside) return { span, text: inside(name) };
  if (expression !== undefined && style.plus !== undefined && quote !== '' && closes)
    return { span: { offset, length: length + 1 }, text: `${quote}${style.plus}${expression}` };
  return { span, text: `<${name}>` };
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
