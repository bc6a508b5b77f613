import {
  deletedIn,
  idsIn,
  type JournalPart,
  type Place,
  type PlacedSummary,
  type UnknownLine,
} from './merge';
import { encodeRecord, FORMAT } from './record';

/** More files than this are made one, so that looking at the journal stays quick. */
const MANY_FILES = 16;

/** One file to be made of all that nobody appends to. */
export interface Compaction {
  /** Names of the files that it replaces. */
  readonly replaced: readonly string[];
  /** Those of them of which it holds nothing, or only that something is deleted. */
  readonly emptied: readonly string[];
  /** Its lines: new ones with their break, and those to be copied byte by byte. */
  readonly lines: readonly (string | Place)[];
}

/** What is to stay. */
export interface Keeping {
  /** The ids of sends. */
  readonly kept: ReadonlySet<string>;
  /** The ids of sends that are deleted. Where there is no room for a note of that, files go without one. */
  readonly gone?: ReadonlySet<string>;
  /** Lines that cannot be read go as well. Else they stay: a later release may have written them. */
  readonly everything?: boolean;
  readonly isEnded: (session: string) => boolean;
}

/**
 * Leaves out the records of sends that are not kept. `leftovers`: names of files that an earlier compaction has
 * replaced and that are still there.
 */
export function compaction(
  parts: readonly JournalPart[],
  { kept, gone = new Set(), everything = false, isEnded }: Keeping,
  leftovers: readonly string[],
): Compaction {
  const sealed = parts.filter(({ isSealed }) => isSealed);
  const stays = staying(parts, { kept, everything, isEnded });
  const lines: (string | Place)[] = [];
  const emptied: string[] = [];
  let session: string | undefined;
  for (const { name, records, unknown } of sealed) {
    const left = [...records.filter(stays), ...(everything ? [] : unknown)];
    if (left.every((line) => isNoteOf(gone, line))) emptied.push(name);
    for (const line of left.sort((a, b) => a.place.offset - b.place.offset)) {
      if (line.session !== undefined && line.session !== session) {
        session = line.session;
        lines.push(encodeRecord({ kind: 'session', session }));
      }
      put(lines, line.place);
    }
  }
  const replaced = sealed.map(({ name }) => name);
  const header = encodeRecord({ kind: 'journal', format: FORMAT, replaces: [...replaced, ...leftovers] });
  return { replaced: [...replaced, ...leftovers], emptied, lines: [header, ...lines] };
}

/** Whether there are many files, or what can be made one holds a deleted send, or more than `slack` notes and sends that are not kept. */
export function isOverfull(parts: readonly JournalPart[], keeping: Keeping, slack: number): boolean {
  if (parts.length > MANY_FILES) return true;
  const deleted = deletedIn(parts);
  const stays = staying(parts, keeping);
  let surplus = 0;
  for (const { records } of parts.filter(({ isSealed }) => isSealed)) {
    for (const record of records) {
      const { kind, id } = record.summary;
      const isContent = kind === 'sent' || kind === 'answered' || kind === 'webhook';
      if (isContent && deleted.has(id)) return true;
      if (kind !== 'answered' && kind !== 'delivery' && !stays(record) && ++surplus > slack) return true;
    }
  }
  return false;
}

function staying(
  parts: readonly JournalPart[],
  { kept, everything = false, isEnded }: Keeping,
): (record: PlacedSummary) => boolean {
  const elsewhere = idsIn(
    parts.filter(({ isSealed }) => !isSealed),
    'sent',
    'answered',
    'webhook',
    'delivery',
  );
  const requests = idsIn(parts, 'sent');
  const deleted = deletedIn(parts);
  return ({ summary }) => {
    if (kept.has(summary.id)) return true;
    if (summary.kind === 'deleted')
      return elsewhere.has(summary.id) || (summary.session !== undefined && !isEnded(summary.session));
    // The request may stand in a file that is not in this list.
    return (
      summary.kind === 'answered' && !everything && !deleted.has(summary.id) && !requests.has(summary.id)
    );
  };
}

function isNoteOf(ids: ReadonlySet<string>, line: PlacedSummary | UnknownLine): boolean {
  return 'summary' in line && line.summary.kind === 'deleted' && ids.has(line.summary.id);
}

/** Lines that follow each other in a file are copied as one. */
function put(lines: (string | Place)[], place: Place): void {
  const last = lines.at(-1);
  const follows =
    typeof last === 'object' && last.file === place.file && last.offset + last.length + 1 === place.offset;
  if (follows) lines[lines.length - 1] = { ...last, length: last.length + 1 + place.length };
  else lines.push(place);
}
