import type { Environment } from '../environments/environment';

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

export function list(names: readonly string[]): string {
  return joined(names, 'and');
}

export function either(names: readonly string[]): string {
  return joined(names, 'or');
}

function joined(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;
}
