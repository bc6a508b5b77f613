import { API_KEY_HEADER } from '../../core/contract/wire';
import type { Exchange, Header } from '../../core/report/exchange';
import type { HttpRequest, HttpResult } from '../ports';
import { redactedJson } from '../keys/redactor';
import type { Target } from './target';

/** One request that was sent, and what came of it. */
export interface Delivery {
  readonly target: Target;
  readonly request: HttpRequest;
  /** When it was sent. */
  readonly at: Date;
  readonly timeoutSeconds: number;
  readonly result: HttpResult;
}

/** What went over the wire, with the key taken out wherever it stands. */
export function exchangeOf(
  { target, request, result }: Delivery,
  redact: (text: string) => string,
): Exchange {
  const { timings, added, received } = result.course;
  const safe = ({ name, value }: Header): Header => ({ name: redact(name), value: redact(value) });
  const own = Object.entries(request.headers).map(([name, value]) => ({
    name,
    value: name === API_KEY_HEADER ? String(target.key) : value,
  }));
  return {
    request: {
      method: request.method,
      url: request.url,
      headers: [...own, ...added].map(safe),
      ...(request.body === undefined ? {} : { body: redactedJson(request.body, redact) }),
    },
    ...(received
      ? {
          response: {
            ...received,
            headers: received.headers.map(safe),
            ...(result.kind === 'answer' ? { body: redactedJson(result.body, redact) } : {}),
          },
        }
      : {}),
    timings,
  };
}
