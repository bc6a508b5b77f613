/** A code unit as it can be written in any JSON string, such as `\u2019`. */
export function jsonEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
