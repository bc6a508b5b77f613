import { isLoopback } from '../environments/baseUrl';

/** IPv4: this host and its network (RFC 1122), private use (RFC 1918, RFC 6598), link-local (RFC 3927). */
const IPV4 = /^(0|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
/** IPv6: no address, local use (RFC 4193), link-local (RFC 4291). */
const IPV6 = /^\[(::\]|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;
/** Names for this machine, and for networks without an owner (RFC 6761, RFC 6762, RFC 9476). */
const NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a host is this machine or in a network of one's own, so that nobody outside reaches it.
 * `hostname` as `URL` gives it: lower case, IPv4 in four decimal parts, IPv6 in brackets.
 */
export function isOwnNetwork(hostname: string): boolean {
  // A name with a dot at its end is the same host.
  const host = hostname.replace(/\.$/, '');
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host);
  if (mapped)
    return isOwnNetwork(dotted(Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)));
  if (isLoopback(host) || IPV6.test(host) || NAMES.test(host)) return true;
  return /^[\d.]+$/.test(host) && IPV4.test(host);
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
