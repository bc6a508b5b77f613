import assert from 'node:assert/strict';
import path from 'node:path';
import { nodes } from '../support/nodes';
import { PROJECT } from '../support/paths';
import { runInNode } from '../support/runInNode';

/** What is shown of HTTP depends on Node's parser and streams, which differ between versions. */
const FILES = [
  'wire.test.ts',
  'nodeFetchHttp.test.ts',
  'nodeFetchHttpBreaks.test.ts',
  'nodeFetchHttpCourse.test.ts',
].map((name) => path.join(PROJECT, 'test/contract', name));

describe('HTTP with the Node of each VS Code', function () {
  // They may have to be installed.
  this.timeout(600_000);

  it('is the same in all of them', async () => {
    const [, ...others] = await nodes();
    for (const node of others) {
      const { tally, output } = await runInNode({ files: FILES, timeout: 60_000, color: false }, node);
      assert.equal(tally.failed, 0, output);
      assert.ok(tally.passed > 100, output);
    }
  });
});
