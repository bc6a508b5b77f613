import { URI } from 'vscode-uri';
import { anchorRequest } from '../core/document/requestAnchor';
import type { SentRequest } from '../core/document/sentValues';
import type { Environment } from '../core/environments/environment';
import type { FixContext } from '../core/fixes/fix';
import { anchor, type AnchoredProblem } from '../core/problems/anchor';
import type { Problem, SentProblem } from '../core/problems/problem';
import type { Exchange } from '../core/report/exchange';
import { reportProblem, type Outcome, type Report } from '../core/report/report';
import { classify } from '../core/response/answer';
import { problemsOf } from '../core/response/problems';
import type { ValidationContext } from '../core/validate/validate';
import type { Draft, SendableDraft } from './drafts';
import { exchangeOf, type Delivery } from './delivery';
import type { HttpEnd, SendPorts } from './ports';
import { redactor } from './redactor';

/** A report, and its problems from sending tied to the text that they are about. */
export interface SentReport {
  readonly uri: string;
  readonly report: Report;
  readonly anchored: readonly AnchoredProblem[];
  /** What went over the wire; absent where nothing was sent. */
  readonly exchange?: Exchange;
  /** The request as it was sent; absent where the text had none. */
  readonly request?: SentRequest;
}

type Facts = Partial<Omit<Report, 'file' | 'index' | 'environment' | 'outcome' | 'problems'>>;

/** Writes the reports of one send. */
export class Reporter {
  readonly context: ValidationContext & FixContext;
  readonly #now: () => Date;

  constructor(
    private readonly environment: Environment,
    { settings, random, clock }: Pick<SendPorts, 'settings' | 'random' | 'clock'>,
  ) {
    this.#now = () => clock.now();
    this.context = {
      environment,
      variables: settings.variables(environment),
      defaultUrls: settings.defaultUrls(),
      newId: random.uuid,
    };
  }

  /** The document has errors, `found` those that show only when it is to be sent. */
  invalid(draft: Draft, found: readonly Problem[] = []): SentReport {
    return this.#report(draft, 'invalid', {}, found);
  }

  /** Something else keeps it from being sent. */
  blocked(draft: SendableDraft, obstacle: SentProblem, origin: string | undefined): SentReport {
    const outcome = obstacle.kind === 'connection' ? 'unanswered' : 'blocked';
    const problem = { ...obstacle, pointer: draft.request.pointer };
    return this.#report(draft, outcome, origin === undefined ? {} : { origin }, [problem]);
  }

  /** It was not its turn before the send was over. */
  notSent(draft: SendableDraft, outcome: 'cancelled' | 'blocked', origin: string): SentReport {
    return this.#report(draft, outcome, { origin }, []);
  }

  answered(draft: SendableDraft, delivery: Delivery): SentReport {
    const redact = redactor(delivery.target.key);
    return { ...this.#answered(draft, delivery, redact), exchange: exchangeOf(delivery, redact) };
  }

  #answered(draft: SendableDraft, delivery: Delivery, redact: (text: string) => string): SentReport {
    const { target, request, result } = delivery;
    const sent: Facts = {
      origin: target.origin,
      at: delivery.at.toISOString(),
      durationMs: result.course.timings.total,
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    const { pointer } = draft.request;
    const unanswered = (problem: SentProblem, facts: Facts = {}) =>
      this.#report(draft, 'unanswered', { ...sent, ...facts }, [problem]);
    switch (result.kind) {
      case 'answer':
        return this.#answer(draft, sent, result, redact, target.keyDates?.acceptedAt);
      case 'never-left':
      case 'reset':
        return unanswered({
          kind: 'connection',
          arguments: { reason: result.kind, detail: redact(result.detail) },
          pointer,
        });
      case 'stopped':
        return unanswered({ kind: 'connection', arguments: { reason: 'stopped', detail: '' }, pointer });
      case 'timeout':
        return unanswered({ kind: 'timeout', arguments: { seconds: delivery.timeoutSeconds }, pointer });
      case 'short':
      case 'too-large':
        return unanswered(
          { kind: 'truncated', arguments: { reason: result.kind }, pointer },
          { status: result.status },
        );
    }
  }

  #answer(
    draft: SendableDraft,
    sent: Facts,
    raw: Extract<HttpEnd, { kind: 'answer' }>,
    redact: (text: string) => string,
    keyAcceptedAt: string | undefined,
  ): SentReport {
    const answer = classify(raw, redact);
    const location = raw.location === undefined ? undefined : redact(raw.location);
    const problems = problemsOf(
      answer,
      { ...raw, location, origin: sent.origin, keyAcceptedAt },
      draft.document,
      draft.request,
    );
    const facts = { ...sent, status: raw.status };
    switch (answer.kind) {
      case 'invoice':
        return this.#report(draft, 'created', { ...facts, invoice: answer.invoice }, problems);
      case 'envelope': {
        const { requestId, error } = answer.envelope;
        const outcome = raw.status >= 400 ? 'rejected' : 'unexpected';
        return this.#report(
          draft,
          outcome,
          { ...facts, ...(requestId ? { requestId } : {}), error },
          problems,
        );
      }
      default:
        return this.#report(draft, 'unexpected', facts, problems);
    }
  }

  #report(draft: Draft, outcome: Outcome, facts: Facts, sent: readonly Problem[]): SentReport {
    const { uri, index, document, request } = draft;
    const strings = facts.body === undefined ? [] : (draft.strings ?? []);
    // What the send ran into matters more than what the check of the text supposed before.
    const problems: readonly Problem[] = [...sent, ...draft.problems];
    return {
      uri,
      report: {
        file: fileOf(uri),
        index,
        environment: this.environment,
        at: this.#now().toISOString(),
        ...facts,
        outcome,
        problems: problems.map((problem) => reportProblem(problem, document, this.context)),
      },
      anchored: request ? sent.map((problem) => anchor(problem, document, request)) : [],
      ...(request ? { request: { anchor: anchorRequest(document, request), strings } } : {}),
    };
  }
}

/** The path of a file, as people know it; the URI of anything else. */
export function fileOf(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : uri;
}
