import type { Environment } from '../../core/environments/environment';
import type { Target } from '../api/target';

/**
 * The destinations that a person said yes to in this window, for single requests that a person starts. A yes ends
 * when the key or the base URL of its environment changes.
 */
export class Approvals {
  readonly #destinations = new Map<Environment, string>();

  has(target: Target): boolean {
    return this.#destinations.get(target.environment) === destinationOf(target);
  }

  add(target: Target): void {
    this.#destinations.set(target.environment, destinationOf(target));
  }
}

/** A key that is stored again is another one: `storedAt` tells. */
function destinationOf({ baseUrl, keyDates }: Target): string {
  return `${baseUrl.href} ${keyDates?.storedAt ?? ''}`;
}
