import type { AnsweredSummary, SentSummary, Summary } from './summary';

/** Where a line stands, in bytes. */
export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export interface PlacedSummary {
  readonly place: Place;
  readonly summary: Summary;
}

/** One file of the journal, which one session alone writes to: a run of the extension. */
export interface SessionFile {
  readonly name: string;
  readonly session: string;
  /** In the order of the lines. */
  readonly records: readonly PlacedSummary[];
}

/** `lost`: the session ended before the answer came, and nobody has been told yet. `settled`: somebody has. */
export type EntryState = 'in-flight' | 'lost' | 'settled' | 'answered';

/** One send. */
export interface HistoryEntry extends SentSummary {
  readonly state: EntryState;
  readonly answer?: AnsweredSummary;
  readonly places: { readonly sent: Place; readonly answered?: Place };
}

/** The sends of all sessions, newest first: those whose end is not known, and of the others as many as the limit says. */
export function merge(
  files: readonly SessionFile[],
  limit: number,
  isEnded: (session: string) => boolean,
): HistoryEntry[] {
  const sent = new Map<string, { summary: SentSummary; place: Place; session: string }>();
  const answered = new Map<string, { summary: AnsweredSummary; place: Place }>();
  const settled = new Set<string>();
  const deleted = deletedIn(files);
  for (const { session, records } of files) {
    for (const { place, summary } of records) {
      if (summary.kind === 'sent') sent.set(summary.id, { summary, place, session });
      else if (summary.kind === 'answered') answered.set(summary.id, { summary, place });
      else if (summary.kind === 'settled') settled.add(summary.id);
    }
  }
  const entries = [...sent.values()].flatMap(({ summary, place, session }): HistoryEntry[] => {
    if (deleted.has(summary.id)) return [];
    const answer = answered.get(summary.id);
    if (answer) {
      const places = { sent: place, answered: answer.place };
      return [{ ...summary, state: 'answered', answer: answer.summary, places }];
    }
    const state = !isEnded(session) ? 'in-flight' : settled.has(summary.id) ? 'settled' : 'lost';
    return [{ ...summary, state, places: { sent: place } }];
  });
  return capped(newestFirst(entries), limit);
}

/** The sends that were deleted, whether they still stand in a file or not. */
export function deletedIn(files: readonly SessionFile[]): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ records }) =>
      records.flatMap(({ summary }) => (summary.kind === 'deleted' ? [summary.id] : [])),
    ),
  );
}

/** Of two at the same time the one that was written down later is the newer one. */
function newestFirst(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return entries
    .map((entry, place) => ({ entry, place, time: Date.parse(entry.at) }))
    .sort((a, b) => b.time - a.time || b.place - a.place)
    .map(({ entry }) => entry);
}

function capped(entries: readonly HistoryEntry[], limit: number): HistoryEntry[] {
  let left = limit;
  return entries.filter(({ state }) => state === 'in-flight' || state === 'lost' || left-- > 0);
}
