import type { Environment } from '../environments/environment';
import { list } from '../phrases';

/** What to know before a send is confirmed. */
export type Caution =
  /** Of `total` requests, `invalid` have errors and are not sent. */
  | { readonly kind: 'left-out'; readonly invalid: number; readonly total: number }
  /** The environment has the host of prod. */
  | { readonly kind: 'prod-host'; readonly environment: Environment }
  /** The request was sent to another server before: the base URL has changed since. */
  | { readonly kind: 'other-origin'; readonly environment: Environment; readonly earlier: string }
  | { readonly kind: 'same-key'; readonly environments: readonly Environment[] }
  /** URLs of the requests lead to the user's own machine or network. */
  | { readonly kind: 'own-network'; readonly hosts: readonly string[] };

/** `1 of 4 requests has errors and is left out`; without a total, `1 has errors and is left out`. */
export function leftOut(count: number, total?: number): string {
  const of = total === undefined ? '' : ` of ${total} requests`;
  return `${count}${of} ${count === 1 ? 'has errors and is' : 'have errors and are'} left out`;
}

/** What dev or staging on prod's host means, wherever the environment is shown. */
export function prodHostWords(environment: Environment): string {
  return `${environment} uses the same host as prod: its requests create real invoices.`;
}

export function cautionWords(caution: Caution): string {
  switch (caution.kind) {
    case 'left-out': {
      const { invalid, total } = caution;
      return `${leftOut(invalid, total)}.`;
    }
    case 'prod-host':
      return prodHostWords(caution.environment);
    case 'other-origin':
      return `This request went to ${caution.earlier} before: the base URL of ${caution.environment} has changed since.`;
    case 'same-key':
      return `The same key is stored for ${list(caution.environments)}: a request there reaches the same merchant account.`;
    case 'own-network': {
      const [first = '', ...others] = caution.hosts;
      const hosts = others.length === 0 ? first : `${first} and ${others.length} more`;
      return `URLs of this request lead to ${hosts}, which the vendor cannot reach: it looks like a test.`;
    }
  }
}
