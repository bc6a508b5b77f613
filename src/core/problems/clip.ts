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
