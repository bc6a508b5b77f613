/**
 * Why a file was not searched as a text. Of `binary` and `large` files the bytes were searched for stored keys;
 * `tooLarge` and `unreadable` ones were not searched at all.
 */
export type Limit = 'binary' | 'large' | 'tooLarge' | 'unreadable';

export interface LimitedFile {
  /** Its absolute path. */
  readonly file: string;
  readonly limit: Limit;
}

/** No more of them are named. */
const MOST_NAMES = 5;

/** Whether a clean result leaves a file open. */
export const isUnsearched = ({ limit }: LimitedFile): boolean =>
  limit === 'tooLarge' || limit === 'unreadable';

/**
 * What a clean result does not cover, in sentences. Binary files are counted, others named; `nameOf` gives the name of
 * a file as people may see it, `seeksStored` is whether there were stored keys to look for.
 */
export function limitsInWords(
  limited: readonly LimitedFile[],
  seeksStored: boolean,
  nameOf: (file: string) => string,
): string[] {
  const only = seeksStored ? 'Searched for stored keys only' : 'Not searched, for lack of a stored key';
  return (['unreadable', 'tooLarge', 'large', 'binary'] as const).flatMap((limit) => {
    const files = limited.filter((one) => one.limit === limit).map(({ file }) => file);
    if (files.length === 0) return [];
    if (limit === 'binary')
      return [`${only}: ${files.length} binary ${files.length === 1 ? 'file' : 'files'}.`];
    const rest = files.length - MOST_NAMES;
    const names = files.slice(0, MOST_NAMES).map(nameOf).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
    if (limit === 'unreadable') return [`Could not be read: ${names}.`];
    if (limit === 'tooLarge') return [`Too large to search: ${names}.`];
    return [`${only}, because of their size: ${names}.`];
  });
}
