import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT, SCREENSHOTS } from '../support/paths';
import { run } from '../support/processes';

describe('npm start', () => {
  it('opens a workbench with the extension in it', async () => {
    const begin = Date.now();
    const { code, output } = await run(
      process.execPath,
      ['scripts/bootstrap.mjs', 'scripts/start.ts', '--check'],
      { cwd: PROJECT },
    );
    assert.equal(code, 0, output);
    assert.match(output, /^http:\/\/127\.0\.0\.1:\d+\/\?folder=/m);
    const { mtimeMs } = await stat(path.join(SCREENSHOTS, 'start.png'));
    assert.ok(mtimeMs >= begin, 'the picture is an old one');
  });
});
