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

/** Where a URL ends in a text, in JSON, where `/` and what separates its parts may be escaped, or in prose. */
const ADDRESS = /\bhttps?:(?:\\?\/){2}(?:[^\s"'<>`\\]|\\\/|\\u00[234][0-9a-f])+/gi;

/** The escapes of what separates the parts of a URL: `/`, `#`, `&`, `:`, `=`, `?`, `@`. */
const ESCAPED = /\\(?:\/|u00(?:2[36f]|3[adf]|40))/gi;

/** A text whose URLs have neither a password nor values in query and fragment: a callback often carries a token there. */
export function withoutSecrets(text: string): string {
  return text.replace(ADDRESS, (address) => {
    const plain = address.replace(ESCAPED, (escaped) => JSON.parse(`"${escaped}"`) as string);
    const safe = addressWithoutSecrets(plain);
    return safe === plain ? address : safe;
  });
}

/** The same of one URL, relative ones included. */
export function addressWithoutSecrets(address: string): string {
  const [, front = '', rest = ''] = /^([^?#]*)([^]*)$/.exec(address) ?? [];
  return front.replace(/^(\w*:?\/\/)[^/]*@/, '$1') + rest.replace(/=[^&#]*/g, '=…');
}
