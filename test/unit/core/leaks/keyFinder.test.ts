import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyFinder } from '../../../../src/core/leaks/keyFinder';
import { codeUnits } from '../../../support/arbitraryTexts';
import { apiKey } from '../../../support/keys';
import { marked } from '../../../support/marked';

const KEY = 'sk_live_4f1c09d2a7b84e6f93aa';
const OTHER = 'Pr0d+Key/with=signs&more%20';
const finder = new KeyFinder([
  { environment: 'dev', key: apiKey(KEY) },
  { environment: 'prod', key: apiKey(OTHER) },
]);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The stored key stands where the marks are. */
const FOUND: Record<string, [text: string, form: string]> = {
  'as it is': [`key = «${KEY}»`, 'plain'],
  'in the middle of other letters': [`abc«${KEY}»abc`, 'plain'],
  'with signs': [`X-Api-Key: «${OTHER}»`, 'plain'],
  'escaped in a query': [`?key=«${encodeURIComponent(OTHER)}»&a=b`, 'url'],
  'escaped in lower case': [
    `?key=«${encodeURIComponent(OTHER).replace(/%\w\w/g, (hex) => hex.toLowerCase())}»`,
    'url',
  ],
  'in base64': [`auth: «${base64(KEY).slice(0, 37)}»==`, 'base64'],
  'in base64 for URLs': [`«${Buffer.from(OTHER).toString('base64url')}»`, 'base64'],
  'in capitals': [`KEY «${KEY.toUpperCase()}»`, 'case'],
  'in small letters': [`«${OTHER.toLowerCase()}»`, 'case'],
  'in hex': [`0x«${Buffer.from(KEY).toString('hex')}»`, 'hex'],
  'in hex, in capitals': [`«${Buffer.from(OTHER).toString('hex').toUpperCase()}»`, 'hex'],
  'escaped for a URL, each character': [
    `?key=«${Buffer.from(KEY).toString('hex').replace(/../g, '%$&')}»`,
    'url',
  ],
  'in HTML': [`<b>«${OTHER.replace('&', '&amp;')}»</b>`, 'html'],
  'in HTML, with numbers': [`«${OTHER.replace(/\W/g, (sign) => `&#${sign.charCodeAt(0)};`)}»`, 'html'],
  'in HTML, each character': [
    `«${KEY.replace(/[^]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`)}»`,
    'html',
  ],
  'in two parts': [`const key = «"sk_live_4f1c0" + "9d2a7b84e6f93aa"»;`, 'split'],
  'in two parts of a PHP text': [`$key = «'sk_live_4f1c0' . '9d2a7b84e6f93aa'»;`, 'split'],
  'in two parts side by side': [`key = «"sk_live_4f1c0" "9d2a7b84e6f93aa"»`, 'split'],
  'in four parts': [`key = «'sk_li' + "ve_4f1c09" + \`d2a7b84e\` + '6f93aa'»`, 'split'],
  'in parts of a template': [`\`\${«'sk_live_4f1c0'}\${'9d2a7b84e6f93aa'»}\``, 'split'],
  'in parts that a call puts together': [`key = «"sk_live_4f1c0".concat("9d2a7b84e6f93aa"»)`, 'split'],
  'in parts, one of them a Python f': [`key = («"sk_live_4f1c0" f"9d2a7b84e6f93aa"»)`, 'split'],
  'in parts with a comment between': [`key = «"sk_live_4f1c0" /* and */ + "9d2a7b84e6f93aa"»`, 'split'],
  'in parts of a list': [`[«"sk_live_4f1c0", "9d2a7b84e6f93aa"»].join("")`, 'split'],
  'in parts of escaped texts': [String.raw`"a = \"«sk_live_4f1c0\" + \"9d2a7b84e6f93aa»\""`, 'split'],
  'on the second of three lines': [`a\r\nkey: «${KEY}»\r\nb`, 'plain'],
};

const NOT_FOUND: Record<string, string> = {
  'a part of it': `${KEY.slice(0, -1)} ${KEY.slice(1)}`,
  'in a mix of cases': `SK_live_${KEY.slice(8)}`,
  'in parts on two lines': '"sk_live_4f1c0" +\n"9d2a7b84e6f93aa"',
  'in parts with something between': '"sk_live_4f1c0" + x + "9d2a7b84e6f93aa"',
  nothing: '',
};

describe('the value of a stored key', () => {
  for (const [how, [source, form]] of Object.entries(FOUND)) {
    it(`is found ${how}`, () => {
      const { text, span } = marked(source);
      assert.deepEqual(
        finder.find(text).map(({ offset, length, form: found }) => [offset, length, found]),
        [[span.offset, span.length, form]],
        source,
      );
    });
  }

  for (const [how, text] of Object.entries(NOT_FOUND)) {
    it(`is not found: ${how}`, () => assert.deepEqual(finder.find(text), []));
  }

  it('is found in base64 wherever it begins in a longer text', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const after of ['', '\n', ':password']) {
        const text = `Authorization: Basic ${base64(before + KEY + after)}`;
        assert.deepEqual(
          finder.find(text).map(({ form }) => form),
          ['base64'],
          text,
        );
      }
    }
  });

  it('is found however it is cut in two', () => {
    for (let cut = 1; cut < KEY.length; cut++) {
      const text = `x = "${KEY.slice(0, cut)}" + "${KEY.slice(cut)}";`;
      assert.equal(finder.find(text)[0]?.form, 'split', text);
    }
  });

  it('is found in parts of three characters or more, however many there are', () => {
    const cuts = fc.array(fc.integer({ min: 3, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(cuts, fc.constantFrom(KEY, OTHER), (lengths, key) => {
        const parts: string[] = [];
        let rest: string = key;
        for (const length of lengths) {
          if (rest.length < length + 3) break;
          parts.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        const text = [...parts, rest].map((part) => JSON.stringify(part)).join(' + ');
        assert.equal(finder.find(`x = ${text};`)[0]?.form, 'split', text);
      }),
    );
  });

  it('tells all environments that it is stored for', () => {
    const same = new KeyFinder([
      { environment: 'dev', key: apiKey(KEY) },
      { environment: 'staging', key: apiKey(KEY) },
    ]);
    assert.deepEqual(same.find(KEY)[0]?.environments, ['dev', 'staging']);
  });

  it('is the longer one, where one key is a part of another', () => {
    const nested = new KeyFinder([
      { environment: 'dev', key: apiKey(KEY) },
      { environment: 'prod', key: apiKey(`${KEY}_2`) },
    ]);
    assert.deepEqual(
      nested.find(`${KEY}_2 ${KEY}`).map(({ environments }) => environments),
      [['prod'], ['dev']],
    );
  });

  it('counts as a whole word alone, where it is so short that it stands everywhere', () => {
    const short = new KeyFinder([{ environment: 'dev', key: apiKey('k9') }]);
    assert.deepEqual(
      short.find('k9 ak9 k9b "k9" k9-1').map(({ offset }) => offset),
      [0, 12],
    );
  });

  it('is left alone where it is one of the sandbox', () => {
    const sandbox = new KeyFinder([
      { environment: 'sandbox', key: apiKey('sandbox_active') },
      { environment: 'dev', key: apiKey('sandbox_revoked') },
    ]);
    assert.deepEqual(sandbox.find('sandbox_active sandbox_revoked'), []);
  });

  it('is found in any text around it, and only there', () => {
    const key = fc.string({
      unit: fc.constantFrom(...Array.from('abcXYZ0189_-+/=%&.$^\\"()[]')),
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(key, codeUnits(80), codeUnits(80), (value, before, after) => {
        const one = new KeyFinder([{ environment: 'dev', key: apiKey(value) }]);
        const places = one.find(`${before} ${value} ${after}`);
        assert.ok(
          places.some(
            ({ offset, length }) =>
              offset <= before.length + 1 && offset + length >= before.length + 1 + value.length,
          ),
        );
        assert.ok(one.find(before + after).length === 0 || (before + after).length >= value.length);
      }),
    );
  });
});
