/** Whether a link of a server leads to the web, and to nothing else on this machine. */
export function isWebLink(link: unknown): link is string {
  return typeof link === 'string' && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
}
