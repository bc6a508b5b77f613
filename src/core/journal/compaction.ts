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
  const elsewhere = idsIn(
    parts.filter(({ isSealed }) => !isSealed),
    'sent',
    'answered',
  );
  const requests = idsIn(parts, 'sent');
  const deleted = deletedIn(parts);
  const stays = ({ summary }: PlacedSummary): boolean => {
    if (kept.has(summary.id)) return true;
    if (summary.kind === 'deleted')
      return elsewhere.has(summary.id) || (summary.session !== undefined && !isEnded(summary.session));
    // The request may stand in a file that is not in this list.
    return (
      summary.kind === 'answered' && !everything && !deleted.has(summary.id) && !requests.has(summary.id)
    );
  };
  const lines: (string | Place)[] = [];
  const emptied: string[] = [];
  let session: string | undefined;
  for (const { name, records, unknown } of sealed) {
    const staying = [...records.filter(stays), ...(everything ? [] : unknown)];
    if (staying.every((line) => isNoteOf(gone, line))) emptied.push(name);
    for (const line of staying.sort((a, b) => a.place.offset - b.place.offset)) {
      if (line.session !== undefined && line.session !== session) {
        session = line.session;
        lines.push(encodeRecord({ kind: 'session', session }));
      }
      lines.push(line.place);
    }
  }
  const replaced = sealed.map(({ name }) => name);
  const header = encodeRecord({ kind: 'journal', format: FORMAT, replaces: [...replaced, ...leftovers] });
  return { replaced: [...replaced, ...leftovers], emptied, lines: [header, ...lines] };
}

function isNoteOf(ids: ReadonlySet<string>, line: PlacedSummary | UnknownLine): boolean {
  return 'summary' in line && line.summary.kind === 'deleted' && ids.has(line.summary.id);
}

/** Whether there are many files, or files hold a send that was deleted, or more than `slack` that are no longer kept. */
export function isOverfull(
  parts: readonly JournalPart[],
  deleted: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  slack: number,
): boolean {
  if (parts.length > MANY_FILES) return true;
  let surplus = 0;
  for (const { records } of parts) {
    for (const { summary } of records) {
      if (summary.kind !== 'sent' && summary.kind !== 'answered') continue;
      if (deleted.has(summary.id)) return true;
      if (summary.kind === 'sent' && !kept.has(summary.id) && ++surplus > slack) return true;
    }
  }
  return false;
}
