import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FIELDS } from '../../../../src/core/contract/fields';
import { SAMPLES } from '../../../../src/core/contract/samples';
import { codesOf } from '../../../support/documentProblems';
import { PROJECT } from '../../../support/paths';

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

const snippets = Object.values(
  JSON.parse(readFileSync(path.join(PROJECT, 'media/snippets.json'), 'utf8')) as Record<string, Snippet>,
);

/** A snippet's text as it is inserted, with the values that its tab stops begin with. */
function inserted({ body }: Snippet): string {
  let ids = 0;
  return body
    .join('\n')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll('$UUID', () => `id-${++ids}`)
    .replace('$0', '');
}

describe('the snippets', () => {
  it('are a request and a batch of requests that the checks have nothing against', () => {
    assert.deepEqual(
      snippets.map(({ prefix }) => prefix),
      ['eccaex-invoice', 'eccaex-batch'],
    );
    for (const snippet of snippets) assert.deepEqual(codesOf(inserted(snippet)), []);
  });

  it('have the fields of the contract in its order, with the values that a new request begins with', () => {
    const requests = snippets.flatMap((snippet) => JSON.parse(inserted(snippet)) as Record<string, string>[]);
    assert.equal(requests.length, 3);
    for (const request of requests) {
      assert.deepEqual(
        Object.keys(request),
        FIELDS.map(({ name }) => name),
      );
      for (const [name, value] of Object.entries(SAMPLES)) assert.equal(request[name], value);
    }
  });

  it('stop at each value, in order', () => {
    for (const { body } of snippets) {
      const stops = [...body.join('\n').matchAll(/": "\$\{(\d+):/g)].map(([, stop]) => Number(stop));
      assert.deepEqual(
        stops,
        stops.map((_, place) => place + 1),
      );
      assert.equal(stops.length % FIELDS.length, 0);
    }
  });
});
