/** What is asked of the file system before an argument counts as an option. Paths are as they were typed. */
export interface Names {
  /** Whether anything has this path, a broken link included. */
  exists(path: string): boolean;
  /** The names in a folder; none where it cannot be read. */
  inFolder(path: string): readonly string[];
}

/**
 * Whether an argument that reads as an option is a file's name: of the current folder, as a shell's `*` gives it,
 * or a word of a name, as xargs gives it where it splits names at spaces. Whoever names a file must not choose
 * where a key goes.
 *
 * `options`: the arguments that begin with a dash, up to `--`; `files`: the others.
 */
export function nameAsOption(
  options: readonly string[],
  files: readonly string[],
  names: Names,
): string | undefined {
  if (options.length === 0) return undefined;
  const words = new Set<string>();
  for (const folder of new Set(['.', ...files.map(folderOf)])) {
    for (const name of names.inFolder(folder)) {
      // Only names with several words, one of which can be an option, are split.
      if (!/\s-|^-.*\s/s.test(name)) continue;
      for (const word of name.split(/\s+/)) if (word.startsWith('-')) words.add(word);
    }
  }
  return options.find((option) => names.exists(option) || words.has(option.split('/', 1)[0] ?? option));
}

function folderOf(file: string): string {
  const end = file.lastIndexOf('/');
  return end < 0 ? '.' : file.slice(0, end + 1);
}
