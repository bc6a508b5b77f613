import type { Environment } from '../environments/environment';
import { list } from './phrases';

/** What speaks against a send to prod, without forbidding it. */
export type Caution =
  | { readonly kind: 'same-key'; readonly environments: readonly Environment[] }
  /** URLs of the requests lead to the user's own machine or network. */
  | { readonly kind: 'own-network'; readonly hosts: readonly string[] };

export function cautionWords(caution: Caution): string {
  switch (caution.kind) {
    case 'same-key':
      return `The same key is stored for ${list(caution.environments)}: a request there reaches the same merchant account.`;
    case 'own-network': {
      const [first = '', ...others] = caution.hosts;
      const hosts = others.length === 0 ? first : `${first} and ${others.length} more`;
      return `URLs of this request lead to ${hosts}, which the vendor cannot reach: it looks like a test.`;
    }
  }
}
