/** A foreign text on one line, without what a terminal would act on, and no longer than a person reads. */
export function clip(text: string, length = 60): string {
  const oneLine = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (oneLine.length <= length) return oneLine;
  // Half of a surrogate pair is no character.
  return `${oneLine.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…`;
}
