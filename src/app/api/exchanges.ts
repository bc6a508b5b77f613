import { API_KEY_HEADER } from '../../core/contract/wire';
import type { Exchange, Header } from '../../core/report/exchange';
import { redactedJson } from '../../core/leaks/redactor';
import type { Delivery } from './callApi';
import type { Target } from './target';

/** Different headers as a server sends them in one batch, the date aside. */
const MOST_HEADERS = 1_000;

/** What goes over the wire to a target, with the keys taken out wherever they stand. */
export class Exchanges {
  /** A server sends the same headers with every response: each is read, and kept, once. */
  readonly #headers = new Map<string, Header>();

  constructor(
    private readonly key: Target['key'],
    readonly redact: (text: string) => string,
  ) {}

  of({ request, result }: Delivery): Exchange {
    const { timings, added, received } = result.course;
    const own = Object.entries(request.headers).map(([name, value]) => ({
      name,
      value: name === API_KEY_HEADER ? String(this.key) : value,
    }));
    return {
      request: {
        method: request.method,
        url: request.url,
        headers: [...own, ...added].map((header) => this.#safe(header)),
        ...(request.body === undefined ? {} : { body: redactedJson(request.body, this.redact) }),
      },
      ...(received
        ? {
            response: {
              ...received,
              headers: received.headers.map((header) => this.#safe(header)),
              ...(result.kind === 'answer' ? { body: redactedJson(result.body, this.redact) } : {}),
            },
          }
        : {}),
      timings,
    };
  }

  #safe({ name, value }: Header): Header {
    const line = `${name}:${value}`;
    const known = this.#headers.get(line);
    if (known) return known;
    const safe = { name: this.redact(name), value: this.redact(value) };
    if (this.#headers.size < MOST_HEADERS) this.#headers.set(line, safe);
    return safe;
  }
}
