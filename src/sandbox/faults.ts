import { type Answer, envelope, guessed, guessedError, json, send } from './answers';
import { DOCUMENTED_ERRORS, documentedError, type DocumentedCode } from './documentedErrors';
import { answerLate, cutJson, flood, reset, type Stage, truncate } from './faultPlays';

/** A way for a response to go wrong. */
interface Fault {
  /** What comes back, for people. */
  answers: string;
  play: (stage: Stage) => void;
}

/** Names the fault on its response, where there is one. */
const FAULT_HEADER = 'X-Sandbox-Fault';

/** A fault that responds the same whatever was asked for, and does nothing of it. */
function fixed(answers: string, answer: () => Answer): Fault {
  return { answers, play: ({ res }) => send(res, answer()) };
}

const GATEWAY_PAGE = [
  '<html>',
  '<head><title>502 Bad Gateway</title></head>',
  '<body>',
  '<center><h1>502 Bad Gateway</h1></center>',
  '<hr><center>nginx</center>',
  '</body>',
  '</html>',
  '',
].join('\r\n');

const WRONG_TYPES = {
  successful: 'no',
  request_id: 42,
  error: { code: ['VALIDATION_ERROR'], message: null, details: 'none' },
};

const ODD_ANSWERS: Readonly<Record<string, Fault>> = {
  html_502: fixed("502, a gateway's HTML page", () => ({
    status: 502,
    headers: { 'Content-Type': 'text/html' },
    body: GATEWAY_PAGE,
  })),
  empty_500: fixed('500, no body', () => ({ status: 500, headers: {}, body: '' })),
  truncated: { answers: 'the right answer, cut off in the middle; the invoice is created', play: truncate },
  cut_json: { answers: 'a whole message with half the JSON; the invoice is created', play: cutJson },
  reset: { answers: 'no answer: the connection is reset; nothing is created', play: reset },
  slow: { answers: 'the right answer, after a minute; the invoice is created at once', play: answerLate },
  flood: { answers: '200, an answer that never ends; nothing is created', play: flood },
  redirect: fixed('307 to another host', () => ({
    status: 307,
    headers: { Location: 'https://redirected.example/api/v1/create-invoice' },
    body: '',
  })),
  envelope_200: fixed('200, an error envelope', () =>
    json(200, envelope('RATES_UNAVAILABLE', 'Rates are temporarily unavailable', {})),
  ),
  not_json: fixed('200, plain text', () => ({
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: 'OK',
  })),
  not_invoice: fixed('200, JSON that is no invoice', () => json(200, { ok: true })),
  wrong_types: fixed('422, an envelope whose members have the wrong types', () =>
    guessed(json(422, WRONG_TYPES)),
  ),
  unknown_code: fixed('422, a code that nobody documents', () =>
    guessedError(422, 'LIMIT_EXCEEDED_FOR_TODAY', 'The limit for today is exceeded', { limit: '50000.00' }),
  ),
  rate_limited: fixed('429 with Retry-After', () =>
    guessedError(429, 'TOO_MANY_REQUESTS', 'Too many requests', {}, { 'Retry-After': '30' }),
  ),
};

const documented = (Object.keys(DOCUMENTED_ERRORS) as DocumentedCode[]).map(
  (code) =>
    [
      code.toLowerCase(),
      fixed(`${DOCUMENTED_ERRORS[code].status} ${code}`, () => documentedError(code)),
    ] as const,
);

/**
 * Every fault by its name: the odd responses, and each documented error under its code in lower case. One is
 * asked for with a `customer_id` of `fault_<name>`, or with the query `fault=<name>` of a `GET`.
 */
export const FAULTS: ReadonlyMap<string, Fault> = new Map([...Object.entries(ODD_ANSWERS), ...documented]);

/** Plays the fault; a name that is none gets a 422 with all the names. */
export function playFault(name: string, stage: Stage): void {
  const fault = FAULTS.get(name);
  if (fault === undefined) {
    const names = Array.from(FAULTS.keys()).join(', ');
    send(stage.res, guessedError(422, 'UNKNOWN_FAULT', `There is no such fault; there are: ${names}`));
    return;
  }
  stage.res.setHeader(FAULT_HEADER, name);
  fault.play(stage);
}
