/** A power of two, so few that all of them stay in a processor's nearest memory. */
const ENTRIES = 4096;

/** Makes capitals small, and other characters some other one. */
const FOLD = 0x20;

const entryOf = (first: number, second: number): number =>
  (((first | FOLD) << 5) ^ (second | FOLD)) & (ENTRIES - 1);

/**
 * Tells texts that hold none of some literals, whatever their case, from those that may. It reads only some of the
 * bytes: two that follow one another in no literal have none around them. Source: S. Wu and U. Manber, "A fast
 * algorithm for multi-pattern searching", 1994.
 */
export class ByteSieve {
  readonly #literals: readonly Uint8Array[];
  /** How many characters of each literal are looked for at first: as many as the shortest has. */
  readonly #window: number;
  /** By two bytes, how far it is to the next that can be the last two of a window. */
  readonly #steps = new Uint8Array(ENTRIES);

  /** The literals are of ASCII, as keys and the names of headers are. */
  constructor(literals: readonly string[]) {
    this.#literals = [...new Set(literals)].map((literal) => new TextEncoder().encode(literal));
    this.#window = Math.min(255, ...this.#literals.map(({ length }) => length));
    this.#steps.fill(Math.max(0, this.#window - 1));
    for (const literal of this.#literals) {
      for (let at = 1; at < this.#window; at++) {
        const entry = entryOf(literal[at - 1] ?? 0, literal[at] ?? 0);
        this.#steps[entry] = Math.min(this.#steps[entry] ?? 0, this.#window - 1 - at);
      }
    }
  }

  /** Bytes in which each character of ASCII is one, as in UTF-8. */
  mayHold(bytes: Uint8Array): boolean {
    const window = this.#window;
    // There are no two bytes to look at.
    if (window < 2) return true;
    const steps = this.#steps;
    for (let last = window - 1; last < bytes.length;) {
      const step = steps[entryOf(bytes[last - 1] ?? 0, bytes[last] ?? 0)] ?? 0;
      if (step === 0 && this.#standsAt(bytes, last - window + 1)) return true;
      last += step || 1;
    }
    return false;
  }

  #standsAt(bytes: Uint8Array, offset: number): boolean {
    return this.#literals.some((literal) =>
      literal.every((byte, at) => (byte | FOLD) === ((bytes[offset + at] ?? 0) | FOLD)),
    );
  }
}
