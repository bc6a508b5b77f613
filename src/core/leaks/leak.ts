import type { Environment } from '../environments/environment';
import type { Span } from '../document/positions';
import type { Severity } from '../problems/problem';
import type { KeyFinder } from './keyFinder';
import type { KeyForm } from './keyForms';
import { ByteSieve } from './byteSieve';
import { KEY_NAME_HINTS } from './keyNames';
import { literalKeysIn } from './literals';

/** A key in a text: the value of one that is stored, or what is written where a key belongs. It does not hold the key. */
export type Leak = Span &
  (
    | { readonly code: 'key-in-file'; readonly environments: readonly Environment[]; readonly form: KeyForm }
    | { readonly code: 'key-literal' }
  );

/** What git makes of a file: in the last commit, to be in the next, known not, to be left out, in no repository; or git failed. */
export type GitState = 'committed' | 'staged' | 'untracked' | 'ignored' | 'no-repository' | 'unknown';

/** What decides how bad it is that a file holds a key. */
export interface Circumstances {
  readonly git: GitState;
  /** Whether the file goes to the browsers or phones of customers. */
  readonly isClientSide: boolean;
  /** Whether it is a request file, which cannot be sent with a key in it. */
  readonly isRequest?: boolean;
}

/** Tells the texts that need no look by {@link leaksIn}. */
export const sieveOf = ({ hints }: KeyFinder): ByteSieve => new ByteSieve([...hints, ...KEY_NAME_HINTS]);

/** In the order of the text; each place once. `path` is that of the file below the folder that is searched. */
export function leaksIn(text: string, finder: KeyFinder, path = ''): Leak[] {
  const exact = finder.find(text);
  const literals = literalKeysIn(text).filter((span) => !exact.some((place) => overlap(span, place)));
  const [named] = finder.find(path);
  return [
    ...(named
      ? [{ ...named, offset: 0, length: 0, code: 'key-in-file' as const, form: 'name' as const }]
      : []),
    ...exact.map((place) => ({ ...place, code: 'key-in-file' as const })),
    ...literals.map((span) => ({ ...span, code: 'key-literal' as const })),
  ].sort((a, b) => a.offset - b.offset);
}

export function severityOfLeak({ code }: Leak, { git, isClientSide, isRequest }: Circumstances): Severity {
  if (isClientSide || git === 'committed' || git === 'staged') return 'error';
  if (isRequest === true && code === 'key-in-file') return 'error';
  return git === 'ignored' ? 'information' : 'warning';
}

function overlap(a: Span, b: Span): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
