import type { IncomingMessage } from 'node:http';

/** Where a request goes, as it says itself. */
export interface Target {
  /** From an absolute target, else from the Host header. */
  host: string | undefined;
  path: string;
  search: string;
}

export function targetOf(req: IncomingMessage): Target {
  const target = req.url ?? '';
  if (/^https?:\/\//i.test(target) && URL.canParse(target)) {
    const { host, pathname: path, search } = new URL(target);
    return { host, path, search };
  }
  const question = target.indexOf('?');
  const end = question < 0 ? target.length : question;
  return { host: req.headers.host, path: target.slice(0, end), search: target.slice(end) };
}

/**
 * Whether a host is this machine by its own name. Any other name means that somebody's DNS points here: a
 * web page that makes its own name resolve to 127.0.0.1 would otherwise count as the same origin.
 */
export function isLoopback(host: string | undefined): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(:\d*)?$/.exec(host ?? '')?.[1]?.toLowerCase() ?? '';
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
