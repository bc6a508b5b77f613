import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { parseDocument } from '../../../../src/core/document/document';
import { plainJson } from '../../../../src/core/curl/curlCommand';
import { resolve, stringValuesIn, type PlaceholderValues } from '../../../../src/core/document/placeholders';
import { membersOf, nodeAt, pointerOf, spanAt } from '../../../../src/core/document/pointer';
import { readTree } from '../../../../src/core/document/tree';
import { anyText, damaged, json, jsonc, requestText, tokenSoup } from '../../../support/arbitraryTexts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

function agreesWithJsonParse(text: string): void {
  const { root, syntaxError, comments, trailingCommas } = parseDocument(text);
  // Deeper than any request, and still JSON.
  if (syntaxError?.reason === 'too-deep') return;
  const accepted = root !== undefined && !syntaxError && comments.length === 0 && trailingCommas.length === 0;
  assert.equal(accepted, isJson(text));
}

/** Nobody asks where the colons are. */
function withoutColons(node: { colonOffset?: number; readonly children?: Node[] } | undefined): unknown {
  delete node?.colonOffset;
  for (const child of node?.children ?? []) withoutColons(child);
  return node;
}

describe('a document of any text', function () {
  this.timeout(0);

  it('is JSON when JSON.parse takes it, and only then', () => {
    fc.assert(fc.property(json, (text) => assert.ok(isJson(text))));
    for (const texts of [json, jsonc, tokenSoup, damaged(json), damaged(jsonc), anyText])
      fc.assert(fc.property(texts, agreesWithJsonParse), { numRuns: 300 });
  });

  it('has the tree, and the errors, that jsonc-parser gives', () => {
    for (const texts of [json, jsonc, tokenSoup, damaged(json), damaged(jsonc), anyText])
      fc.assert(
        fc.property(texts, (text) => {
          const { root, errors, tooDeepAt } = readTree(text);
          if (tooDeepAt) return;
          const expected: ParseError[] = [];
          const tree = parseTree(text, expected, { allowTrailingComma: true });
          assert.deepEqual(root, withoutColons(tree));
          assert.deepEqual(errors, expected);
        }),
        { numRuns: 300 },
      );
  });

  it('marks places that lie in the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { syntaxError, comments, trailingCommas } = parseDocument(text);
        for (const { offset, length } of [
          ...comments,
          ...trailingCommas,
          ...(syntaxError ? [syntaxError] : []),
        ]) {
          assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length);
          if (text.trim() !== '') assert.ok(length > 0);
        }
        for (const { offset, length } of trailingCommas)
          assert.equal(text.slice(offset, offset + length), ',');
        for (const { offset } of comments) assert.match(text.slice(offset, offset + 2), /^\/[/*]$/);
      }),
    );
  });

  it('has the values of JSON.parse at their pointers', () => {
    fc.assert(
      fc.property(json, (text) => {
        const document = parseDocument(text);
        const visit = (value: unknown, path: (string | number)[]): void => {
          const pointer = pointerOf(path);
          const node = nodeAt(document.root, pointer);
          assert.ok(node, pointer);
          assert.deepEqual(JSON.parse(text.slice(node.offset, node.offset + node.length)), value);
          const span = spanAt(document, pointer);
          assert.equal(span.offset, node.offset);
          assert.doesNotMatch(text.slice(span.offset, span.offset + span.length), /[\r\n]/);
          if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
          else if (typeof value === 'object' && value !== null)
            for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
        };
        visit(JSON.parse(text), []);
      }),
    );
  });
});

const shapeOf = (node: Node | undefined): unknown =>
  node && [node.type, node.value, node.children?.map(shapeOf)];

describe('a text without its comments and trailing commas', () => {
  it('is JSON of the same values, and JSON is left as it is', () => {
    fc.assert(
      fc.property(jsonc, (text) => {
        const plain = plainJson(text);
        assert.ok(isJson(plain), plain);
        assert.deepEqual(shapeOf(parseDocument(plain).root), shapeOf(parseDocument(text).root));
      }),
    );
    fc.assert(fc.property(json, (text) => assert.equal(plainJson(text), text)));
  });
});

describe('the body of a request', () => {
  const values: PlaceholderValues = {
    uuid: () => '"uuid"\\',
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    randomInt: (min) => min,
    webhookUrl: () => undefined,
    variables: { nobody: '{{$uuid}}\n', '': '\ud800' },
  };
  const KNOWN: Readonly<Record<string, string>> = {
    $uuid: '"uuid"\\',
    $timestamp: '1767323045',
    $isoTimestamp: '2026-01-02T03:04:05.678Z',
    '$randomInt 3 9': '3',
    nobody: '{{$uuid}}\n',
    '': '\ud800',
  };
  const replaced = (text: string): string =>
    text.replace(/\{\{(.*?)\}\}/gs, (whole, expression: string) => KNOWN[expression.trim()] ?? whole);
  const resolved = (value: unknown): unknown => {
    if (typeof value === 'string') return replaced(value);
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
  };
  const placeholder = fc
    .tuple(
      fc.constantFrom('', ' ', '\n'),
      fc.constantFrom(...Object.keys(KNOWN), '$randomInt 9 3', '$uuid 4', 'x'),
    )
    .map(([space, expression]) => `{{${space}${expression}${space}}}`);
  const template = fc
    .array(fc.oneof(placeholder, fc.constantFrom('{', '}', '{{', '}}', 'a', '\\', '"', '💶')), {
      maxLength: 6,
    })
    .map((parts) => parts.join(''));

  it('parses to the same value, with the placeholders replaced in texts, keys left alone', () => {
    const texts = fc
      .array(
        fc.dictionary(
          fc.oneof(template, fc.constant('amount')),
          fc.oneof(template, fc.array(template), fc.integer()),
        ),
      )
      .map((elements) => JSON.stringify(elements, undefined, 1));
    fc.assert(
      fc.property(fc.oneof(texts, requestText, json), (text) => {
        const whole: unknown = JSON.parse(text);
        const document = parseDocument(text);
        for (const request of document.requests) {
          const own: unknown = Array.isArray(whole) ? whole[request.index] : whole;
          assert.deepEqual(JSON.parse(resolve(document, request, values).body), resolved(own));
        }
      }),
    );
  });

  it('is the text itself where there is nothing to replace', () => {
    fc.assert(
      fc.property(json, (text) => {
        const document = parseDocument(text);
        for (const request of document.requests) {
          const own = text.slice(request.node.offset, request.node.offset + request.node.length);
          const untouched = [...stringValuesIn(request.node)].every(
            ({ value }) => replaced(String(value)) === value,
          );
          if (untouched) assert.equal(resolve(document, request, values).body, own);
        }
      }),
    );
  });

  it('has halves of surrogate pairs as escapes, so that they arrive', () => {
    const halves = fc.array(fc.constantFrom('\ud83d', '\udcb6', '💶', 'a', '\\\\', '\\ud83d'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(halves, (parts) => {
        const text = `{"purpose": "${parts.join('')}"}`;
        const document = parseDocument(text);
        const [request] = document.requests;
        assert.ok(request);
        const { body } = resolve(document, request, values);
        assert.equal(Buffer.from(body).toString(), body);
        assert.deepEqual(JSON.parse(body), JSON.parse(text));
      }),
    );
  });

  it('has the members that the document has', () => {
    fc.assert(
      fc.property(json, (text) => {
        const document = parseDocument(text);
        for (const request of document.requests) {
          const again = parseDocument(resolve(document, request, values).body).root;
          assert.deepEqual(
            again && membersOf(again).map(({ name }) => name),
            membersOf(request.node).map(({ name }) => name),
          );
        }
      }),
    );
  });
});
