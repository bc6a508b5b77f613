import type { Span } from '../document/positions';
import type { Severity } from '../problems/problem';
import type { KeyFinder, KeyPlace } from './keyFinder';
import { ByteSieve } from './byteSieve';
import { KEY_NAME_HINTS } from './keyNames';
import { literalKeysIn } from './literals';

/** A key in a text: the value of one that is stored, or what is written where a key belongs. It does not hold the key. */
export type Leak = Span &
  (
    | ({ readonly code: 'key-in-file' } & Omit<KeyPlace, keyof Span>)
    | {
        readonly code: 'key-literal';
        /** Whether it is certain that the key and nothing else stands there. */
        readonly isCertain: boolean;
        /** Absent for an API key. */
        readonly isWebhookSecret?: true;
      }
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

/** Tells the bytes that hold no stored key. */
export const sieveOfStored = ({ hints }: KeyFinder): ByteSieve => new ByteSieve(hints);

/** On a line with this a key is left alone that is not stored. */
const IGNORED = /eccaex:ignore/g;

/** In the order of the text; each place once. `path` is that of the file below the folder that is searched. */
export function leaksIn(text: string, finder: KeyFinder, path = ''): Leak[] {
  const exact = finder.find(text);
  const literals = withoutIgnored(text, literalKeysIn(text)).filter(
    (span) => !exact.some((place) => overlap(span, place)),
  );
  return [
    ...leakInPath(path, finder),
    ...exact.map((place) => ({ ...place, code: 'key-in-file' as const })),
    ...literals.map((span) => ({ ...span, code: 'key-literal' as const })),
  ].sort((a, b) => a.offset - b.offset);
}

/** A stored key in the name of a file or its folders; it stands at the beginning of the file. */
export function leakInPath(path: string, finder: KeyFinder): Leak[] {
  const [named] = finder.find(path);
  return named ? [{ ...named, offset: 0, length: 0, code: 'key-in-file', form: 'name' }] : [];
}

function withoutIgnored<Place extends Span>(text: string, spans: readonly Place[]): readonly Place[] {
  if (spans.length === 0) return spans;
  const lines: { from: number; to: number }[] = [];
  for (const { index } of text.matchAll(IGNORED)) {
    if (index < (lines.at(-1)?.to ?? 0)) continue;
    const feed = text.indexOf('\n', index);
    lines.push({ from: text.lastIndexOf('\n', index) + 1, to: feed < 0 ? text.length : feed });
  }
  let at = 0;
  return spans.filter(({ offset }) => {
    while ((lines[at]?.to ?? Infinity) < offset) at++;
    return offset < (lines[at]?.from ?? Infinity);
  });
}

export function severityOfLeak({ code }: Leak, { git, isClientSide, isRequest }: Circumstances): Severity {
  if (isClientSide || git === 'committed' || git === 'staged') return 'error';
  if (isRequest === true && code === 'key-in-file') return 'error';
  return git === 'ignored' ? 'information' : 'warning';
}

function overlap(a: Span, b: Span): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
