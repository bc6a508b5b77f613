import assert from 'node:assert/strict';
import type { FixContext } from '../../../../src/core/fixes/fix';
import { addUrls, sampleValue } from '../../../../src/core/fixes/editFixes';
import { addMembers } from '../../../../src/core/fixes/edits';
import { CONTEXT } from '../../../support/documentProblems';
import { edited } from '../../../support/marked';
import { request, sent } from '../../../support/requests';

const added = (text: string, index = 0) => {
  const { document, request: own } = sent(text, index);
  return edited(text, [addMembers(document, own.node, { a: '1', 'b"': 'line\nbreak' })]);
};

describe('members that are added', () => {
  const cases: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'to one on a line': ['{"x": 1}', '{"x": 1, "a": "1", "b\\"": "line\\nbreak"}'],
    'to a packed line': ['{"x":1,"y":2}', '{"x":1,"y":2, "a": "1", "b\\"": "line\\nbreak"}'],
    'to several lines': [
      '{\n    "x": 1,\n    "y": 2\n}\n',
      '{\n    "x": 1,\n    "y": 2,\n    "a": "1",\n    "b\\"": "line\\nbreak"\n}\n',
    ],
    'to lines with tabs and CRLF': [
      '{\r\n\t"x": 1\r\n}',
      '{\r\n\t"x": 1,\r\n\t"a": "1",\r\n\t"b\\"": "line\\nbreak"\r\n}',
    ],
    'to lines that end in CR': ['{\r  "x": 1\r}', '{\r  "x": 1,\r  "a": "1",\r  "b\\"": "line\\nbreak"\r}'],
    'to an empty object': ['{}', '{\n  "a": "1",\n  "b\\"": "line\\nbreak"\n}'],
    'to an empty object with white space in it': [
      '{ \r\n\r\n }\r\n',
      '{\r\n  "a": "1",\r\n  "b\\"": "line\\nbreak"\r\n}\r\n',
    ],
    'to an empty object with a comment in it': [
      '{ // nothing yet\n}',
      '{\n  "a": "1",\n  "b\\"": "line\\nbreak" // nothing yet\n}',
    ],
    'to an object whose last value spans lines': [
      '{ "x": {\n  "y": 1\n} }',
      '{ "x": {\n  "y": 1\n}, "a": "1", "b\\"": "line\\nbreak" }',
    ],
    'before a trailing comma and a comment': [
      '{\n  "x": 1, // last\n}',
      '{\n  "x": 1,\n  "a": "1",\n  "b\\"": "line\\nbreak", // last\n}',
    ],
  };
  for (const [name, [before, after]] of Object.entries(cases))
    it(`${name} look like it`, () => assert.equal(added(before), after));

  it('to an empty element of a batch are one step further in', () => {
    const text = '[\n\t{"x": 1},\n\t{}\n]';
    assert.equal(added(text, 1), '[\n\t{"x": 1},\n\t{\n\t\t"a": "1",\n\t\t"b\\"": "line\\nbreak"\n\t}\n]');
    assert.equal(added('[{}, {}]', 1), '[{}, {\n  "a": "1",\n  "b\\"": "line\\nbreak"\n}]');
  });
});

describe('URLs that are added', () => {
  const apply = (text: string, context: FixContext = CONTEXT) => {
    const { document, request: own } = sent(text);
    return addUrls(document, own, context).map((fix) => [
      fix.title,
      'edits' in fix && edited(text, fix.edits),
    ]);
  };

  it('fill those that are empty, and add those that are not there', () => {
    const text = request({ callback_url: undefined, success_url: '" "', fail_url: '""' });
    const after = request({
      callback_url: undefined,
      success_url: '"https://default.example/success"',
      fail_url: '"https://default.example/fail"',
    }).replace('fail"\n', 'fail",\n  "callback_url": "https://default.example/callback"\n');
    assert.deepEqual(apply(text), [['Add callback_url, success_url, fail_url', after]]);
  });

  it('are none where all are there', () => {
    assert.deepEqual(apply(request({ fail_url: 'null', success_url: '5' })), []);
  });

  it('are samples where the settings hold none', () => {
    const sample = (field: string, url: string) =>
      sampleValue(field, { ...CONTEXT, defaultUrls: { [field]: url } });
    assert.equal(sample('fail_url', ''), 'https://shop.example/fail');
    assert.equal(sample('callback_url', ' '), 'https://shop.example/callback');
    assert.equal(sample('callback_url', ' https://a.example '), 'https://a.example');
  });

  it('are none for no request', () => {
    assert.deepEqual(addUrls(sent('{}').document, undefined, CONTEXT), []);
  });
});
