import { trustOf, WEBHOOK_BOUNDS, type Trust, type Webhook } from '../../core/webhook/webhook';

/** Of one event: somebody who has one verified webhook can send it as often as they like. */
const MOST_REPETITIONS = 20;

/** Of one webhook: the latest. */
const MOST_DELIVERIES = 20;

interface Kept {
  webhook: Webhook;
  readonly trust: Trust;
  readonly repetition: string;
  bytes: number;
}

/** The webhooks that are kept, within bounds that no flood exceeds. */
export class Shelf {
  /** In the order in which they came. */
  readonly #kept = new Map<string, Kept>();
  readonly #used: Record<Trust, { count: number; bytes: number }> = {
    verified: { count: 0, bytes: 0 },
    test: { count: 0, bytes: 0 },
    unverified: { count: 0, bytes: 0 },
  };
  readonly #repetitions = new Map<string, string[]>();
  #list: readonly Webhook[] | undefined;

  constructor(private readonly bounds: typeof WEBHOOK_BOUNDS = WEBHOOK_BOUNDS) {}

  /** Newest first. */
  get all(): readonly Webhook[] {
    return (this.#list ??= [...this.#kept.values()].map(({ webhook }) => webhook).reverse());
  }

  get(id: string): Webhook | undefined {
    return this.#kept.get(id)?.webhook;
  }

  /** `repetition`: the same for the same bytes. */
  add(webhook: Webhook, repetition: string): void {
    this.remove(webhook.id);
    const trust = trustOf(webhook);
    const kept = { webhook, trust, repetition, bytes: bytesOf(webhook) };
    this.#kept.set(webhook.id, kept);
    this.#used[trust].count += 1;
    this.#used[trust].bytes += kept.bytes;
    this.#list = undefined;
    const same = [...(this.#repetitions.get(repetition) ?? []), webhook.id];
    this.#repetitions.set(repetition, same);
    if (same.length > MOST_REPETITIONS) this.remove(same[0] ?? '');
    this.#makeRoom(trust, webhook.id);
  }

  /** Changes a webhook that is still kept; what decides on its trust stays as it was. */
  update(id: string, change: (webhook: Webhook) => Webhook): Webhook | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    const changed = change(kept.webhook);
    kept.webhook = { ...changed, deliveries: changed.deliveries.slice(-MOST_DELIVERIES) };
    const bytes = bytesOf(kept.webhook);
    this.#used[kept.trust].bytes += bytes - kept.bytes;
    kept.bytes = bytes;
    this.#list = undefined;
    this.#makeRoom(kept.trust, id);
    return kept.webhook;
  }

  remove(id: string): void {
    const kept = this.#kept.get(id);
    if (!kept) return;
    this.#kept.delete(id);
    this.#used[kept.trust].count -= 1;
    this.#used[kept.trust].bytes -= kept.bytes;
    const left = (this.#repetitions.get(kept.repetition) ?? []).filter((other) => other !== id);
    if (left.length > 0) this.#repetitions.set(kept.repetition, left);
    else this.#repetitions.delete(kept.repetition);
    this.#list = undefined;
  }

  #makeRoom(trust: Trust, newest: string): void {
    const [used, bound] = [this.#used[trust], this.bounds[trust]];
    if (used.count <= bound.count && used.bytes <= bound.bytes) return;
    for (const [id, kept] of this.#kept) {
      if (used.count <= bound.count && used.bytes <= bound.bytes) return;
      if (kept.trust === trust && id !== newest) this.remove(id);
    }
  }
}

function bytesOf({ headers, body, deliveries }: Webhook): number {
  const ofHeaders = (all: Webhook['headers']) =>
    all.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  const ofDeliveries = deliveries.reduce(
    (sum, { end }) => sum + 200 + (end?.kind === 'response' ? end.body.length + ofHeaders(end.headers) : 0),
    0,
  );
  return 500 + ofHeaders(headers) + body.length + ofDeliveries;
}
