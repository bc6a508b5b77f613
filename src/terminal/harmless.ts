const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Text from a file or a server, fit for one line of a terminal: control characters, line ends included,
 * and those that turn the direction of writing stand as `\u001b` instead of having their effect.
 */
export function harmless(text: string): string {
  return text.replace(HARMFUL, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}

/** JSON on one line, harmless too: all that has to be escaped stands in its strings. */
export function jsonLine(value: unknown): string {
  return harmless(JSON.stringify(value));
}
