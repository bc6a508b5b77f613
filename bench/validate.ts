import assert from 'node:assert/strict';
import path from 'node:path';
import { CURRENCIES } from '../src/core/contract/currencies';
import { FIELDS, type Field } from '../src/core/contract/fields';
import { PROJECT } from '../test/support/paths';
import type { Benchmark } from './benchmark';
import { bundled } from './bundled';
import { compare, compareMeasured, type Row, type Side } from './comparison';
import { peerFile } from './peers';
import { profileOf } from './profiled';
import { invoice } from './requests';

/** What checkText.ts exports. */
interface Checker {
  linesWithProblems(text: string): number[];
}

/** What this uses of vscode-json-languageservice: the checks behind VS Code's own JSON support. */
interface JsonService {
  readonly TextDocument: {
    create(uri: string, languageId: string, version: number, text: string): object;
  };
  readonly getLanguageService: (options: object) => {
    configure(settings: object): void;
    parseJSONDocument(document: object): object;
    doValidation(
      document: object,
      json: object,
      settings: object,
    ): PromiseLike<readonly { readonly range: { readonly start: { readonly line: number } } }[]>;
  };
}

const SIZES_KB = [1, 70, 700];
/** One request of this many has an amount that is wrong, and a name that is misspelt. */
const WRONG_OF = 10;

/** A text is read and checked, with the words and the place of each problem, as at each key in an editor. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const rows: Row[] = [];
  const ours = await bundled<Checker>(path.join(PROJECT, 'bench/checkText.ts'));
  const service = await bundled<JsonService>(
    await peerFile('vscode-json-languageservice', 'lib/esm/jsonLanguageService.js'),
  );
  for (const size of SIZES_KB) {
    const text = batch(size);
    const times = Math.max(1, Math.round(pick(400, 40) / size));
    rows.push(
      await compare({
        what: `check ${size} KB${times > 1 ? `, ${times} times` : ''}`,
        ours: repeat('eccaex', times, () => Promise.resolve(ours.linesWithProblems(text)), linesOf(text)),
        theirs: repeat('vscode-json-languageservice', times, theirs(service, text), linesOf(text)),
        aim: { times: 1 },
        rounds: pick(21, 3),
        warmUp: pick(10, 2),
      }),
    );
  }
  const [, small, large] = rows;
  if (small && large) {
    const times = Math.max(1, Math.round(pick(400, 40) / 70));
    const ten = (10 * small.ours.median) / times;
    rows.push(
      compareMeasured(
        { what: 'check 700 KB', unit: 'ms', against: 'ten times our 70 KB', aim: { times: 1.3 } },
        [{ ours: large.ours.median, theirs: ten }],
      ),
    );
  }
  const largest = batch(Math.max(...SIZES_KB));
  const often = pick(40, 4);
  const checks = async () => {
    for (let count = 0; count < often; count++) ours.linesWithProblems(largest);
    return Promise.resolve();
  };
  note(`Of the time of ours at 700 KB: ${await profileOf(checks)}.`);
  note(
    'Both are bundled. Their rules are a schema with the same fields, types, lengths, patterns and currencies.',
  );
  return rows;
};

function batch(kilobytes: number): string {
  const requests: string[] = [];
  for (let length = 0; length < kilobytes * 1000 - 100;) {
    const place = requests.length;
    const request = invoice(`order-${place}`);
    const wrong = request.replace('"1500.00"', '"1,500"').replace('"purpose"', '"purpse"');
    requests.push(place % WRONG_OF === 0 ? wrong : request);
    length += request.length + 2;
  }
  return `[${requests.join(',\n')}]`;
}

/** The lines in which something is wrong: every check has to find these. */
function linesOf(text: string): readonly number[] {
  return text.split('\n').flatMap((line, place) => (/1,500|purpse/.test(line) ? [place] : []));
}

function repeat(
  name: string,
  times: number,
  check: () => PromiseLike<readonly number[]>,
  expected: readonly number[],
): Side {
  return {
    name,
    run: async () => {
      const begin = performance.now();
      let found: readonly number[] = [];
      for (let count = 0; count < times; count++) found = await check();
      const cost = performance.now() - begin;
      assert.deepEqual(
        [...new Set(found)].sort((a, b) => a - b),
        expected,
        `${name} finds what is wrong`,
      );
      return cost;
    },
  };
}

function theirs(
  { TextDocument, getLanguageService }: JsonService,
  text: string,
): () => PromiseLike<readonly number[]> {
  const service = getLanguageService({});
  const request = {
    type: 'object',
    properties: Object.fromEntries(FIELDS.map((field) => [field.name, schemaOf(field)])),
    required: FIELDS.filter(({ required }) => required === 'yes').map(({ name }) => name),
    additionalProperties: false,
  };
  service.configure({
    validate: true,
    allowComments: false,
    schemas: [
      {
        uri: 'eccaex://request',
        fileMatch: ['*.invoice.json'],
        schema: { oneOf: [request, { type: 'array', minItems: 1, items: request }] },
      },
    ],
  });
  let version = 0;
  return async () => {
    const document = TextDocument.create('file:///a.invoice.json', 'json', ++version, text);
    const problems = await service.doValidation(document, service.parseJSONDocument(document), {
      comments: 'error',
      trailingCommas: 'error',
    });
    return problems.map(({ range }) => range.start.line);
  };
}

function schemaOf({ kind, maxLength }: Field): object {
  const rules = {
    amount: { pattern: '^\\d+(\\.\\d{1,2})?$|\\{\\{' },
    currency: { enum: [...CURRENCIES.keys()] },
    text: {},
    url: { format: 'uri', pattern: '^https?://|\\{\\{' },
  };
  return { type: 'string', ...(maxLength === undefined ? {} : { maxLength }), ...rules[kind] };
}
