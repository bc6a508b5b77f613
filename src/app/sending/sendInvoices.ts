import type { Environment } from '../../core/environments/environment';
import type { Problem, SendingProblems } from '../../core/problems/problem';
import { stopOf } from '../../core/report/report';
import { bodyOf, ResolvedIds } from '../requests/bodies';
import type { Approvals } from './approvals';
import { isConfirmed } from './confirmation';
import {
  readDrafts,
  type AbsentRequest,
  type SendItem,
  type UnreadableFile,
  requestContext,
} from '../requests/drafts';
import { keysToFind, withLeaks } from '../requests/leaks';
import { inPool } from '../requests/pool';
import type { SendPorts } from '../ports';
import { NOTHING_STORED, withKey } from '../keys/storedKeys';
import { Reporter } from './reporter';
import type { SentReport } from '../outcomes/sentReport';
import { resolveTarget, type Resolution, type Target } from '../api/target';
import { waitingOf, withBody, type ReadyDraft, type WaitingDraft } from '../requests/waitingDraft';
import { CREATE_INVOICE } from '../../core/contract/endpoints';
import { endpointUrl } from '../../core/environments/baseUrl';
import { callApi } from '../api/callApi';

export interface SendOptions {
  /** Before a request leaves, it is then `cancelled`; after, `unanswered`. */
  readonly signal: AbortSignal;
  /** Of the window, where a person started this send; without them, a person is asked about it. */
  readonly approvals?: Approvals | undefined;
  /** Of a request that was sent before: the origin that it went to then. */
  readonly earlierOrigin?: string | undefined;
  /** All that was asked for and is there, before any report. */
  readonly onDrafts?: (drafts: readonly { readonly uri: string; readonly index: number }[]) => void;
  /** Before the first of `count` requests leaves. */
  readonly onTarget?: (target: Target, count: number) => void;
  /** Each report as it is there, with its place among all of them. */
  readonly onReport?: (report: SentReport, place: number) => void;
}

export interface SendResult {
  /** In the order of the files, and of the requests in each. */
  readonly reports: readonly SentReport[];
  readonly unreadable: readonly UnreadableFile[];
  readonly absent: readonly AbsentRequest[];
}

/** What the steps of one send share. */
interface Sending {
  readonly environment: Environment;
  readonly ports: SendPorts;
  readonly reporter: Reporter;
  readonly options: SendOptions;
  /** Where the requests go, where that is known already. */
  readonly resolution: Resolution | undefined;
  readonly settle: (draft: { readonly place: number }, report: SentReport) => void;
}

/** What keeps a request from being sent. */
type Obstacle = Problem<keyof SendingProblems | 'connection'>;

/**
 * Sends the requests of files: read and check them, find out where they go and with which key, ask
 * a person, write down and send those that nothing speaks against, and report each with its
 * problems in place.
 * Each request is sent once at most. Never rejects for what a file, a setting or a server holds.
 */
export async function sendInvoices(
  items: readonly SendItem[],
  environment: Environment,
  ports: SendPorts,
  options: SendOptions,
): Promise<SendResult> {
  const { waiting, total, sending, reports, unreadable, absent } = await prepare(
    items,
    environment,
    ports,
    options,
  );
  if (waiting.length > 0) await sendChecked(waiting, total, sending);
  return {
    reports: [...reports].sort(([a], [b]) => a - b).map(([, report]) => report),
    unreadable,
    absent,
  };
}

/** Reads and checks what is to be sent, and reports what has errors. The documents are not kept. */
async function prepare(
  items: readonly SendItem[],
  environment: Environment,
  ports: SendPorts,
  options: SendOptions,
) {
  const context = requestContext(environment, ports);
  const isTrusted = ports.consent.isTrusted();
  // A server of our own is not started for requests that are not sent.
  const isThere = environment !== 'sandbox' || ports.sandbox.isRunning();
  const [{ drafts: read, unreadable, absent }, known, resolution] = await Promise.all([
    readDrafts(items, ports.files, context),
    isTrusted ? ports.keys.readAll() : NOTHING_STORED,
    isTrusted && isThere ? resolveTarget(environment, ports) : undefined,
  ]);
  const key = resolution?.ok ? resolution.target.key : undefined;
  const stored = key && environment !== 'sandbox' ? withKey(known, environment, key) : known;
  const drafts = withLeaks(read, keysToFind(stored, environment), context.variables);
  const reporter = new Reporter(context, stored, ports.clock);
  options.onDrafts?.(drafts);
  const reports = new Map<number, SentReport>();
  const settle: Sending['settle'] = ({ place }, report) => {
    reports.set(place, report);
    options.onReport?.(report, place);
  };
  const waiting = waitingOf(drafts, (draft, place) => settle({ place }, reporter.invalid(draft)));
  const sending: Sending = { environment, ports, reporter, options, resolution, settle };
  return { waiting, total: drafts.length, sending, reports, unreadable, absent };
}

/** `total`: how many requests there are, with those that have errors. */
async function sendChecked(drafts: readonly WaitingDraft[], total: number, sending: Sending): Promise<void> {
  const { environment, ports, reporter, settle } = sending;
  const block = (all: readonly WaitingDraft[], obstacle: Obstacle, origin?: string) => {
    for (const [draft, report] of reporter.allBlocked(all, obstacle, origin)) settle(draft, report);
  };
  if (!ports.consent.isTrusted()) {
    block(drafts, { kind: 'untrusted-workspace', arguments: {}, pointer: '' });
    return;
  }

  const resolution = sending.resolution ?? (await resolveTarget(environment, ports));
  if (!resolution.ok) {
    block(drafts, resolution.obstacle, resolution.origin);
    return;
  }
  const { target } = resolution;

  const ready: ReadyDraft[] = [];
  const ids = new ResolvedIds();
  // Asked for once, by the first request that has the placeholder: it can start a listener.
  let webhookUrl: Promise<string | undefined> | undefined;
  for (const draft of drafts) {
    let resolved = bodyOf(draft, reporter.context, ports, await webhookUrl);
    if (resolved.lacksWebhookUrl && !webhookUrl) {
      webhookUrl = ports.webhookUrl(environment);
      resolved = bodyOf(draft, reporter.context, ports, await webhookUrl);
    }
    const { body, strings, problems } = resolved;
    const repeated = problems.length === 0 ? ids.repeated(draft, resolved) : undefined;
    if (repeated) settle(draft, reporter.invalid(draft, [repeated]));
    else if (problems.length === 0) ready.push(withBody(draft, body, strings));
    else settle(draft, reporter.invalid(draft, problems));
  }
  if (ready.length === 0) return;
  const invalid = total - ready.length;
  const { approvals, earlierOrigin } = sending.options;
  if (
    await isConfirmed({ drafts: ready, invalid, target, approvals, earlierOrigin }, ports, reporter.context)
  )
    await deliverAll(ready, target, sending);
  else for (const draft of ready) settle(draft, reporter.declined(draft, target.origin));
}

async function deliverAll(
  drafts: readonly ReadyDraft[],
  target: Target,
  { ports, reporter, options: { signal, onTarget }, settle }: Sending,
): Promise<void> {
  const isStopped = signal.aborted;
  const tell = () => onTarget?.(target, drafts.length);
  const batch = drafts.length > 1 ? ports.random.uuid() : undefined;
  if (isStopped) tell();
  const sending = inPool(
    drafts,
    ports.settings.concurrency(),
    async (draft) => {
      const report = signal.aborted
        ? reporter.cancelled(draft, target.origin)
        : await deliver(draft, batch, target, ports, reporter, signal);
      settle(draft, report);
      return report;
    },
    ({ report }) => stopOf(report) !== undefined,
  );
  // The first requests are on their way to the disk: who listens does not hold them up.
  if (!isStopped) tell();
  const results = await sending;
  await noteAccepted(results, target, ports);
  const last = results.find((result) => result && stopOf(result.report) !== undefined);
  if (!last) return;
  const obstacle = obstacleAfter(last, target.environment);
  const rest = drafts.filter((_, place) => !results[place]);
  for (const [draft, report] of reporter.allBlocked(rest, obstacle, target.origin)) settle(draft, report);
}

/** What keeps the rest from being sent after a response that holds for all. */
function obstacleAfter({ report, anchored }: SentReport, environment: Environment): Obstacle {
  if (stopOf(report) === 'key-refused') {
    const code = report.problems[0]?.code ?? '';
    return { kind: 'key-refused', arguments: { environment, code }, pointer: '' };
  }
  const waits = anchored.map(({ problem: { arguments: said } }) => ('wait' in said ? said.wait : undefined));
  return { kind: 'rate-limited', arguments: { wait: waits.find((wait) => wait) }, pointer: '' };
}

/** A key that has brought an invoice works: if it is refused later, it was deactivated. */
async function noteAccepted(
  reports: readonly (SentReport | undefined)[],
  { environment, keyDates }: Target,
  { keys, clock }: SendPorts,
): Promise<void> {
  if (keyDates && reports.some((sent) => sent?.report.outcome === 'created'))
    await keys.accepted(environment, keyDates.storedAt, clock.now());
}

/** Sends one request, once: written down before it leaves, and again with what came of it. */
async function deliver(
  draft: ReadyDraft,
  batch: string | undefined,
  target: Target,
  ports: SendPorts,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<SentReport> {
  const { uri, index, body } = draft;
  const { environment, origin } = target;
  const { method, path } = CREATE_INVOICE;
  const url = endpointUrl(target.baseUrl, path);
  const begun = ports.journal.begin({ uri, index, environment, ...(batch && { batch }), url, body });
  const writeDown = await unlessStopped(begun, signal);
  if (!writeDown) {
    const sent = reporter.cancelled(draft, origin);
    // Who stops a request does not wait for a slow disk.
    void begun.then((write) => write(sent));
    return sent;
  }
  const sent = reporter.answered(draft, await callApi({ method, url, body }, target, ports, signal));
  await writeDown(sent);
  return sent;
}

/** `undefined` as soon as the signal says so. */
function unlessStopped<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    if (signal.aborted) stop();
    // One of its own: many requests of a send wait at once, and a signal with more than ten listeners is taken for a leak.
    const own = AbortSignal.any([signal]);
    own.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => own.removeEventListener('abort', stop));
  });
}
