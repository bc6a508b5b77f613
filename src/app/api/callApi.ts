import { API_KEY_HEADER } from '../../core/contract/wire';
import type { SentProblem } from '../../core/problems/problem';
import type { HttpEnd, HttpRequest, HttpResult, SendPorts } from '../ports';
import type { Target } from './target';

/** A request to the API, before it has a key. */
export interface ApiCall {
  readonly method: HttpRequest['method'];
  readonly url: string;
  /** JSON; with a POST. */
  readonly body?: string;
}

/** One request that was sent, and what came of it. */
export interface Delivery<Destination extends Pick<Target, 'key'> = Target> {
  readonly target: Destination;
  readonly request: HttpRequest;
  /** When it was sent. */
  readonly at: Date;
  readonly timeoutSeconds: number;
  readonly result: HttpResult;
}

/** Sends a request once, with the key of its target. Nothing else of the product puts a key on the wire. */
export async function callApi<Destination extends Pick<Target, 'key'>>(
  { method, url, body }: ApiCall,
  target: Destination,
  { http, settings, clock }: Pick<SendPorts, 'http' | 'settings' | 'clock'>,
  signal: AbortSignal,
): Promise<Delivery<Destination>> {
  const timeoutSeconds = settings.timeoutSeconds();
  const request: HttpRequest = {
    method,
    url,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      Accept: 'application/json',
      ...(target.key ? { [API_KEY_HEADER]: target.key.reveal() } : {}),
    },
    ...(body === undefined ? {} : { body }),
    timeoutMs: timeoutSeconds * 1000,
  };
  const at = clock.now();
  const result = await http.exchange(request, signal);
  return { target, request, at, timeoutSeconds, result };
}

/** The problem of an exchange that brought no whole response; what is told of it holds no key. */
export function problemWithoutResponse(
  result: Exclude<HttpEnd, { kind: 'answer' }>,
  timeoutSeconds: number,
  redact: (text: string) => string,
): SentProblem {
  switch (result.kind) {
    case 'never-left':
    case 'reset':
    case 'not-http': {
      const { kind: reason, detail } = result;
      return { kind: 'connection', arguments: { reason, detail: redact(detail) }, pointer: '' };
    }
    case 'cancelled':
    case 'stopped':
      return { kind: 'connection', arguments: { reason: 'stopped', detail: '' }, pointer: '' };
    case 'timeout':
      return { kind: 'timeout', arguments: { seconds: timeoutSeconds }, pointer: '' };
    case 'short':
    case 'too-large':
      return { kind: 'truncated', arguments: { reason: result.kind }, pointer: '' };
  }
}
