import { nextOrder } from '../../core/journal/order';
import { encodeRecord, type JournalRecord } from '../../core/journal/record';
import { deliveryRecord, webhookRecord } from '../../core/journal/webhookRecord';
import type { Delivery } from '../../core/webhook/delivery';
import { trustOf, type Trust, type Webhook } from '../../core/webhook/webhook';
import type { History } from '../history/history';
import type { Webhooks } from './webhooks';
import type { Clock, JournalFiles, KeyStore } from '../ports';

/**
 * What is written down in a minute at most, of each trust: a flood must not fill the disk before what is too much is
 * taken out again. What comes beyond that is in memory alone.
 */
const A_MINUTE: Readonly<Record<Trust, { readonly count: number; readonly bytes: number }>> = {
  verified: { count: 2000, bytes: 32 * 1024 * 1024 },
  test: { count: 500, bytes: 8 * 1024 * 1024 },
  unverified: { count: 100, bytes: 4 * 1024 * 1024 },
};

const MINUTE_MS = 60_000;

/** Writes webhooks to the journal, and reads those of other windows and of before. */
export class WebhookJournal {
  #minute = 0;
  #lastOrder = 0;
  #written: Record<Trust, { count: number; bytes: number }> = nothing();
  /** Those that this window knows from the journal, or has written there. */
  readonly #known = new Set<string>();
  /** Those that stood there at the last look. */
  #seen: ReadonlySet<string> = new Set();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly files: Pick<JournalFiles, 'append'>,
    private readonly keys: Pick<KeyStore, 'readAll'>,
    private readonly clock: Clock,
    private readonly history: Pick<History, 'newestOrder' | 'webhooks' | 'readWebhook'>,
  ) {}

  received(webhook: Webhook): void {
    if (!this.#hasRoomFor(webhook)) return;
    this.#known.add(webhook.id);
    const now = this.clock.now().getTime();
    this.#write(async (redact) => {
      this.#lastOrder = nextOrder(now, this.#lastOrder, await this.history.newestOrder());
      return webhookRecord(webhook, this.#lastOrder, redact);
    });
  }

  /** As it begins, and as it ends. */
  delivered(id: string, delivery: Delivery): void {
    if (this.#known.has(id)) this.#write((redact) => Promise.resolve(deliveryRecord(id, delivery, redact)));
  }

  /** Takes over what other windows have written, and what is no longer kept. */
  async catchUp(webhooks: Pick<Webhooks, 'restore' | 'forget'>): Promise<void> {
    webhooks.restore(await this.unknown());
    const kept = new Set(this.history.webhooks.map(({ id }) => id));
    webhooks.forget([...this.#seen].filter((id) => !kept.has(id)));
    this.#seen = kept;
  }

  /** Those in the journal that this window does not know yet, oldest first. */
  async unknown(): Promise<Webhook[]> {
    const found: Webhook[] = [];
    for (const placed of [...this.history.webhooks].reverse()) {
      if (this.#known.has(placed.id)) continue;
      this.#known.add(placed.id);
      const webhook = await this.history.readWebhook(placed);
      if (webhook) found.push(webhook);
    }
    return found;
  }

  /** Resolves when what was to be written so far is. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  #write(record: (redact: (text: string) => string) => Promise<JournalRecord>): void {
    const write = async () => {
      const { redact } = await this.keys.readAll();
      await this.files.append(encodeRecord(await record(redact)), false);
    };
    this.#turn = this.#turn.then(write, write);
  }

  #hasRoomFor(webhook: Webhook): boolean {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#written = nothing();
    }
    const trust = trustOf(webhook);
    const [written, most] = [this.#written[trust], A_MINUTE[trust]];
    if (written.count >= most.count || written.bytes + webhook.body.length > most.bytes) return false;
    written.count += 1;
    written.bytes += webhook.body.length;
    return true;
  }
}

function nothing(): Record<Trust, { count: number; bytes: number }> {
  return {
    verified: { count: 0, bytes: 0 },
    test: { count: 0, bytes: 0 },
    unverified: { count: 0, bytes: 0 },
  };
}
