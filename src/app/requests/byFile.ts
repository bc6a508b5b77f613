/** Keeps the order: of the files by the first that is about each, and of what is about one file. */
export function byFile<Value extends { readonly uri: string }>(
  values: readonly Value[],
): Map<string, Value[]> {
  const files = new Map<string, Value[]>();
  for (const value of values) {
    const own = files.get(value.uri);
    if (own) own.push(value);
    else files.set(value.uri, [value]);
  }
  return files;
}
