import type { Invoice } from '../core/contract/wire';
import { Recent } from './recent';

/**
 * The one merchant account behind the sandbox's keys: what it has created. It has no default URLs in its
 * settings. Beyond its limits it forgets the oldest, and a forgotten `external_id` can be used again.
 */
export class Merchant {
  readonly #externalIds = new Recent<true>({ entries: 100_000, weight: 8_000_000 });
  readonly #invoices = new Recent<Invoice>({ entries: 1_000, weight: 8_000_000 });
  #created = 0;

  /** How many invoices were ever created, forgotten ones too. */
  get created(): number {
    return this.#created;
  }

  /** Oldest first. */
  get externalIds(): string[] {
    return this.#externalIds.keys();
  }

  knows(externalId: string): boolean {
    return this.#externalIds.has(externalId);
  }

  invoice(id: string): Invoice | undefined {
    return this.#invoices.get(id);
  }

  create(invoice: Invoice): void {
    this.#created += 1;
    this.#externalIds.add(invoice.external_id, true, invoice.external_id.length);
    this.#invoices.add(invoice.invoice_id, invoice, JSON.stringify(invoice).length);
  }
}
