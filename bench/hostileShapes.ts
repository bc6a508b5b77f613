/**
 * What a stranger may repeat to make a reader slow: separators, quotes, braces, placeholders, spaces, escapes, and what
 * begins something that never ends.
 */
const UNITS: readonly string[] = [
  ...['"', "'", '\x60', '{', '}', '[', ']', '(', ')', '<', '>', '{{', '}}', '{{x}}', '{{$uuid', '{{ ', '${'],
  ...['{{$randomInt 1 ', '{% ', '<<', ' ', '\n', '\r', '\r\n', '\t', '\\', '\\"', '\\\\', '\\u0000', '\\\n'],
  ...[
    '/',
    '//',
    '/*',
    '/**/',
    '/* */ ',
    '#',
    ',',
    ', ',
    ':',
    ': ',
    '.',
    '..',
    '.a',
    '/a',
    '[0]',
    'a ',
    '-',
    '--',
  ],
  ...[
    '0',
    '1',
    '1 ',
    '1.',
    '1,',
    '000,',
    '1e',
    '+',
    'a',
    'é',
    '💶',
    '\ud800',
    '\u200b',
    '\u202e',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '=',
    '&',
    '|',
    ';',
    '%',
    '%41',
    '&quot;',
    '$',
    "$'",
    '$"',
    '@',
    "@'\n",
    '<<A\n',
    '^',
    '^\n',
    '\x60\n',
    '-d ',
  ],
  ...[
    '-H ',
    'curl ',
    'curl.exe ',
    '.exe',
    'https://',
    'http://a@',
    '"":1,',
    '"a":1,',
    '"a":',
    '{"a":',
    '[[],',
  ],
  ...[
    '{},',
    '""',
    "''",
    '"a"',
    "'a'",
    'X-Api-Key: ',
    'X-Api-Key',
    'ECCAEX_API_KEY=',
    'true',
    'null ',
    '-----BEGIN ',
  ],
];

export interface Shape {
  readonly name: string;
  /** A text of about so many UTF-16 code units. */
  readonly text: (length: number) => string;
}

export const SHAPES: readonly Shape[] = UNITS.map((unit) => ({
  name: JSON.stringify(unit),
  text: (length) => unit.repeat(Math.max(1, Math.floor(length / unit.length))),
}));
