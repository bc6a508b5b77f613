import type { Environment } from '../core/environments/environment';
import { keyInFile } from '../core/validate/keyInFile';
import { readyOf, type ReadyDraft } from './bodies';
import { isConfirmed } from './confirmation';
import { deliver } from './deliver';
import { isSendable, readDrafts, type SendableDraft, type SendItem, type UnreadableFile } from './drafts';
import { inPool } from './pool';
import { perDocument } from './perDocument';
import type { SendPorts } from './ports';
import { Reporter, type SentReport } from './reporter';
import { resolveTarget, type Target } from './target';

export interface SendOptions {
  /** Before a request leaves, it is then `cancelled`; after, `unanswered`. */
  readonly signal: AbortSignal;
  readonly onTarget?: (target: Target, count: number) => void;
  readonly onReport?: (report: SentReport) => void;
}

export interface SendResult {
  /** In the order of the files, and of the requests in each. */
  readonly reports: readonly SentReport[];
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Sends the requests of files: read and check them, find out where they go and with which key, ask
 * where that is prod, write down and send those that nothing speaks against, and report each with its
 * problems in place.
 * Each request is sent once at most. Never rejects for what a file, a setting or a server holds.
 */
export async function sendInvoices(
  items: readonly SendItem[],
  environment: Environment,
  ports: SendPorts,
  options: SendOptions,
): Promise<SendResult> {
  const reporter = new Reporter(environment, ports);
  const { drafts, unreadable } = await readDrafts(items, ports.files, reporter.context);
  const sendable = drafts.filter(isSendable);
  const sent = new Map<unknown, SentReport>();
  if (sendable.length > 0) {
    const reports = await sendChecked(sendable, environment, ports, reporter, options);
    sendable.forEach((draft, place) => {
      const report = reports[place];
      if (report) sent.set(draft, report);
    });
  }
  return { reports: drafts.map((draft) => sent.get(draft) ?? reporter.invalid(draft)), unreadable };
}

async function sendChecked(
  drafts: readonly SendableDraft[],
  environment: Environment,
  ports: SendPorts,
  reporter: Reporter,
  options: SendOptions,
): Promise<SentReport[]> {
  if (!ports.consent.isTrusted()) {
    const obstacle = { kind: 'untrusted-workspace', arguments: {}, pointer: '' } as const;
    return drafts.map((draft) => reporter.blocked(draft, obstacle, undefined));
  }

  const resolution = await resolveTarget(environment, ports);
  if (!resolution.ok)
    return drafts.map((draft) => reporter.blocked(draft, resolution.obstacle, resolution.origin));
  const { target } = resolution;

  const { variables } = reporter.context;
  const leaksIn = perDocument((document) =>
    target.key ? keyInFile(document, target.key, environment, variables) : [],
  );
  const checked = drafts.map((draft) => {
    const { ready, problems } = readyOf(draft, reporter.context, ports);
    return { ready, problems: [...leaksIn(draft.document), ...problems] };
  });
  const safe = checked.flatMap(({ ready, problems }) => (problems.length === 0 ? [ready] : []));
  const reports = (await isConfirmed(safe, target, ports, reporter.context))
    ? await deliverAll(safe, target, ports, reporter, options)
    : safe.map((draft) =>
        reporter.blocked(draft, { kind: 'not-confirmed', arguments: {}, pointer: '' }, target.origin),
      );
  await noteAccepted(reports, target, ports);
  const byDraft = new Map(safe.map((draft, place) => [draft, reports[place]]));
  return checked.map(({ ready, problems }) => {
    if (problems.length > 0) return reporter.invalid({ ...ready, problems: [] }, problems);
    return byDraft.get(ready) ?? reporter.notSent(ready, 'blocked', target.origin);
  });
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

async function deliverAll(
  drafts: readonly ReadyDraft[],
  target: Target,
  ports: SendPorts,
  reporter: Reporter,
  { signal, onTarget, onReport }: SendOptions,
): Promise<(SentReport | undefined)[]> {
  onTarget?.(target, drafts.length);
  return inPool(
    drafts,
    ports.settings.concurrency(),
    async (draft) => {
      if (signal.aborted) return reporter.notSent(draft, 'cancelled', target.origin);
      const report = await deliver(draft, target, ports, reporter, signal);
      onReport?.(report);
      return report;
    },
    isRefusedForAll,
  );
}

/** A key that is refused once is refused for every other request. */
function isRefusedForAll({ report: { status } }: SentReport): boolean {
  return status === 401 || status === 403;
}
