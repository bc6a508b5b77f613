import type { Payment } from './payments';
import { Recent } from './recent';

/**
 * The one merchant account behind the sandbox's keys: what it has created. It has no default URLs in its
 * settings. Beyond its limits it forgets the oldest, and a forgotten `external_id` can be used again.
 */
export class Merchant {
  readonly #externalIds = new Recent<true>({ entries: 100_000, weight: 8_000_000 });
  readonly #payments = new Recent<Payment>({ entries: 1_000, weight: 8_000_000 });
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

  /** By the `invoice_id`. */
  payment(id: string): Payment | undefined {
    return this.#payments.get(id);
  }

  create(payment: Payment): void {
    const { invoice } = payment;
    this.#created += 1;
    this.#externalIds.add(invoice.external_id, true, invoice.external_id.length);
    this.#payments.add(invoice.invoice_id, payment, JSON.stringify(invoice).length);
  }
}
