/** Of a body, in bytes of UTF-8. */
export const LONGEST_BODY = 256 * 1024;

/** The beginning of a text that is too long to be kept. */
export function shortened(text: string): string {
  // A code unit is 3 bytes at most.
  if (text.length * 3 <= LONGEST_BODY) return text;
  // It is 1 byte at least: what comes after so many is cut off.
  const bytes = new TextEncoder().encode(text.slice(0, LONGEST_BODY + 1));
  if (bytes.length <= LONGEST_BODY) return text;
  // As a stream, so that a character that is cut in two is left out.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_BODY), { stream: true });
}
