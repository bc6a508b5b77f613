import tseslint from 'typescript-eslint';

// What no folder may do but in the place for it. What holds for all code, types included: .oxlintrc.json.

/** What each folder may not reach (see ARCHITECTURE.md); type imports count. Cycles: .dependency-cruiser.cjs. */
const forbidden = (files, ...patterns) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: patterns.map(([regex, message]) => ({ regex, message })) },
    ],
  },
});
const to = (...folders) => `^(\\.\\./)+(${folders.join('|')})(/|$)`;
const TOLD = 'show(Information|Warning|Error)Message|withProgress';
const NODE = [
  '^node:|^(fs|path|http|https|net|tls|os|crypto|child_process|util|stream)(/|$)',
  'Pure code: no Node.',
];
const VSCODE = ['^vscode$', 'Only ui, adapters and extension.ts know VS Code.'];
const REEXPORT = {
  selector: ':matches(ExportAllDeclaration, ExportNamedDeclaration[source])',
  message: 'Import it from the file that holds it.',
};
const ROOTS = ['/(extension|cli)$', 'Nobody imports a composition root.'];

export default [
  { ignores: ['dist', 'out', '.vscode-test', 'node_modules'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: { 'no-restricted-syntax': ['error', REEXPORT] },
  },
  forbidden(['src/core/**'], VSCODE, NODE, ROOTS, [
    to('app', 'adapters', 'ui', 'terminal', 'sandbox', 'webview'),
    'core imports core only.',
  ]),
  forbidden(['src/app/**'], VSCODE, NODE, ROOTS, [
    to('adapters', 'ui', 'terminal', 'sandbox', 'webview'),
    'app imports core only.',
  ]),
  forbidden(['src/adapters/**'], ROOTS, [
    to('ui', 'terminal', 'sandbox', 'webview'),
    'adapters import the ports of app, and core.',
  ]),
  forbidden(
    ['src/ui/**'],
    ROOTS,
    [to('adapters', 'terminal', 'sandbox'), 'ui imports app, core and vscode.'],
    ['/webview/(?!\\w+/protocol$)', 'ui and its webviews share a protocol.ts each, and nothing else.'],
  ),
  forbidden(['src/webview/**'], VSCODE, NODE, ROOTS, [
    to('app', 'adapters', 'ui', 'terminal', 'sandbox'),
    'webviews import core only.',
  ]),
  {
    files: ['src/ui/**'],
    ignores: ['src/ui/shell/notify.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        REEXPORT,
        {
          selector: `MemberExpression[object.name="window"][property.name=/^(${TOLD})$/]`,
          message: 'Use notify: VS Code runs commands that stand as links in such texts.',
        },
      ],
    },
  },
  {
    files: ['src/webview/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'].map((property) => ({
          property,
          message: 'Texts of a server are put in as text: append(), textContent.',
        })),
      ],
    },
  },
  forbidden(
    ['src/terminal/**'],
    VSCODE,
    ROOTS,
    [to('adapters', 'ui', 'sandbox', 'webview'), 'terminal imports app and core.'],
    ['^node:(?!util$)', 'What the terminal is comes from cli.ts; arguments are read by node:util.'],
  ),
  forbidden(
    ['src/sandbox/**'],
    VSCODE,
    ROOTS,
    [
      to('app', 'adapters', 'ui', 'terminal', 'webview'),
      'The sandbox shares with core what goes over the wire, and nothing else.',
    ],
    [
      '^(\\.\\./)+core/(?!(contract/wire|webhook/(outcomes|signature))$)',
      'The sandbox shares with core what goes over the wire, and nothing else.',
    ],
  ),
];
