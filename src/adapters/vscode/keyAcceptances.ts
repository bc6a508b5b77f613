import type { Memento } from 'vscode';
import type { Environment } from '../../core/environments/environment';
import { isObject } from '../../core/json';

const PREFIX = 'eccaex.keyAccepted.';

/**
 * When the API last took the key of each environment, in the extension's own state: that of a key that was
 * stored at another time does not count. Nothing here tells of the key itself.
 */
export class KeyAcceptances {
  constructor(private readonly state: Memento) {}

  /** ISO 8601. */
  of(environment: Environment, storedAt: string): string | undefined {
    const kept = this.state.get<unknown>(PREFIX + environment);
    if (!isObject(kept) || kept['storedAt'] !== storedAt) return undefined;
    return typeof kept['at'] === 'string' ? kept['at'] : undefined;
  }

  async keep(environment: Environment, storedAt: string, at: Date): Promise<void> {
    await this.state.update(PREFIX + environment, { storedAt, at: at.toISOString() });
  }

  async forget(environment: Environment): Promise<void> {
    await this.state.update(PREFIX + environment, undefined);
  }
}
