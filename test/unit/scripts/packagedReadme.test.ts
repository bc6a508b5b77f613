import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../support/paths';
import { packagedReadme } from '../../../scripts/packagedReadme.mjs';

describe('the README of a package that nobody hosts', () => {
  it('has no picture and no link to a file, and keeps their words', () => {
    const text = '# A\n\n![A picture](media/a.png)\n\nSee [b](B.md), [c](https://c.example) and [d](#d).\n';
    assert.equal(packagedReadme(text), '# A\n\nSee b, [c](https://c.example) and [d](#d).\n');
  });

  it('is made of ours, which has both', () => {
    const ours = readFileSync(path.join(PROJECT, 'README.md'), 'utf8');
    assert.match(ours, /!\[[^\]]+\]\(media\//);
    assert.doesNotMatch(packagedReadme(ours), /!\[|\]\((?!https:|#)/);
  });
});
