import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readChoice, TIERS } from '../../support/choice';
import { PROJECT } from '../../support/paths';
import { testFiles } from '../../support/testFiles';

interface Job {
  readonly strategy?: {
    readonly matrix: { readonly node: readonly number[]; readonly tier: readonly string[] };
  };
  readonly env?: Readonly<Record<string, unknown>>;
  readonly steps: readonly { readonly run?: string }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string): Workflow =>
  parse(readFileSync(path.join(PROJECT, '.github/workflows', name), 'utf8')) as Workflow;

/** Of some files with tests those that do more at night. */
const longerAtNight = (files: readonly string[]): string[] =>
  files.filter((file) => /^import .*\b(nightly|SHOWN_THEMES)\b/m.test(readFileSync(file, 'utf8')));

const commandsOf = (job: Job | undefined): string => (job?.steps ?? []).map(({ run = '' }) => run).join('\n');

describe('the hosted workflows', () => {
  it('run every tier on the oldest and on the newest Node, for every push', () => {
    const { on, jobs } = workflow('ci.yml');
    assert.ok('push' in on && 'pull_request' in on);
    const { node = [], tier = [] } = jobs['test']?.strategy?.matrix ?? {};
    assert.deepEqual(node, [20, 24]);
    assert.deepEqual(tier.flatMap((names) => names.split(' ')).sort(), [...TIERS].sort());
    assert.match(commandsOf(jobs['test']), /npm test -- \$\{\{ matrix\.tier \}\}/);
  });

  it('run what takes longer every night', () => {
    const { on, jobs } = workflow('nightly.yml');
    assert.ok('schedule' in on);
    assert.match(commandsOf(jobs['soak']), /npm test -- --repeat \d/);
    assert.equal(jobs['chaos']?.env?.['ECCAEX_NIGHTLY'], 1);
    const [, names = ''] = /npm test -- (.*)/.exec(commandsOf(jobs['chaos'])) ?? [];
    const { tiers, filesOf } = readChoice(names.split(' '));
    assert.deepEqual(longerAtNight(tiers.flatMap(filesOf)).sort(), longerAtNight(testFiles('')));
    assert.match(commandsOf(jobs['benchmarks']), /npm run bench/);
  });
});
