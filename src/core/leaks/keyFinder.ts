import type { ApiKey } from '../environments/apiKey';
import type { Environment } from '../environments/environment';
import { isSandboxKey } from '../environments/sandboxKeys';
import type { Span } from '../document/positions';
import { LEAST_CERTAIN_LENGTH, needlesOf, type KeyForm, type KeyNeedle } from './keyForms';
import { anyOf, partsOf, splitKeysIn } from './splitKey';

/** A stored key or webhook secret, and the environment that it is stored for. */
export interface OwnedKey {
  readonly environment: Environment;
  readonly key: ApiKey;
  /** Absent for an API key. */
  readonly isWebhookSecret?: true;
}

/** A place where a stored key stands. */
export interface KeyPlace extends Span {
  /** Those that it is stored for. */
  readonly environments: readonly Environment[];
  readonly form: KeyForm;
  /** Absent for an API key, also for one that is a webhook secret as well. */
  readonly isWebhookSecret?: true;
}

interface Sought {
  readonly isWebhookSecret?: true;
  readonly value: string;
  readonly environments: Environment[];
  readonly needles: readonly KeyNeedle[];
}

/** Finds the values of keys in texts. The keys of the sandbox are no secrets, and are left alone. */
export class KeyFinder {
  readonly #sought: readonly Sought[];
  /** Every text that holds a key has one of these at least. */
  readonly hints: readonly string[];
  readonly #hint: RegExp | undefined;

  constructor(keys: readonly OwnedKey[]) {
    const byValue = new Map<string, Sought>();
    for (const { environment, key, isWebhookSecret } of keys) {
      if (isSandboxKey(key)) continue;
      const value = key.reveal();
      const known = byValue.get(value);
      const kind = isWebhookSecret ? { isWebhookSecret } : {};
      if (!known)
        byValue.set(value, { value, environments: [environment], needles: needlesOf(key), ...kind });
      else if (!known.environments.includes(environment)) known.environments.push(environment);
    }
    this.#sought = [...byValue.values()];
    this.hints = this.#sought.flatMap(({ value, needles }) => [
      ...needles.map(({ text }) => text),
      ...(value.length < LEAST_CERTAIN_LENGTH ? [] : partsOf(value)),
    ]);
    this.#hint = this.hints.length === 0 ? undefined : anyOf(this.hints);
  }

  /** In the order of the text; no place lies in another one. */
  find(text: string): KeyPlace[] {
    if (this.#hint === undefined || text.search(this.#hint) < 0) return [];
    return withoutNested(this.#sought.flatMap((sought) => placesOf(sought, text)));
  }
}

function placesOf({ value, environments, needles, isWebhookSecret }: Sought, text: string): KeyPlace[] {
  const owner = { environments, ...(isWebhookSecret ? { isWebhookSecret } : {}) };
  const places = needles.flatMap(({ text: needle, form }) =>
    occurrences(text, needle, value.length < LEAST_CERTAIN_LENGTH).map((span) => ({
      ...span,
      ...owner,
      form,
    })),
  );
  if (value.length < LEAST_CERTAIN_LENGTH) return places;
  const split = splitKeysIn(text, value).map((span) => ({ ...span, ...owner, form: 'split' as const }));
  return [...places, ...split];
}

function occurrences(text: string, needle: string, asWord: boolean): Span[] {
  const spans: Span[] = [];
  const { length } = needle;
  for (let offset = text.indexOf(needle); offset >= 0; offset = text.indexOf(needle, offset + length)) {
    if (!asWord || isWord(text, offset, length)) spans.push({ offset, length });
  }
  return spans;
}

function isWord(text: string, offset: number, length: number): boolean {
  return !/[A-Za-z0-9_-]/.test(text.charAt(offset - 1) + text.charAt(offset + length));
}

/** Of two places that overlap the longer one counts: a key can be a part of another. */
function withoutNested(places: readonly KeyPlace[]): KeyPlace[] {
  const kept: KeyPlace[] = [];
  for (const place of [...places].sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    const last = kept.at(-1);
    const overlaps = last !== undefined && place.offset < last.offset + last.length;
    if (!overlaps) kept.push(place);
    else if (place.length > last.length) kept[kept.length - 1] = place;
  }
  return kept;
}
