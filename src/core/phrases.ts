import type { Environment } from './environments/environment';
import type { Wait } from './contract/retryAfter';
import { timeOf } from './times';

/** What the words depend on beside the problem. */
export interface Situation {
  readonly environment: Environment;
}

export interface Words {
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do, step by step, the most likely first. */
  readonly guidance: readonly string[];
}

/** Words for each kind of problem, from its arguments. */
export type WordsOf<Arguments> = {
  readonly [Kind in keyof Arguments]: (given: Readonly<Arguments[Kind]>, situation: Situation) => Words;
};

export const NOT_SENT = 'Nothing was sent.';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** `Wait 2 min (until 14:03)`, with the day where that is not soon; `Wait` where nobody said for how long. */
export function waitWords(wait: Wait | undefined): string {
  if (!wait) return 'Wait';
  const { seconds, until } = wait;
  const length =
    seconds < 60
      ? `${seconds} s`
      : seconds < 2 * HOUR
        ? `${Math.ceil(seconds / 60)} min`
        : seconds < 2 * DAY
          ? `${Math.ceil(seconds / HOUR)} h`
          : `${Math.ceil(seconds / DAY)} days`;
  const day = seconds < DAY / 2 ? '' : `${dayOf(until)}, `;
  return `Wait ${length} (until ${day}${timeOf(until)})`;
}

function dayOf(iso: string): string {
  return new Date(iso).toLocaleDateString('en-US', { month: 'short', day: 'numeric' });
}

export function list(names: readonly string[]): string {
  return joined(names, 'and');
}

export function either(names: readonly string[]): string {
  return joined(names, 'or');
}

function joined(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}

/**
 * A foreign text on one line, no longer than a person reads, without what a terminal would act on or what turns
 * the direction of writing, by which a text can be made to look like another.
 */
export function clip(text: string, length = 60): string {
  const oneLine = text.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  if (oneLine.length <= length) return oneLine;
  // Half of a surrogate pair is no character.
  return `${oneLine.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…`;
}
