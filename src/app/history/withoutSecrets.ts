import { addressWithoutSecrets, withoutSecrets } from '../../core/export/withoutSecrets';
import type { Exchange, Header } from '../../core/report/exchange';
import { mapTexts } from '../../core/response/answer';
import { redactedJson } from '../../core/leaks/redactor';
import type { KeptSend } from './history';

/**
 * A send as it may leave this machine: without the keys that are stored now, of which one may have stood in a body
 * before it was stored, and without what URLs hold of secrets.
 */
export function withoutSecretsOf({ sent, answered }: KeptSend, redact: (text: string) => string): KeptSend {
  const clean = (text: string) => withoutSecrets(redact(text));
  const cleanAll = <Value>(value: Value) => mapTexts(value, clean) as Value;
  return {
    sent: { ...cleanAll(sent), body: redactedJson(sent.body, clean) },
    answered: answered && {
      ...answered,
      report: cleanAll(answered.report),
      ...(answered.exchange ? { exchange: cleanExchange(answered.exchange, clean) } : {}),
    },
  };
}

function cleanExchange({ request, response, timings }: Exchange, clean: (text: string) => string): Exchange {
  const headers = (all: readonly Header[]) =>
    all.map(({ name, value }) => ({
      name: clean(name),
      value: name.toLowerCase() === 'location' ? addressWithoutSecrets(clean(value)) : clean(value),
    }));
  const body = (text: string | undefined) => (text === undefined ? {} : { body: redactedJson(text, clean) });
  return {
    request: {
      method: request.method,
      url: clean(request.url),
      headers: headers(request.headers),
      ...body(request.body),
    },
    ...(response
      ? { response: { ...response, headers: headers(response.headers), ...body(response.body) } }
      : {}),
    timings,
  };
}
