import { ENVIRONMENTS } from '../core/environments/environment';
import type { KeyStore } from './ports';
import { redactor } from './redactor';

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
    const readings = await Promise.all(ENVIRONMENTS.map((environment) => this.keys.read(environment)));
    const redactors = readings.map((reading) =>
      redactor(reading.state === 'present' ? reading.stored.key : undefined),
    );
    return (text) => redactors.reduce((rest, redact) => redact(rest), text);
  }
}
