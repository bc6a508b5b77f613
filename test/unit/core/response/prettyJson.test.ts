import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prettyJson } from '../../../../src/core/response/prettyJson';
import { isWebLink } from '../../../../src/core/response/webLink';

describe('JSON laid out', () => {
  it('has one value a line, and every digit and escape as it was', () => {
    assert.equal(
      prettyJson('\ufeff{"a":1.50,"b":[ ],"c" : [{"d":"\\u0457\\"]"},{ }],"a":9007199254740993}'),
      [
        '{',
        '  "a": 1.50,',
        '  "b": [],',
        '  "c": [',
        '    {',
        '      "d": "\\u0457\\"]"',
        '    },',
        '    {}',
        '  ],',
        '  "a": 9007199254740993',
        '}',
      ].join('\n'),
    );
  });

  it('is what JSON.stringify makes of it', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);
        assert.equal(prettyJson(JSON.stringify(value)), JSON.stringify(value, null, 2));
      }),
    );
  });

  it('is left alone where it would be mostly space', () => {
    const deep = `${'['.repeat(120)}${'1,'.repeat(400_000)}1${']'.repeat(120)}`;
    assert.equal(prettyJson(deep), deep);
    assert.ok(prettyJson(`[${'1,'.repeat(400_000)}1]`).length > 2_000_000);
  });

  for (const text of ['', '<html>', '{"a":1,}', '{"a"', '['.repeat(10_000)]) {
    it(`is left alone where it is none: ${text.slice(0, 10)}`, () => {
      assert.equal(prettyJson(text), text);
    });
  }
});

describe('a link of a server', () => {
  for (const link of ['https://pay.example/x', 'HTTP://pay.example', 'http://127.0.0.1:1/a?b#c'])
    it(`leads to the web: ${link}`, () => assert.ok(isWebLink(link)));
  for (const link of [
    'javascript:alert(1)',
    ' command:workbench.action.quit',
    'vscode://x/y',
    'file:///etc/passwd',
    'data:text/html,x',
    'pay.example/x',
    '//pay.example',
    '',
    undefined,
    7,
    ['https://pay.example'],
  ])
    it(`leads nowhere: ${String(link)}`, () => assert.ok(!isWebLink(link)));
});
