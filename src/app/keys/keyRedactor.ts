import type { KeyStore } from '../ports';
import { redactorOf } from '../../core/leaks/redactor';
import { storedKeys } from './storedKeys';

/** Takes every key that is stored out of a text. */
export class KeyRedactor {
  #redact: Promise<(text: string) => string> | undefined;

  constructor(private readonly keys: Pick<KeyStore, 'read'>) {}

  /** The keys are read once: a batch writes down thousands of requests. */
  get(): Promise<(text: string) => string> {
    return (this.#redact ??= this.#read());
  }

  /** Some key is another one now. */
  changed(): void {
    this.#redact = undefined;
  }

  async #read(): Promise<(text: string) => string> {
    const { keys } = await storedKeys(this.keys);
    return redactorOf(keys);
  }
}
