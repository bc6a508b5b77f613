export type ApiKeyFault = 'empty' | 'control-character' | 'not-header-text';

/**
 * A merchant's key. It shows its fingerprint wherever it is printed by accident; only
 * {@link ApiKey.reveal} gives the value, for the one header and for SecretStorage.
 */
export class ApiKey {
  readonly #value: string;

  private constructor(value: string) {
    this.#value = value;
  }

  /** Checks what a person typed or a variable held; white space around it is cut off. */
  static parse(text: string): ApiKey | ApiKeyFault {
    const value = text.trim();
    if (value === '') return 'empty';
    if (/\p{Cc}/u.test(value)) return 'control-character';
    // RFC 9110, 5.5: a field value is best limited to US-ASCII.
    if (!/^[\x20-\x7e]+$/.test(value)) return 'not-header-text';
    return new ApiKey(value);
  }

  reveal(): string {
    return this.#value;
  }

  /** `••••` and the last 4 characters; the dots alone for a key so short that 4 would tell too much. */
  get fingerprint(): string {
    return this.#value.length < 12 ? '••••' : `••••${this.#value.slice(-4)}`;
  }

  equals(other: ApiKey): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return this.fingerprint;
  }

  toJSON(): string {
    return this.fingerprint;
  }
}
