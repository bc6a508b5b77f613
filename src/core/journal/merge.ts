import { invoiceMayExist, type Outcome } from '../report/report';
import { WEBHOOK_BOUNDS } from '../webhook/webhook';
import type { AnsweredSummary, SentSummary, Summary, WebhookSummary } from './summary';

/** Where a line stands, in bytes. */
export interface Place {
  readonly file: string;
  readonly offset: number;
  /** Without the line break. */
  readonly length: number;
}

export interface PlacedSummary {
  readonly place: Place;
  /** The run of the extension that wrote it. */
  readonly session: string;
  readonly summary: Summary;
}

/** A line that this release cannot read. */
interface UnknownLine {
  readonly place: Place;
  readonly session: string | undefined;
}

/** One file of the journal. */
export interface JournalPart {
  readonly name: string;
  /** Nobody appends to it any longer. */
  readonly isSealed: boolean;
  /** In the order of the lines. */
  readonly records: readonly PlacedSummary[];
  readonly unknown: readonly UnknownLine[];
}

/** `lost`: the session ended before the response came, and nobody has been told yet. `settled`: somebody has. */
type EntryState = 'in-flight' | 'lost' | 'settled' | 'answered';

/** One send. */
export interface HistoryEntry extends SentSummary {
  readonly order: number;
  readonly state: EntryState;
  readonly answer?: AnsweredSummary;
  /** Somebody has been told of it who needs to be told no more, though it was answered. */
  readonly isSettled?: boolean;
  readonly places: { readonly sent: Place; readonly answered?: Place };
}

interface PlacedSent {
  readonly summary: SentSummary;
  readonly place: Place;
  readonly session: string;
  readonly order: number;
}

interface PlacedAnswer {
  readonly summary: AnsweredSummary;
  readonly place: Place;
}

/** The sends of all sessions, newest first. One of which nothing is new is the same object as the last time. */
export function merge(parts: readonly JournalPart[], isEnded: (session: string) => boolean): HistoryEntry[] {
  const sent = new Map<string, PlacedSent>();
  const answered = new Map<string, PlacedAnswer>();
  const settled = new Set<string>();
  const deleted = deletedIn(parts);
  const newestOf = new Map<string, number>();
  for (const { records } of parts) {
    for (const { place, session, summary } of records) {
      if (summary.kind === 'answered') answered.set(summary.id, { summary, place });
      else if (summary.kind === 'settled') settled.add(summary.id);
      else if (summary.kind === 'sent') {
        // An earlier release kept the time alone. Its session wrote the later line later, whatever its clock said.
        const order = summary.order ?? Math.max(Date.parse(summary.at), newestOf.get(session) ?? 0);
        newestOf.set(session, order);
        sent.set(summary.id, { summary, place, session, order });
      }
    }
  }
  const found: HistoryEntry[] = [];
  for (const [id, request] of sent) {
    if (deleted.has(id)) continue;
    const answer = answered.get(id);
    const isSettled = settled.has(id);
    const open = !isEnded(request.session) ? 'in-flight' : isSettled ? 'settled' : 'lost';
    found.push(entryOf(request, answer, answer ? 'answered' : open, answer !== undefined && isSettled));
  }
  return newestFirst(found);
}

/** What was made of each request last: most stay as they are from one look to the next. */
const entries = new WeakMap<SentSummary, HistoryEntry>();

function entryOf(
  { summary, place, order }: PlacedSent,
  answer: PlacedAnswer | undefined,
  state: EntryState,
  isSettled: boolean,
): HistoryEntry {
  const before = entries.get(summary);
  const isSame =
    before?.order === order &&
    before.state === state &&
    (before.isSettled ?? false) === isSettled &&
    before.places.sent === place &&
    before.places.answered === answer?.place;
  if (isSame) return before;
  const entry: HistoryEntry = {
    ...summary,
    order,
    state,
    ...(answer ? { answer: answer.summary } : {}),
    ...(isSettled ? { isSettled } : {}),
    places: { sent: place, ...(answer ? { answered: answer.place } : {}) },
  };
  entries.set(summary, entry);
  return entry;
}

/** Some of all sends and webhooks, by their ids. */
type Ids = Pick<ReadonlySet<string>, 'has'>;

/** The sends that were deleted, whether they still stand in a file or not. */
export function deletedIn(parts: readonly JournalPart[]): Ids {
  return idsIn(parts, 'deleted');
}

/** The sends that records of some kinds are about. */
export function idsIn(parts: readonly JournalPart[], ...kinds: readonly Summary['kind'][]): Ids {
  const sets = parts.flatMap(({ records }) => {
    const byKind = idsByKind(records);
    return kinds.flatMap((kind) => byKind.get(kind) ?? []);
  });
  return { has: (id) => sets.some((set) => set.has(id)) };
}

type IdsByKind = ReadonlyMap<Summary['kind'], ReadonlySet<string>>;

/** A file can hold a hundred thousand records, and most files stay as they are from one look to the next. */
const known = new WeakMap<JournalPart['records'], IdsByKind>();

function idsByKind(records: JournalPart['records']): IdsByKind {
  const before = known.get(records);
  if (before) return before;
  const byKind = new Map<Summary['kind'], Set<string>>();
  for (const { summary } of records) {
    const ids = byKind.get(summary.kind) ?? new Set();
    if (ids.size === 0) byKind.set(summary.kind, ids);
    ids.add(summary.id);
  }
  known.set(records, byKind);
  return byKind;
}

/** Of two with the same order the one that stands later in the files is the newer one. */
function newestFirst(entries: HistoryEntry[]): HistoryEntry[] {
  return entries.reverse().sort((a, b) => b.order - a.order);
}

/**
 * The sends of which nobody knows whether there is an invoice, newest first, whatever the cause: one without an end,
 * without a whole response, or with one that says neither. None that was settled, or whose `external_id` was sent to the
 * same environment since, and created.
 */
export function uncertainIn(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const uncertain = new Set(entries.filter(isUncertain));
  // The other orders, most of all, need not be told apart.
  const ids = new Set(Array.from(uncertain, ({ request }) => request.externalId));
  const known = new Set<string>();
  return entries.filter((entry) => {
    const { answer, environment } = entry;
    const { externalId } = entry.request;
    if (externalId === undefined || !ids.has(externalId)) return uncertain.has(entry);
    const order = `${environment} ${externalId}`;
    const isNews = uncertain.has(entry) && !known.has(order);
    if (mayHaveInvoice(entry) || answer?.outcome === 'created') known.add(order);
    return isNews;
  });
}

function mayHaveInvoice({ answer, state }: HistoryEntry): boolean {
  return answer ? invoiceMayExist(answer.outcome, answer.code) : state !== 'in-flight';
}

function isUncertain(entry: HistoryEntry): boolean {
  return mayHaveInvoice(entry) && entry.state !== 'settled' && !entry.isSettled;
}

/** The sends whose end is not known, and of the others as many as the limit says. */
export function capped(entries: readonly HistoryEntry[], limit: number): HistoryEntry[] {
  let left = limit;
  return entries.filter(({ state }) => state === 'in-flight' || state === 'lost' || left-- > 0);
}

/** What is known of a send: in flight, or how it ended. One whose end nobody knows is unanswered. */
export function outcomeOf({ state, answer }: HistoryEntry): Outcome | 'in flight' {
  return answer?.outcome ?? (state === 'in-flight' ? 'in flight' : 'unanswered');
}

/** Whether a send created an invoice in the sandbox, where a payment can be simulated. */
export function isPayableEntry({ environment, answer }: HistoryEntry): boolean {
  return environment === 'sandbox' && answer?.outcome === 'created' && answer.invoiceId !== undefined;
}

/** Whether a send has every word of a query somewhere in what is known of it; case does not matter. */
export function matches(entry: HistoryEntry, query: string): boolean {
  const { request, answer } = entry;
  const facts = [
    ...[request.externalId, request.amount, request.currency, request.customerId, request.purpose],
    ...[entry.environment, outcomeOf(entry), entry.url, entry.path, entry.at],
    ...[answer?.status, answer?.requestId, answer?.invoiceId, answer?.code, answer?.message],
  ];
  const text = facts
    .filter((fact) => fact !== undefined)
    .join('\n')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** A webhook, and where it and its deliveries stand. */
export interface PlacedWebhook extends WebhookSummary {
  readonly places: { readonly webhook: Place; readonly deliveries: readonly Place[] };
}

/** The webhooks of all sessions, newest first. */
export function webhooksIn(parts: readonly JournalPart[]): PlacedWebhook[] {
  const deleted = deletedIn(parts);
  const found = new Map<string, WebhookSummary & { readonly place: Place }>();
  const deliveries = new Map<string, Place[]>();
  for (const { records } of parts)
    for (const { place, summary } of records) {
      if (summary.kind === 'webhook' && !deleted.has(summary.id))
        found.set(summary.id, { ...summary, place });
      if (summary.kind === 'delivery')
        deliveries.set(summary.id, [...(deliveries.get(summary.id) ?? []), place]);
    }
  return [...found.values()]
    .map(({ place, ...summary }) => ({
      ...summary,
      places: { webhook: place, deliveries: deliveries.get(summary.id) ?? [] },
    }))
    .reverse()
    .sort((a, b) => b.order - a.order);
}

/** Of each trust those that its bound has room for, and no more than the limit says. */
export function cappedWebhooks(webhooks: readonly PlacedWebhook[], limit: number): PlacedWebhook[] {
  const used = {
    verified: { count: 0, bytes: 0 },
    test: { count: 0, bytes: 0 },
    unverified: { count: 0, bytes: 0 },
  };
  return webhooks.filter(({ trust, bytes }) => {
    const [own, bound] = [used[trust], WEBHOOK_BOUNDS[trust]];
    own.count += 1;
    own.bytes += bytes;
    return own.count <= Math.min(bound.count, limit) && own.bytes <= bound.bytes;
  });
}
