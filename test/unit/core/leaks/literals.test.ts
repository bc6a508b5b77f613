import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyFinder } from '../../../../src/core/leaks/keyFinder';
import { leaksIn } from '../../../../src/core/leaks/leak';
import { literalKeysIn } from '../../../../src/core/leaks/literals';
import { codeUnits } from '../../../support/arbitraryTexts';
import { apiKey } from '../../../support/keys';
import { marked } from '../../../support/marked';

/** The value where the marks are is a key. */
const FOUND: Record<string, string> = {
  'cURL, in single quotes': `curl -H 'X-Api-Key: «live_4f1c09d2a7»' https://api.ecca-ex.com/api/v1/currencies`,
  'cURL, in double quotes': `curl --header "x-api-key: «live_4f1c09d2a7»" \\`,
  'cURL, without quotes': `curl -H X-Api-Key:«live_4f1c09d2a7» https://a.example`,
  'cURL, with an equals sign': `curl --header='X-Api-Key: «live_4f1c09d2a7»' https://a.example?value=1`,
  wget: `wget --header="X-Api-Key: «live_4f1c09d2a7»" https://a.example`,
  'cURL in a JSON text': String.raw`{"cmd": "curl -H \"X-Api-Key: «live_4f1c09d2a7»\" https://a.example"}`,
  HTTPie: 'http GET https://a.example X-Api-Key:«live_4f1c09d2a7»',
  'a .http file': 'GET https://a.example HTTP/1.1\nX-Api-Key: «live_4f1c09d2a7»\nAccept: */*',
  'a .http file with CRLF': 'GET https://a.example\r\nX-API-KEY: «live_4f1c09d2a7»\r\n\r\n',
  fetch: `fetch(url, { headers: { 'X-Api-Key': '«live_4f1c09d2a7»' } })`,
  'a webhook secret in .env': 'ECCAEX_WEBHOOK_SECRET=«whsec_4f1c09d2a7»\n',
  'a webhook secret of an environment': 'export ECCAEX_WEBHOOK_SECRET_PROD="«whsec_4f1c09d2a7»"',
  'a webhook secret, prefixed': 'STORE_ECCAEX_WEBHOOK_SECRET: «whsec_4f1c09d2a7»',
  'a webhook secret in code': `const eccaexWebhookSecret = '«whsec_4f1c09d2a7»';`,
  'a webhook signing secret': `eccaex.webhook.signing-secret=«whsec_4f1c09d2a7b84e6f»`,
  'a webhook secret of .NET': '"EccaEx:Prod:WebhookSecret": "«whsec_4f1c09d2a7»"',
  'a webhook secret as a default': `process.env.ECCAEX_WEBHOOK_SECRET ?? '«whsec_4f1c09d2a7»'`,
  'axios, defaults': `axios.defaults.headers.common['X-Api-Key'] = "«live_4f1c09d2a7»";`,
  'axios, over lines':
    'axios.get(url, {\n  headers: {\n    "X-Api-Key":\n      `«live_4f1c09d2a7»`,\n  },\n})',
  Headers: `headers.set('X-Api-Key', '«live_4f1c09d2a7»')`,
  XMLHttpRequest: `xhr.setRequestHeader("X-Api-Key", "«live_4f1c09d2a7»");`,
  Python: `requests.get(url, headers={"X-Api-Key": "«live_4f1c09d2a7»"})`,
  'Python, bytes': `{b"x-api-key": b"«live_4f1c09d2a7»"}`,
  Ruby: `req = { 'X-Api-Key' => '«live_4f1c09d2a7»' }`,
  PHP: `$headers = ['X-Api-Key: «live_4f1c09d2a7»'];`,
  Go: `req.Header.Set("X-Api-Key", "«live_4f1c09d2a7»")`,
  Java: `.header("X-Api-Key", "«live_4f1c09d2a7»")`,
  Kotlin: `mapOf("X-Api-Key" to "«live_4f1c09d2a7»")`,
  'C#': `client.DefaultRequestHeaders.Add("X-Api-Key", "«live_4f1c09d2a7»");`,
  Rust: `headers.insert("x-api-key", HeaderValue::from_static("«live_4f1c09d2a7»"));`,
  Swift: `request.setValue("«live_4f1c09d2a7»", forHTTPHeaderField: "X-Api-Key")`,
  'Objective-C': `[request setValue:@"«live_4f1c09d2a7»" forHTTPHeaderField:@"X-Api-Key"];`,
  PowerShell: `$env:ECCAEX_API_KEY_PROD = "«live_4f1c09d2a7»"`,
  'a Postman collection': '{"header": [{"key": "X-Api-Key", "value": "«live_4f1c09d2a7»", "type": "text"}]}',
  'a Postman collection, value first': '[{ "value": "«live_4f1c09d2a7»", "key": "X-Api-Key" }]',
  'a Postman authorization':
    '"apikey": [{"key": "value", "value": "«live_4f1c09d2a7»"}, {"key": "key", "value": "X-Api-Key"}]',
  'a Postman authorization, name first':
    '"apikey": [{"key": "key", "value": "X-Api-Key"}, {"key": "value", "value": "«live_4f1c09d2a7»"}]',
  'an Insomnia export': '{"name": "X-Api-Key", "value": "«live_4f1c09d2a7»"}',
  'a HAR file': '{\n "name": "x-api-key",\n "value": "«live_4f1c09d2a7»"\n}',
  '.env': 'ECCAEX_API_KEY_PROD=«live_4f1c09d2a7»\n',
  '.env, in quotes': 'export ECCAEX_API_KEY_PROD="«live_4f1c09d2a7»" # prod',
  '.env, for a bundler': 'VITE_ECCAEX_API_KEY=«live_4f1c09d2a7»',
  Docker: 'ENV ECCAEX_API_KEY_PROD «live_4f1c09d2a7»',
  'Docker, arguments': 'docker run -e ECCAEX_API_KEY_DEV=«live_4f1c09d2a7» app',
  'Docker Compose': '    environment:\n      - ECCAEX_API_KEY_PROD=«live_4f1c09d2a7»\n',
  YAML: 'headers:\n  X-Api-Key: «live_4f1c09d2a7»\n',
  'YAML, in quotes': `headers:\n  "X-Api-Key": '«live_4f1c09d2a7»'\n`,
  Kubernetes: 'env:\n  - name: ECCAEX_API_KEY_PROD\n    value: "«live_4f1c09d2a7»"\n',
  TOML: 'ECCAEX_API_KEY_STAGING = "«live_4f1c09d2a7»"',
  properties: 'ECCAEX_API_KEY_STAGING = «live_4f1c09d2a7b84e6f»',
  'launch.json': '"env": { "ECCAEX_API_KEY_DEV": "«live_4f1c09d2a7»" }',
  XML: '<header name="X-Api-Key" value="«live_4f1c09d2a7»"/>',
  'a default of the shell': 'curl -H "X-Api-Key: ${ECCAEX_API_KEY_DEV:-«live_4f1c09d2a7»}"',
  'a default after ||': `const key = process.env.ECCAEX_API_KEY_DEV || '«live_4f1c09d2a7»';`,
  'a default after ??': `process.env['ECCAEX_API_KEY_DEV'] ?? "«live_4f1c09d2a7»"`,
  'Python, f': `headers = {"X-Api-Key": f"«live_4f1c09d2a7»"}`,
  'YAML, on the next line': 'headers:\n  X-Api-Key:\n    «live_4f1c09d2a7»\n',
  'YAML, as a block': 'headers:\n  X-Api-Key: |-\n    «live_4f1c09d2a7»\n',
  'YAML, in braces': 'headers: {X-Api-Key: «live_4f1c09d2a7»}\n',
  'a header line in two texts': `"X-Api-Key: " + "«live_4f1c09d2a7»"`,
  'PHP, in two texts': `'X-Api-Key: ' . '«live_4f1c09d2a7»'`,
  'Go, as a literal': `http.Header{"X-Api-Key": {"«live_4f1c09d2a7»"}}`,
  'an XML element': '<X-Api-Key>«live_4f1c09d2a7»</X-Api-Key>',
  'a property list': '<key>X-Api-Key</key>\n<string>«live_4f1c09d2a7»</string>',
  'resources of Android': '<string name="ECCAEX_API_KEY">«live_4f1c09d2a7»</string>',
  fish: 'set -gx ECCAEX_API_KEY_DEV «live_4f1c09d2a7»',
  csh: 'setenv ECCAEX_API_KEY_DEV «live_4f1c09d2a7»',
  'cmd, over lines': 'set ECCAEX_API_KEY_DEV=«live_4f1c09d2a7»^\n',
  'a pipe': 'http a.example X-Api-Key:«live_4f1c09d2a7»| jq',
  'HTML with entities': '<code>curl -H &quot;X-Api-Key: «live_4f1c09d2a7»&quot; x</code>',
  'a comment before the value': `{ "X-Api-Key": /* prod */ "«live_4f1c09d2a7»" }`,
  'a key of digits': 'X-Api-Key: «90071992547409931234»',
  'a key with signs': 'X-Api-Key: «a1+/b2=c3~d4.e5-f6_»',
  'a key of letters': "{'X-Api-Key': '«qWmZrTtYpLkJhGfDsAxCvBnM»'}",
};

const PLACEHOLDERS = [
  ...['{{apiKey}}', '{{$processEnv ECCAEX_API_KEY_PROD}}', '$ECCAEX_API_KEY_PROD', '${ECCAEX_API_KEY_PROD}'],
  ...['${{ secrets.ECCAEX_API_KEY_PROD }}', '$(cat /run/secrets/key1)', '%ECCAEX_API_KEY_PROD%', '#{key1}'],
  ...[
    '<your key>',
    '<API_KEY_1>',
    'YOUR_API_KEY_1',
    'your-api-key-123',
    'my_api_key_1',
    'ECCAEX_API_KEY_PROD',
  ],
  ...[
    'xxxxxxxx1',
    'sk_live_xxxxxxxxxx1',
    '...',
    '………',
    '************',
    '00000000',
    '1234567890',
    'sk_1...9abc',
  ],
  ...['changeme1', 'example-key-1', 'placeholder_1', 'replace_me_123', 'REDACTED_1', 'op://vault/key1/x'],
  ...['sandbox_active', 'sandbox_revoked', 'sandbox_owner_blocked', 'sandbox_merchant_blocked'],
  ...['sm://project1/key1', 'projects/123/secrets/key1', '/prod/eccaex/key1', 'https://docs.example/key1'],
  ...['test-key-123', 'dummykey123', 'string1234', 'my_secret_key_1', 'config.keys.dev12345678'],
  ...['string', 'required', 'null', 'true', 'abc1', 'authentication', 'process.env.KEY1', 'ä1234567ö'],
];

const LEFT_ALONE: Record<string, string> = {
  'a value from a variable': `{ 'X-Api-Key': apiKey2024 }`,
  'a value from the environment': `{ 'X-Api-Key': process.env.ECCAEX_API_KEY_PROD }`,
  'a value from a call': `{ 'X-Api-Key': getKey('production1') }`,
  'a text that goes on': `'X-Api-Key: ' + key1234567`,
  'a template': '`X-Api-Key: ${key1234567}`',
  'a constant from another': 'const ECCAEX_API_KEY_PROD = apiKey2024;',
  'the path of a file with the key': 'ECCAEX_API_KEY_FILE=/run/secrets/key12345678',
  'the name of a secret': 'ECCAEX_API_KEY_PROD_NAME=prod-4f1c09d2a7',
  'allowed headers in lower case': `['X-Api-Key', 'sec-websocket-key1']`,
  'a member': '{ "X-Api-Key": config.keys.dev12345678 }',
  'a default from a variable': 'process.env.ECCAEX_API_KEY_DEV || fallback12345',
  'the next entry of YAML': 'X-Api-Key:\nOther: live_4f1c09d2a7\n',
  'the entry below': 'X-Api-Key:\n  key1: live_4f1c09d2a7\n',
  'a type': 'interface Env { ECCAEX_API_KEY_PROD: string }',
  'a Python default': 'ECCAEX_API_KEY_PROD = os.environ["ECCAEX_API_KEY_PROD"]',
  'allowed headers': `allowedHeaders: ['X-Api-Key', 'X-Amz-Content-Sha256', 'Sec-WebSocket-Key1']`,
  'allowed headers in one text': '"Content-Type,X-Api-Key,X-Amz-Content-Sha256"',
  OpenAPI: '{"type": "apiKey", "name": "X-Api-Key", "in": "header"}, {"value": "unrelated12345"}',
  'the next entry of a list':
    '- name: ECCAEX_API_KEY_PROD\n  valueFrom: x\n- name: OTHER\n  value: unrelated12345',
  'an empty variable': 'ECCAEX_API_KEY_PROD=\nOTHER=unrelated12345',
  prose: 'Send the header X-Api-Key: 401 or 403 says that it is wrong. X-Api-Key is secret.',
  'another header': 'X-Request-Id: 0123456789abcdef',
  nothing: '',
};

const spansIn = (text: string) => literalKeysIn(text).map(({ offset, length }) => ({ offset, length }));

describe('a key that is written down', () => {
  for (const [where, source] of Object.entries(FOUND)) {
    it(`is found in ${where}`, () => {
      const { text, span } = marked(source);
      assert.deepEqual(spansIn(text), [span], text);
    });
  }

  for (const [where, source] of Object.entries(FOUND)) {
    it(`is not taken for one where a placeholder stands: ${where}`, () => {
      for (const placeholder of PLACEHOLDERS) {
        const text = source.replace(/«.*»/s, () => placeholder);
        assert.deepEqual(literalKeysIn(text), [], text);
      }
    });
  }

  for (const [what, text] of Object.entries(LEFT_ALONE)) {
    it(`is not: ${what}`, () => assert.deepEqual(literalKeysIn(text), []));
  }

  it('is called what it is: an API key or a webhook secret', () => {
    const kinds = literalKeysIn(
      'ECCAEX_API_KEY=live_4f1c09d2a7\nECCAEX_WEBHOOK_SECRET=whsec_4f1c09d2a7\nECCAEX_API_KEY=live_5f1c09d2a7',
    ).map(({ isWebhookSecret }) => isWebhookSecret);
    assert.deepEqual(kinds, [undefined, true, undefined]);
  });

  it('is no webhook secret where it is the public one of the sandbox, a reference, or something else of it', () => {
    for (const text of [
      'ECCAEX_WEBHOOK_SECRET=sandbox_webhook_secret',
      'ECCAEX_WEBHOOK_SECRET=${WEBHOOK_SECRET_4f1c09d2a7}',
      'ECCAEX_WEBHOOK_SECRET_FILE=/run/secrets/4f1c09d2a7b84e6f',
      'ECCAEX_WEBHOOK_URL=https://4f1c09d2a7b84e6f.example',
    ])
      assert.deepEqual(literalKeysIn(text), [], text);
  });

  it('is told once where it is a stored key as well', () => {
    const { text, span } = marked(
      `X-Api-Key: «live_4f1c09d2a7»\nX-Api-Key: ${'live_'.concat('00c1f47e9a2')}`,
    );
    const key = { environment: 'dev', key: text.slice(span.offset, span.offset + span.length) } as const;
    const leaks = leaksIn(text, new KeyFinder([{ ...key, key: apiKey(key.key) }]));
    assert.deepEqual(
      leaks.map(({ code }) => code),
      ['key-in-file', 'key-literal'],
    );
  });

  it('can be looked for in any text', () => {
    const part = fc.oneof(
      codeUnits(20),
      fc.constantFrom(
        ...['X-Api-Key', 'ECCAEX_API_KEY_DEV', '"key"', ':', '=', '"', "'", '\\"', 'value', '{', '\n'],
      ),
      fc.constantFrom(...['setValue("', 'live_4f1c09d2a7', ' ', ', ', '- ', 'forHTTPHeaderField:']),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const { offset, length } of literalKeysIn(text)) {
          assert.ok(offset >= end && length >= 8 && offset + length <= text.length);
          end = offset + length;
        }
      }),
    );
  });
});
