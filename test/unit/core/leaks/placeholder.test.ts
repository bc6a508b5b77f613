import assert from 'node:assert/strict';
import { literalKeysIn } from '../../../../src/core/leaks/literals';
import { placeholderEdit } from '../../../../src/core/leaks/placeholder';
import { edited, marked } from '../../../support/marked';

/** Language, text with the key marked, text afterwards. */
const EDITS: readonly (readonly [language: string, before: string, after: string])[] = [
  ['javascript', `{ 'X-Api-Key': '«live_4f1c09»' }`, `{ 'X-Api-Key': process.env.ECCAEX_API_KEY_DEV }`],
  [
    'typescript',
    'const h = `X-Api-Key: «live_4f1c09»`;',
    'const h = `X-Api-Key: ${process.env.ECCAEX_API_KEY_DEV}`;',
  ],
  ['typescript', `h = 'X-Api-Key: «live_4f1c09»';`, `h = 'X-Api-Key: ' + process.env.ECCAEX_API_KEY_DEV;`],
  ['javascript', `k = «"live_" + "4f1c09"»;`, `k = process.env.ECCAEX_API_KEY_DEV;`],
  ['python', `{"X-Api-Key": "«live_4f1c09»"}`, `{"X-Api-Key": os.environ["ECCAEX_API_KEY_DEV"]}`],
  ['php', `['X-Api-Key: «live_4f1c09»']`, `['X-Api-Key: ' . getenv('ECCAEX_API_KEY_DEV')]`],
  ['ruby', `{ 'X-Api-Key' => '«live_4f1c09»' }`, `{ 'X-Api-Key' => ENV.fetch("ECCAEX_API_KEY_DEV") }`],
  ['go', `Set("X-Api-Key", "«live_4f1c09»")`, `Set("X-Api-Key", os.Getenv("ECCAEX_API_KEY_DEV"))`],
  [
    'java',
    `header("X-Api-Key", "«live_4f1c09»")`,
    `header("X-Api-Key", System.getenv("ECCAEX_API_KEY_DEV"))`,
  ],
  [
    'csharp',
    `Add("X-Api-Key", "«live_4f1c09»")`,
    `Add("X-Api-Key", Environment.GetEnvironmentVariable("ECCAEX_API_KEY_DEV"))`,
  ],
  ['powershell', `@{ 'X-Api-Key' = '«live_4f1c09»' }`, `@{ 'X-Api-Key' = $env:ECCAEX_API_KEY_DEV }`],
  ['shellscript', `curl -H "X-Api-Key: «live_4f1c09»"`, 'curl -H "X-Api-Key: ${ECCAEX_API_KEY_DEV}"'],
  ['shellscript', `curl -H 'X-Api-Key: «live_4f1c09»' x`, `curl -H 'X-Api-Key: '"$ECCAEX_API_KEY_DEV"'' x`],
  ['shellscript', `curl -H X-Api-Key:«live_4f1c09» x`, `curl -H X-Api-Key:"$ECCAEX_API_KEY_DEV" x`],
  ['bat', `curl -H "X-Api-Key: «live_4f1c09»"`, `curl -H "X-Api-Key: %ECCAEX_API_KEY_DEV%"`],
  ['http', 'GET x\nX-Api-Key: «live_4f1c09»\n', 'GET x\nX-Api-Key: {{ECCAEX_API_KEY_DEV}}\n'],
  [
    'json',
    `{"key": "X-Api-Key", "value": "«live_4f1c09»"}`,
    `{"key": "X-Api-Key", "value": "{{ECCAEX_API_KEY_DEV}}"}`,
  ],
  [
    'typescriptreact',
    '<Pay eccaexApiKey="«live_4f1c09»" live />',
    '<Pay eccaexApiKey={process.env.ECCAEX_API_KEY_DEV} live />',
  ],
  [
    'javascriptreact',
    `const eccaexApiKey="«live_4f1c09»";`,
    `const eccaexApiKey=process.env.ECCAEX_API_KEY_DEV;`,
  ],
  [
    'typescriptreact',
    '<td>X-Api-Key</td><td>«live_4f1c09»</td>',
    '<td>X-Api-Key</td><td>{process.env.ECCAEX_API_KEY_DEV}</td>',
  ],
  ['python', `ECCAEX_API_KEY = r'«live_4f1c09»'`, `ECCAEX_API_KEY = os.environ["ECCAEX_API_KEY_DEV"]`],
  ['python', `ECCAEX_API_KEY = """«live_4f1c09»"""`, `ECCAEX_API_KEY = os.environ["ECCAEX_API_KEY_DEV"]`],
  [
    'csharp',
    `var eccaexApiKey = @"«live_4f1c09»";`,
    `var eccaexApiKey = Environment.GetEnvironmentVariable("ECCAEX_API_KEY_DEV");`,
  ],
  [
    'javascript',
    'const eccaexApiKey = String.raw`«live_4f1c09»`;',
    'const eccaexApiKey = String.raw`<ECCAEX_API_KEY_DEV>`;',
  ],
  ['xml', '<X-Api-Key>«live_4f1c09»</X-Api-Key>', '<X-Api-Key>${ECCAEX_API_KEY_DEV}</X-Api-Key>'],
  [
    'xml',
    '<add key="X-Api-Key" value="«live_4f1c09»"/>',
    '<add key="X-Api-Key" value="${ECCAEX_API_KEY_DEV}"/>',
  ],
  ['html', '<td>X-Api-Key</td><td>«live_4f1c09»</td>', '<td>X-Api-Key</td><td>${ECCAEX_API_KEY_DEV}</td>'],
  ['markdown', 'Our X-Api-Key is `«live_4f1c09»`.', 'Our X-Api-Key is `${ECCAEX_API_KEY_DEV}`.'],
  ['yaml', 'X-Api-Key: «live_4f1c09»', 'X-Api-Key: ${ECCAEX_API_KEY_DEV}'],
  ['dotenv', 'ECCAEX_API_KEY_DEV=«live_4f1c09»', 'ECCAEX_API_KEY_DEV=<ECCAEX_API_KEY_DEV>'],
  [
    'swift',
    `setValue("«live_4f1c09»", forHTTPHeaderField: "X-Api-Key")`,
    `setValue("<ECCAEX_API_KEY_DEV>", forHTTPHeaderField: "X-Api-Key")`,
  ],
  [
    'javascript',
    String.raw`'{"X-Api-Key": \"«live_4f1c09»\"}'`,
    String.raw`'{"X-Api-Key": \"<ECCAEX_API_KEY_DEV>\"}'`,
  ],
];

describe('the placeholder for a key', () => {
  for (const [language, before, after] of EDITS) {
    it(`in ${language}: ${after}`, () => {
      const { text, span } = marked(before);
      const edit = placeholderEdit(text, span, language, 'ECCAEX_API_KEY_DEV');
      assert.equal(edited(text, [edit]), after);
      assert.deepEqual(literalKeysIn(after), [], 'it is taken for no key');
    });
  }
});
