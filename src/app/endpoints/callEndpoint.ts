import { DOCUMENTATION } from '../../core/contract/documentation';
import { faultIn, requestOf, type Call } from '../../core/endpoints/call';
import type { Environment } from '../../core/environments/environment';
import { readFixes } from '../../core/fixes/readFixes';
import type { ActionFix } from '../../core/fixes/fix';
import { documentationOf } from '../../core/problems/catalogue';
import { codeOf, type SentProblem } from '../../core/problems/problem';
import { readWordsOf } from '../../core/problems/readWords';
import { otherHost } from '../../core/response/problems';
import type { RawAnswer } from '../../core/response/answer';
import { waitOf } from '../../core/contract/retryAfter';
import { classifyData, type DataAnswer, type Paging } from '../../core/response/data';
import type { HttpEnd, SendPorts } from '../ports';
import { redactedJson, redactor } from '../../core/leaks/redactor';
import { callApi, problemWithoutResponse, type Delivery } from '../api/callApi';
import { resolveTarget, type Target } from '../api/target';

/** What is wrong, in words, and what can be done about it. */
export interface CallProblem {
  readonly code: string;
  readonly message: string;
  readonly guidance: readonly string[];
  readonly docs: string;
  readonly fixes: readonly ActionFix[];
}

/** What a call of an endpoint gives: to the caller of the command, and to the view. It holds no key. */
export interface CallResult extends Call {
  readonly environment: Environment;
  /** Absent where the base URL has none. */
  readonly origin?: string;
  /** `invalid` and `blocked`: nothing was sent. */
  readonly outcome: 'answered' | 'rejected' | 'invalid' | 'blocked' | 'unanswered' | 'unexpected';
  /** ISO 8601: when it was sent, or found not to be sendable. */
  readonly at: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly durationMs?: number;
  /** As received; with `answered`. */
  readonly data?: unknown;
  /** The body as it came, whatever it is; absent where none came whole. */
  readonly text?: string;
  readonly paging?: Paging;
  readonly problem?: CallProblem;
}

export type CallPorts = Pick<SendPorts, 'http' | 'keys' | 'settings' | 'sandbox' | 'consent' | 'clock'>;

/**
 * Calls an endpoint that only reads: check the parameters, find out where it goes and with which key, ask, and say
 * what the response is. It can be called again at will. Never rejects for what a setting or a server holds.
 */
export async function callEndpoint(
  call: Call,
  environment: Environment,
  ports: CallPorts,
  signal: AbortSignal,
): Promise<CallResult> {
  const facts = { ...call, environment, at: ports.clock.now().toISOString() };
  if (!ports.consent.isTrusted()) {
    const obstacle = { kind: 'untrusted-workspace', arguments: {}, pointer: '' } as const;
    return { ...facts, outcome: 'blocked', problem: inWords(obstacle, environment) };
  }
  const fault = faultIn(call);
  if (fault !== undefined) return { ...facts, outcome: 'invalid', problem: invalidParameter(fault) };
  const resolution = await resolveTarget(environment, ports);
  if (!resolution.ok) {
    const { obstacle, origin } = resolution;
    const outcome = obstacle.kind === 'connection' ? 'unanswered' : 'blocked';
    const problem = inWords(obstacle, environment);
    return { ...facts, ...(origin === undefined ? {} : { origin }), outcome, problem };
  }
  const { target } = resolution;
  const delivery = await callApi(requestOf(target.baseUrl, call), target, ports, signal);
  return {
    ...facts,
    origin: target.origin,
    durationMs: delivery.result.course.timings.total,
    ...answered(delivery, ports.clock.now()),
  };
}

type Answered = Pick<CallResult, 'outcome' | 'status' | 'requestId' | 'data' | 'text' | 'paging' | 'problem'>;

function answered({ result, timeoutSeconds, target }: Delivery, now: Date): Answered {
  const redact = redactor(target.key);
  if (result.kind === 'answer')
    return { ...ofAnswer(result, target, redact, now), text: redactedJson(result.body, redact) };
  const problem = inWords(problemWithoutResponse(result, timeoutSeconds, redact), target.environment);
  return {
    outcome: 'unanswered',
    problem,
    ...('status' in result ? { status: result.status } : {}),
  };
}

function ofAnswer(
  raw: Extract<HttpEnd, { kind: 'answer' }>,
  { environment, origin }: Target,
  redact: (text: string) => string,
  now: Date,
): Answered {
  const answer = classifyData(raw, redact);
  const { status } = raw;
  if (answer.kind === 'data')
    return { outcome: 'answered', status, data: answer.data, paging: answer.paging };
  const location = raw.location === undefined ? undefined : redact(raw.location);
  const problem = inWords(
    problemOf(answer, status, { location, origin, wait: waitOf(raw.retryAfter, now) }),
    environment,
  );
  if (answer.kind !== 'envelope') return { outcome: 'unexpected', status, problem };
  const { requestId } = answer.envelope;
  return {
    outcome: status >= 400 ? 'rejected' : 'unexpected',
    status,
    ...(requestId === undefined ? {} : { requestId }),
    problem,
  };
}

function problemOf(
  answer: Exclude<DataAnswer, { kind: 'data' }>,
  status: number,
  { location, origin, wait }: Pick<RawAnswer, 'location' | 'wait'> & { readonly origin: string },
): SentProblem {
  switch (answer.kind) {
    case 'envelope': {
      const { requestId, error } = answer.envelope;
      const { code, message } = error;
      return {
        kind: 'envelope',
        arguments: { code, message, status, requestId, detail: undefined, missing: [], wait },
        pointer: '',
      };
    }
    case 'redirect':
      return {
        kind: 'redirect',
        arguments: { status, location, host: otherHost(location, origin) },
        pointer: '',
      };
    case 'not-json':
    case 'not-data':
      return { kind: answer.kind, arguments: { status }, pointer: '' };
    case 'http-status': {
      const { message: said = '' } = answer.said ?? {};
      return { kind: 'http-status', arguments: { status, said, wait }, pointer: '' };
    }
  }
}

function invalidParameter(message: string): CallProblem {
  return { code: 'parameter', message, guidance: [], docs: DOCUMENTATION.introduction, fixes: [] };
}

function inWords(problem: SentProblem, environment: Environment): CallProblem {
  const { message, guidance } = readWordsOf(problem, { environment });
  return {
    code: codeOf(problem),
    message,
    guidance,
    docs: documentationOf(problem),
    fixes: readFixes(problem, { environment }),
  };
}
