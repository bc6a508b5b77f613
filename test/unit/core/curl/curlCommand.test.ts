import assert from 'node:assert/strict';
import fc from 'fast-check';
import { curlCommand, type CurlRequest } from '../../../../src/core/curl/curlCommand';
import { anyText } from '../../../support/arbitraryTexts';

const REQUEST: CurlRequest = {
  url: 'https://api.example/api/v1/create-invoice',
  key: { variable: 'ECCAEX_API_KEY_DEV' },
  body: '{\n  "purpose": "Tom’s \'best\' $5 `x` !"\n}',
};

describe('a cURL command', () => {
  it('has POSIX quotes, and the key as a variable', () => {
    assert.equal(
      curlCommand(REQUEST, 'posix'),
      [
        `curl -X POST 'https://api.example/api/v1/create-invoice' \\`,
        `  -H "X-Api-Key: $ECCAEX_API_KEY_DEV" \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  --data-raw '{`,
        `  "purpose": "Tom’s '\\''best'\\'' $5 \`x\` !"`,
        `}'`,
      ].join('\n'),
    );
  });

  it('has PowerShell quotes, with a body that no version of it changes', () => {
    assert.equal(
      curlCommand(REQUEST, 'powershell'),
      [
        `@'`,
        `{`,
        `  "purpose": "Tom\\u2019s 'best' $5 \`x\` !"`,
        `}`,
        `'@ | curl.exe -X POST 'https://api.example/api/v1/create-invoice' \``,
        `  -H "X-Api-Key: $env:ECCAEX_API_KEY_DEV" \``,
        `  -H 'Content-Type: application/json' \``,
        `  --data-binary '@-'`,
      ].join('\n'),
    );
  });

  it('has no header where no key is sent, and the key of the sandbox where that is no secret', () => {
    for (const shell of ['posix', 'powershell'] as const) {
      assert.doesNotMatch(curlCommand({ ...REQUEST, key: undefined }, shell), /X-Api-Key/);
      assert.match(
        curlCommand({ ...REQUEST, key: { publicKey: 'sandbox_active' } }, shell),
        /-H 'X-Api-Key: sandbox_active'/,
      );
    }
  });

  it('cannot be ended by its body, whatever that is', () => {
    const end = /^\s*['\u2018-\u201b]@/;
    fc.assert(
      fc.property(anyText, fc.constantFrom("'", '‘', '’', '‚', '‛'), fc.nat(), (text, quote, at) => {
        const place = at % (text.length + 1);
        const body = `${text.slice(0, place)}\n${quote}@ | Out-Null\ncalc.exe\n@'\n${text.slice(place)}`;
        const lines = curlCommand({ ...REQUEST, body }, 'powershell').split(/\r\n|\r|\n/);
        const ends = lines.flatMap((line, place) => (end.test(line) ? [place] : []));
        assert.deepEqual(ends, [lines.length - 4]);
      }),
    );
  });

  it('cannot be ended by its URL', () => {
    const url = "http://127.0.0.1/it's‘/$(touch x)";
    assert.match(
      curlCommand({ ...REQUEST, url }, 'posix'),
      /'http:\/\/127\.0\.0\.1\/it'\\''s‘\/\$\(touch x\)'/,
    );
    assert.match(
      curlCommand({ ...REQUEST, url }, 'powershell'),
      /'http:\/\/127\.0\.0\.1\/it''s‘‘\/\$\(touch x\)'/,
    );
  });
});
