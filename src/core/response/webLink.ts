/** Whether a link of a server leads to the web, and to nothing else on this machine. */
export function isWebLink(link: unknown): link is string {
  return typeof link === 'string' && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
}

/**
 * A link of a server that leads to the web, on one line, as a browser's address bar has it: what is written as
 * `%26` or `%0A` stays that.
 */
export function webLink(link: unknown): string | undefined {
  return isWebLink(link) ? new URL(link).href : undefined;
}
