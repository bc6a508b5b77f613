import path from 'node:path';
import { PROJECT } from './paths';
import { testFiles } from './testFiles';

/** What `npm test` runs, each with files of its own. */
export const TIERS = ['static', 'unit', 'contract', 'webview', 'host', 'host-oldest', 'ui'] as const;
export type Tier = (typeof TIERS)[number];

/** What a command line names. */
export interface Choice {
  readonly tiers: readonly Tier[];
  /** How often to run it. */
  readonly times: number;
  readonly filesOf: (tier: Tier) => readonly string[];
}

/**
 * Reads `[--repeat N] [NAME…]`, where a name is a tier, or the beginning of a path in it: `ui/response`. No name
 * means every tier. Throws what to do about words that are neither.
 */
export function readChoice(words: readonly string[]): Choice {
  const [first, second, ...others] = words;
  const repeats = first === '--repeat';
  const times = repeats ? Number(second) : 1;
  if (!Number.isInteger(times) || times < 1) throw new Error('Write --repeat N with a number from 1.');
  const names = repeats ? others : words;
  const tierOf = (name: string) => name.split('/')[0];
  const unknown = names.filter((name) => !TIERS.some((tier) => tier === tierOf(name)));
  if (unknown.length > 0)
    throw new Error(`There is no tier ${unknown.join(', ')}. There are ${TIERS.join(', ')}.`);
  return {
    times,
    tiers: names.length === 0 ? TIERS : TIERS.filter((tier) => names.some((name) => tierOf(name) === tier)),
    filesOf: (tier) => {
      const own = names.filter((name) => tierOf(name) === tier);
      return testFiles(tier).filter((file) => {
        const place = path.relative(path.join(PROJECT, 'test'), file).split(path.sep).join('/');
        return own.length === 0 || own.some((name) => name === tier || place.startsWith(name));
      });
    },
  };
}
