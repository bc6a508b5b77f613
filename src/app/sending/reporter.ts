import { INVOICE_FIELDS } from '../../core/contract/wire';
import { requestAt } from '../../core/document/document';
import { anchorRequest } from '../../core/document/requestAnchor';
import type { AnchoredRequest } from '../../core/document/requestIdentity';
import { anchor } from '../../core/problems/anchor';
import type { Problem, SentProblem } from '../../core/problems/problem';
import type { Outcome, Report } from '../../core/report/report';
import { reportProblem } from '../../core/report/reportProblem';
import { classify } from '../../core/response/answer';
import { cutJson, isTooLarge } from '../../core/response/cutJson';
import type { JsonObject } from '../../core/json';
import { problemsOf } from '../../core/response/problems';
import { waitOf } from '../../core/contract/retryAfter';
import type { Draft, RequestContext } from '../requests/drafts';
import { WaitingDraft } from '../requests/waitingDraft';
import { problemWithoutResponse, type Delivery } from '../api/callApi';
import { withKey } from '../keys/storedKeys';
import { Exchanges } from '../api/exchanges';
import type { Target } from '../api/target';
import { fileOf, type SentReport } from '../outcomes/sentReport';
import type { Clock, HttpEnd, StoredKeys } from '../ports';

type Facts = Partial<Omit<Report, 'file' | 'index' | 'environment' | 'outcome' | 'problems'>>;

/** Writes the reports of one send. No key that is stored gets into one, though it stands in the file. */
export class Reporter {
  /** Of the one target of the send. */
  #exchanges: Exchanges | undefined;

  constructor(
    readonly context: RequestContext,
    private readonly stored: StoredKeys,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** The document has errors, `found` those that show only when it is to be sent. */
  invalid(draft: Draft, found: readonly Problem[] = []): SentReport {
    return this.#report(draft, 'invalid', {}, found);
  }

  /** Something else keeps it from being sent. */
  blocked(draft: WaitingDraft, obstacle: SentProblem, origin: string | undefined): SentReport {
    const problem = { ...obstacle, pointer: draft.pointer };
    return this.#report(draft, 'blocked', origin === undefined ? {} : { origin }, [problem]);
  }

  /** The same keeps all of these from being sent: each report has it, and it is shown at the first request alone. */
  *allBlocked<Waiting extends WaitingDraft>(
    drafts: Iterable<Waiting>,
    obstacle: SentProblem,
    origin: string | undefined,
  ): Generator<[Waiting, SentReport]> {
    let isShown = false;
    for (const draft of drafts) {
      const report = this.blocked(draft, obstacle, origin);
      yield [draft, isShown ? { ...report, anchored: [] } : report];
      isShown = true;
    }
  }

  /** It was stopped before it was its turn. */
  cancelled(draft: WaitingDraft, origin: string): SentReport {
    return this.#report(draft, 'cancelled', { origin }, []);
  }

  /** A person said no to it. */
  declined(draft: WaitingDraft, origin: string): SentReport {
    return { ...this.cancelled(draft, origin), isDeclined: true };
  }

  /** A response that cannot be read for a fault of ours is this report's problem, and nobody else's. */
  answered(draft: WaitingDraft, delivery: Delivery): SentReport {
    const { target } = delivery;
    const exchanges = this.#exchangesOf(target);
    try {
      return {
        ...this.#answered(draft, delivery, exchanges.redact),
        exchange: exchanges.of(delivery),
      };
    } catch (error) {
      return this.#unread(draft, delivery, exchanges.redact(String(error)));
    }
  }

  /** What comes back may hold the target's own key, which is not stored where it is the sandbox's. */
  #exchangesOf({ environment, key }: Target): Exchanges {
    return (this.#exchanges ??= new Exchanges(
      key,
      key ? withKey(this.stored, environment, key).redact : this.stored.redact,
    ));
  }

  #unread(draft: WaitingDraft, delivery: Delivery, fault: string): SentReport {
    const { status } = delivery.result.course.received ?? {};
    const facts = { ...this.#sent(delivery), ...(status === undefined ? {} : { status }) };
    const { pointer } = draft;
    return this.#report(draft, 'unexpected', facts, [
      { kind: 'unreadable', arguments: { status, fault }, pointer },
    ]);
  }

  #sent({ target, request, at, result }: Delivery): Facts {
    return {
      origin: target.origin,
      at: at.toISOString(),
      durationMs: result.course.timings.total,
      ...(request.body === undefined ? {} : { body: request.body }),
    };
  }

  #answered(draft: WaitingDraft, delivery: Delivery, redact: (text: string) => string): SentReport {
    const { target, result, timeoutSeconds } = delivery;
    const sent = this.#sent(delivery);
    if (result.kind === 'answer')
      return this.#answer(draft, sent, result, redact, target.keyDates?.acceptedAt);
    if (result.kind === 'cancelled') return this.cancelled(draft, target.origin);
    const problem = problemWithoutResponse(result, timeoutSeconds, redact);
    if (result.kind === 'never-left') return this.blocked(draft, problem, target.origin);
    const facts = 'status' in result ? { ...sent, status: result.status } : sent;
    return this.#report(draft, 'unanswered', facts, [{ ...problem, pointer: draft.pointer }]);
  }

  #answer(
    draft: WaitingDraft,
    sent: Facts,
    raw: Extract<HttpEnd, { kind: 'answer' }>,
    redact: (text: string) => string,
    keyAcceptedAt: string | undefined,
  ): SentReport {
    const answer = classify(raw, redact);
    const location = raw.location === undefined ? undefined : redact(raw.location);
    const wait = waitOf(raw.retryAfter, this.clock.now());
    const problems = problemsOf(
      answer,
      { ...raw, location, origin: sent.origin, keyAcceptedAt, wait },
      draft,
    );
    const facts = { ...sent, status: raw.status };
    switch (answer.kind) {
      case 'invoice':
        return this.#report(
          draft,
          'created',
          { ...facts, invoice: this.#shortInvoice(answer.invoice) },
          problems,
        );
      case 'envelope': {
        const { requestId, error } = answer.envelope;
        const outcome = raw.status >= 400 ? 'rejected' : 'unexpected';
        return this.#report(
          draft,
          outcome,
          { ...facts, ...(requestId ? { requestId } : {}), error: this.#short(error) },
          problems,
        );
      }
      default:
        return this.#report(draft, 'unexpected', facts, problems);
    }
  }

  /** Whoever called the command, or reads the lines of the CLI, gets it; all of it is in the exchange. */
  #short<Value>(value: Value): Value {
    return isTooLarge(value) ? cutJson(value, this.stored.redact) : value;
  }

  /** What is documented of it stays whole, wherever it stands: half a payment link leads nowhere. */
  #shortInvoice(invoice: JsonObject): JsonObject {
    const short = this.#short(invoice);
    if (short === invoice) return invoice;
    const documented = INVOICE_FIELDS.filter((name) => Object.hasOwn(invoice, name));
    return { ...short, ...Object.fromEntries(documented.map((name) => [name, invoice[name]])) };
  }

  #report(draft: Draft, outcome: Outcome, facts: Facts, sent: readonly Problem[]): SentReport {
    const { uri, index } = draft;
    const strings = facts.body === undefined ? [] : (draft.strings ?? []);
    // What the send ran into matters more than what the check of the text supposed before.
    const tied: readonly Problem[] = [...draft.leaks, ...sent];
    const reported = (problem: Problem) =>
      reportProblem(this.#withoutKeys(problem, draft), draft.document, this.context);
    const problems = [...tied, ...draft.problems].map(reported);
    const own = anchorOf(draft);
    return {
      uri,
      report: {
        file: this.stored.redact(fileOf(uri)),
        index,
        environment: this.context.environment,
        at: this.clock.now().toISOString(),
        ...facts,
        outcome,
        problems,
      },
      anchored: problems.slice(0, tied.length).flatMap((reported, place) => {
        const { document } = draft;
        const problem = tied[place];
        const holder = problem && (requestAt(document, problem.pointer) ?? draft.request);
        if (!holder) return [];
        const anchored = anchor(problem, document, holder, holder === draft.request ? own : undefined);
        return [{ ...anchored, reported }];
      }),
      ...(own ? { request: { anchor: own, strings } } : {}),
    };
  }

  /** What is wrong with a value, or a field that there is not, is said with the value or its name. */
  #withoutKeys(problem: Problem, { leaks }: Draft): Problem {
    if (leaks.length === 0) return problem;
    const given = Object.entries(problem.arguments).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && FROM_THE_TEXT.has(name) ? this.stored.redact(value) : value,
    ]);
    const pointer = this.stored.redact(problem.pointer);
    return { ...problem, arguments: Object.fromEntries(given) as object, pointer } as Problem;
  }
}

function anchorOf(draft: Draft): AnchoredRequest | undefined {
  if (draft instanceof WaitingDraft) return draft.anchor;
  return draft.request && anchorRequest(draft.document, draft.request);
}

/** The arguments of problems that hold what stands in the file. */
const FROM_THE_TEXT: ReadonlySet<string> = new Set(['key', 'field', 'value', 'expression', 'host']);
