import { OUTCOME_NAMES, OUTCOMES, type Outcome } from './outcomes';

/** What is wrong with a signature, if anything. */
type Signing = 'right' | 'wrong' | 'half-right' | 'none' | 'other-body' | 'stale' | 'future';

/** What is unusual about a body, if anything. */
export type Body =
  | 'minified'
  | 'pretty'
  | 'escaped'
  | 'unknown-fields'
  | 'unknown-sub-status'
  | 'non-ascii'
  | 'empty'
  | 'not-json';

/** One request, or several copies of it at once. */
export interface Step {
  readonly outcome: Outcome;
  readonly body: Body;
  readonly signing: Signing;
  readonly method: 'POST' | 'GET';
  readonly copies: number;
  /** Whether it is the event of the step before once more, under its key. */
  readonly isAgain: boolean;
}

/**
 * What a right handler responds with. `measure`: 2xx, or another status below 500 where it does not know the order;
 * `like-measure`: what it gave for the measure; `refused`: 4xx; `handled`: anything below 500.
 */
export type Expectation = 'measure' | 'like-measure' | 'refused' | 'handled';

/** What is asked of the state of the orders, which HTTP does not show. */
export type StateQuestion = 'counted-once' | 'still-paid';

/** One check of a handler. */
export interface HandlerCheck {
  /** Stable. */
  readonly name: string;
  /** `vendor`: documented by the vendor; `practice`: what experience says. */
  readonly rule: 'vendor' | 'practice';
  /** For people: what is sent. */
  readonly sends: string;
  readonly why: string;
  readonly steps: readonly Step[];
  readonly expects: Expectation;
  readonly state?: StateQuestion;
}

const PLAIN: Step = {
  outcome: 'success',
  body: 'minified',
  signing: 'right',
  method: 'POST',
  copies: 1,
  isAgain: false,
};
const AGAIN: Step = { ...PLAIN, isAgain: true };

/** The check whose response all others are compared with. */
export const MEASURE = 'success';

const forged = (name: string, sends: string, signing: Signing, why: string): HandlerCheck => ({
  name,
  rule: 'practice',
  sends,
  why,
  steps: [{ ...PLAIN, signing }],
  expects: 'refused',
});

const valid = (
  name: string,
  rule: HandlerCheck['rule'],
  sends: string,
  step: Partial<Step>,
  why: string,
): HandlerCheck => ({
  name,
  rule,
  sends,
  why,
  steps: [{ ...PLAIN, ...step }],
  expects: name === MEASURE ? 'measure' : 'like-measure',
});

const OUTCOME_CHECKS = OUTCOME_NAMES.map((outcome) => {
  const { status, methodChosen } = OUTCOMES[outcome];
  const why = methodChosen
    ? 'A webhook is sent at each of the four final statuses, and counts as delivered with any 2xx within 15 s.'
    : 'Without a payment method, sub_status and rate_usd are null and a reason is there: one parser fits both.';
  const sends = `a signed "${status}" event (${OUTCOMES[outcome].label.toLowerCase()})`;
  return valid(outcome, 'vendor', sends, { outcome }, why);
});

/** Every check of a handler, in the order in which they are shown. */
export const HANDLER_CHECKS: readonly HandlerCheck[] = [
  ...OUTCOME_CHECKS,
  forged(
    'wrong-signature',
    'a signature made with another secret',
    'wrong',
    'Anybody can post to a public URL.',
  ),
  forged(
    'half-right-signature',
    'a signature of which only the first half is right',
    'half-right',
    'A comparison of a part, or one that stops early, can be guessed piece by piece.',
  ),
  forged('no-signature', 'an event without a signature', 'none', 'Anybody can post to a public URL.'),
  forged(
    'other-body',
    'the signature of another event',
    'other-body',
    'A signature proves the bytes that it was made for, and nothing else.',
  ),
  forged(
    'stale',
    'an event that was signed an hour ago',
    'stale',
    'Who has captured an event must not be able to send it again later.',
  ),
  forged(
    'future',
    'an event that was signed an hour ahead',
    'future',
    'A timestamp ahead of time would stay valid for an hour longer.',
  ),
  {
    name: 'same-key-again',
    rule: 'vendor',
    sends: 'the same event twice, under one X-Idempotency-Key',
    why: 'A delivery that failed is retried: the handler may have seen the event before, and must accept it again.',
    steps: [PLAIN, AGAIN],
    expects: 'like-measure',
  },
  {
    name: 'five-at-once',
    rule: 'practice',
    sends: 'the same event five times at once',
    why: 'A retry can overtake the first delivery.',
    steps: [{ ...PLAIN, copies: 5 }],
    expects: 'like-measure',
  },
  valid(
    'pretty-printed',
    'practice',
    'a pretty-printed body, signed as it is',
    { body: 'pretty' },
    'The layout of the JSON is not documented: only the raw bytes can be verified.',
  ),
  valid(
    'escaped',
    'practice',
    'a body with escaped slashes and non-ASCII letters, signed as it is',
    { body: 'escaped' },
    'PHP and Python write JSON so: a body that is parsed and serialized again has other bytes.',
  ),
  valid(
    'minified',
    'practice',
    'a minified body without white space at its end, signed as it is',
    {},
    'The layout of the JSON is not documented: only the raw bytes can be verified.',
  ),
  valid(
    'unknown-fields',
    'practice',
    'an event with fields that are not documented',
    { body: 'unknown-fields' },
    'An API adds fields without notice.',
  ),
  valid(
    'unknown-sub-status',
    'practice',
    'a sub_status that is not documented',
    { body: 'unknown-sub-status' },
    'The vendor does not list the values of sub_status.',
  ),
  valid(
    'non-ascii',
    'practice',
    'an event with Cyrillic letters, accents and an emoji',
    { body: 'non-ascii' },
    'JSON is UTF-8: customers and purposes have names in every script.',
  ),
  {
    name: 'unknown-order',
    rule: 'practice',
    sends: 'an event for an order that nobody has',
    why: 'A retry does not help against an order that is not known: say so with 2xx or 4xx, and never fail.',
    steps: [PLAIN],
    expects: 'handled',
  },
  {
    name: 'get',
    rule: 'vendor',
    sends: 'a GET request',
    why: 'Webhooks are sent by POST: everything else is a browser or a scanner.',
    steps: [{ ...PLAIN, method: 'GET', body: 'empty' }],
    expects: 'refused',
  },
  {
    name: 'empty-body',
    rule: 'practice',
    sends: 'an empty body under a right signature',
    why: 'What cannot be read was not processed: a 2xx would say that it was.',
    steps: [{ ...PLAIN, body: 'empty' }],
    expects: 'refused',
  },
  {
    name: 'not-json',
    rule: 'practice',
    sends: 'a body that is not JSON, under a right signature',
    why: 'What cannot be read was not processed: a 2xx would say that it was.',
    steps: [{ ...PLAIN, body: 'not-json' }],
    expects: 'refused',
  },
  {
    name: 'counted-once',
    rule: 'practice',
    sends: 'the same event twice, and asks how often it was counted',
    why: 'A retry of a delivery must not pay out or ship twice.',
    steps: [PLAIN, AGAIN],
    expects: 'like-measure',
    state: 'counted-once',
  },
  {
    name: 'counted-once-at-once',
    rule: 'practice',
    sends: 'the same event five times at once, and asks how often it was counted',
    why: 'Two deliveries that run side by side must not both find that the event is new.',
    steps: [{ ...PLAIN, copies: 5 }],
    expects: 'like-measure',
    state: 'counted-once',
  },
  {
    name: 'late-expired',
    rule: 'practice',
    sends: '"success", then "expired" for the same order, and asks for its status',
    why: 'Deliveries can overtake each other: a paid order stays paid.',
    steps: [PLAIN, { ...PLAIN, outcome: 'expired' }],
    expects: 'like-measure',
    state: 'still-paid',
  },
];

/** Whether a status is what a check expects; `measure`: the status that the measure got, where it got one. */
export function isExpected(expects: Expectation, status: number, measure: number | undefined): boolean {
  const isAccepted = status >= 200 && status < 300;
  switch (expects) {
    case 'refused':
      return status >= 400 && status < 500;
    case 'measure':
    case 'handled':
      return isAccepted || (status >= 400 && status < 500);
    case 'like-measure':
      return isOrderRefused(measure) ? status === measure : isAccepted;
  }
}

/** Whether the measure says that the handler does not know the order. */
function isOrderRefused(measure: number | undefined): boolean {
  return measure !== undefined && measure >= 400 && measure < 500;
}

export function expectedWords({ expects, state }: HandlerCheck, measure: number | undefined): string {
  const likeMeasure = isOrderRefused(measure) ? `HTTP ${measure ?? ''} as for "${MEASURE}"` : '2xx';
  const status = {
    refused: '4xx',
    measure: '2xx, or 4xx where the order is not known',
    handled: '2xx or 4xx',
    'like-measure': likeMeasure,
  }[expects];
  const within = `${status} within 15 s`;
  if (state === 'counted-once') return `${within}, and the order counted once`;
  return state === 'still-paid' ? `${within}, and the order still "success"` : within;
}
