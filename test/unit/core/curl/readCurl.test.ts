import assert from 'node:assert/strict';
import fc from 'fast-check';
import { curlCommand } from '../../../../src/core/curl/curlCommand';
import { readCurl, type CurlFault } from '../../../../src/core/curl/readCurl';

const URL_OF_API = 'https://api.ecca-ex.com/api/v1/create-invoice';
const KEY = 'k3y7f9a1c0de42b8';
/** What some shell takes for more than itself. */
const SHELL_SIGNS = '\' " ` $ \\ ^ @ ‘ ’ { } ! % < > - H | ; / \n'.split(' ');
const BODY = '{"amount":"1500.00","purpose":"Tom\'s \\"best\\" $5"}';

function read(command: string) {
  const reading = readCurl(command);
  assert.ok(reading.ok, JSON.stringify(reading));
  return { ...reading, body: JSON.parse(reading.body) as unknown };
}

const faultOf = (command: string): CurlFault | undefined => {
  const reading = readCurl(command);
  return reading.ok ? undefined : reading.fault;
};

describe('reading a cURL command', () => {
  it('gives the body, the origin and the key, and leaves the key out of the body', () => {
    const reading = readCurl(
      `curl -X POST '${URL_OF_API}' \\\n  -H 'X-Api-Key: ${KEY}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"amount":"1.00"}'`,
    );
    assert.deepEqual(reading, {
      ok: true,
      body: '{\n  "amount": "1.00"\n}\n',
      origin: 'https://api.ecca-ex.com',
      key: KEY,
    });
  });

  const quoted = BODY.replaceAll("'", String.raw`'\''`);
  const escaped = BODY.replaceAll(/["\\]/g, String.raw`\$&`);
  const writings: Readonly<Record<string, string>> = {
    'a POSIX shell': `curl ${URL_OF_API} -H "x-api-key: ${KEY}" --data-raw '${quoted}'`,
    'a prompt, and more behind it': `$ curl ${URL_OF_API} -H "x-api-key: ${KEY}" -d '${quoted}' | jq .`,
    'options in one word': `curl -sSXPOST -HX-Api-Key:${KEY} -d'${quoted}' ${URL_OF_API}`,
    'double quotes':
      `curl --url "${URL_OF_API}" --header "X-API-KEY: ${KEY}" --json "${escaped.replace('$5', String.raw`\$5`)}"`.replaceAll(
        String.raw`\$5`,
        '$5',
      ),
    'Postman, with Windows line ends': `curl --location '${URL_OF_API}' \\\r\n--header 'X-Api-Key: ${KEY}' \\\r\n--data '${quoted}'`,
    'a browser, for a POSIX shell': `curl '${URL_OF_API}' -H 'X-Api-Key: ${KEY}' --compressed --data-raw $'${BODY.replaceAll(/['\\]/g, String.raw`\$&`)}'`,
    'a browser, for Windows': `curl ^"${URL_OF_API}^" ^\r\n  -H ^"X-Api-Key: ${KEY}^" ^\r\n  --data-raw ^"${escaped.replaceAll('"', '^"').replaceAll('{', '^{').replaceAll('}', '^}')}^"`,
    'Windows’ cmd': `curl.exe -H "X-Api-Key: ${KEY}" -d "${escaped}" ${URL_OF_API}`,
    'Windows PowerShell 5.1': `curl.exe '${URL_OF_API}' -H 'X-Api-Key: ${KEY}' -d '${escaped.replaceAll("'", "''")}'`,
    PowerShell: `curl '${URL_OF_API}' \`\n  -H "X-Api-Key: ${KEY}" \`\n  -d '${BODY.replaceAll("'", "''")}'`,
    'a here-document': `curl ${URL_OF_API} -H 'X-Api-Key: ${KEY}' -d @- <<'EOF' | jq .\n${BODY}\nEOF\necho done`,
    'a text around it': `First:\n\n\`\`\`sh\ncurl ${URL_OF_API} -H 'X-Api-Key: ${KEY}' -d '${quoted}'\n\`\`\`\nThen curl the status, if it isn't there.`,
    'an address with variables': `curl "$BASE/create-invoice" --proxy http://127.0.0.1:1 -H "X-Api-Key: ${KEY}" -d '${quoted}'`,
  };
  for (const [name, command] of Object.entries(writings))
    it(`reads ${name}`, () => {
      const { body, key } = read(command);
      assert.deepEqual(body, JSON.parse(BODY));
      assert.equal(key, KEY);
    });

  it('reads what is copied from a request, in both shells, to the last character', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...SHELL_SIGNS) }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('posix' as const, 'powershell' as const), (purpose, shell) => {
        const body = JSON.stringify({ purpose }, null, 2);
        const command = curlCommand(
          { url: URL_OF_API, key: { variable: 'ECCAEX_API_KEY_DEV' }, body },
          shell,
        );
        assert.deepEqual(read(command), {
          ok: true,
          body: JSON.parse(body) as unknown,
          origin: 'https://api.ecca-ex.com',
          key: undefined,
        });
      }),
    );
  });

  it('takes a placeholder for no key', () => {
    for (const header of [
      '$ECCAEX_API_KEY',
      '<your key>',
      '{{api_key}}',
      '%KEY%',
      '$env:KEY',
      'sandbox_active',
      '',
    ])
      assert.equal(read(`curl ${URL_OF_API} -H "X-Api-Key: ${header}" -d '{}'`).key, undefined, header);
  });

  it('keeps a body as it is written where that has lines of its own, or is no JSON', () => {
    for (const body of ['{\n    "amount": 1,\n}', '{"amount" 1', '[' + '['.repeat(20_000)]) {
      const reading = readCurl(`curl ${URL_OF_API} -d '${body}'`);
      assert.ok(reading.ok);
      assert.equal(reading.body.replace(/\s/g, ''), body.replace(/\s/g, ''));
    }
  });

  it('says why there is no request', () => {
    const faults: readonly (readonly [string, CurlFault])[] = [
      ['', 'no-command'],
      ['curly braces, and https://curl.example', 'no-command'],
      [`wget ${URL_OF_API}`, 'no-command'],
      [`curl ${URL_OF_API} -d '{"amount`, 'open-quote'],
      [`curl https://api.ecca-ex.com/api/v1/currencies -H 'X-Api-Key: ${KEY}'`, 'other-endpoint'],
      [`curl -H 'X-Api-Key: ${KEY}'`, 'other-endpoint'],
      [`curl -d '{}' https://shop.example/?back=/create-invoice/x`, 'other-endpoint'],
      [`curl ${URL_OF_API}`, 'no-body'],
      [`curl ${URL_OF_API} -d ' '`, 'no-body'],
      [`curl ${URL_OF_API} -d`, 'no-body'],
      [`curl ${URL_OF_API} -d @invoice.json`, 'body-in-file'],
      [`cat x | curl ${URL_OF_API} --data-binary @-`, 'body-in-file'],
    ];
    for (const [command, fault] of faults) assert.equal(faultOf(command), fault, command);
  });

  it('reads a megabyte on one line, and says that more is too long', () => {
    const lists = Array.from({ length: 40_000 }, () => '{"a": [1,2]}').join();
    const reading = readCurl(`curl ${URL_OF_API} -d '[${lists}]'`);
    assert.ok(reading.ok);
    assert.equal(reading.body.split('\n').length, 40_000 * 6 + 3);
    assert.equal(faultOf(`curl ${URL_OF_API} -d '[${lists.repeat(3)}]'`), 'too-long');
  });

  for (const unit of ['"a"', "'a'", '$', "@'\n", '<<A\n', '-d ', '.exe', '^', '\\', 'curl ', "$'"])
    it(`reads ${JSON.stringify(unit)} as often as there is room for in one go`, () => {
      readCurl(`curl ${URL_OF_API} -d ${unit.repeat(Math.floor(1_000_000 / unit.length))}`);
      readCurl(`curl.exe ${unit.repeat(Math.floor(1_000_000 / unit.length))}`);
    });

  it('never throws, whatever is on the clipboard', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...SHELL_SIGNS, 'curl ', '-d ', 'create-invoice') }),
        (text) => {
          readCurl(`curl ${text}`);
        },
      ),
    );
  });
});
