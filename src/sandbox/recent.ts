export interface RecentLimits {
  entries: number;
  /** Of all the values together, in whatever unit the caller weighs them. */
  weight: number;
}

/** Remembers the newest entries and forgets the oldest, so that a sandbox that runs for weeks stays small. */
export class Recent<Value> {
  readonly #entries = new Map<string, { value: Value; weight: number }>();
  readonly #limits: RecentLimits;
  #weight = 0;

  constructor(limits: RecentLimits) {
    this.#limits = limits;
  }

  /** Adds an entry under a key that is not there yet; an entry heavier than the limit is kept by itself. */
  add(key: string, value: Value, weight: number): void {
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest, entry] of this.#entries) {
      const fits = this.#entries.size <= this.#limits.entries && this.#weight <= this.#limits.weight;
      if (fits || this.#entries.size === 1) return;
      this.#entries.delete(oldest);
      this.#weight -= entry.weight;
    }
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  values(): Value[] {
    return Array.from(this.#entries.values(), (entry) => entry.value);
  }
}
