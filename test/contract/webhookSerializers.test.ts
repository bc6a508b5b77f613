import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../support/findOnPath';
import { PROJECT } from '../support/paths';

const FIXTURES = path.join(PROJECT, 'test/fixtures/webhook');
const ROWS = JSON.parse(readFileSync(path.join(FIXTURES, 'serialized.json'), 'utf8')) as readonly {
  readonly name: string;
  /** Left out where it was compiled first. */
  readonly run?: readonly [string, ...string[]];
  readonly output: string;
}[];

describe('the bodies that other programs wrote', () => {
  const event = readFileSync(path.join(FIXTURES, 'event.json'));
  for (const { name, run, output } of ROWS) {
    const program = run && findOnPath(run[0]);
    if (!run || !program) continue;
    it(`${name} writes them so`, () => {
      const { stdout } = spawnSync(program, run.slice(1), { input: event });
      // What gzip writes differs between releases of zlib.
      if (/gzip|zlib/.test(name)) assert.ok(stdout.length > 0);
      else assert.equal(stdout.toString('base64'), output);
    });
  }
});
