import { deletedIn, idsIn, type JournalPart, type Place, type PlacedSummary } from './merge';
import { encodeRecord, FORMAT } from './record';

/** More files than this are made one, so that looking at the journal stays quick. */
const MANY_FILES = 16;

/** One file to be made of all that nobody appends to. */
export interface Compaction {
  /** Names of the files that it replaces. */
  readonly replaced: readonly string[];
  /** Its lines: new ones with their break, and those to be copied byte by byte. */
  readonly lines: readonly (string | Place)[];
}

/** What is to stay. */
export interface Keeping {
  /** The ids of sends. */
  readonly kept: ReadonlySet<string>;
  /** Lines that cannot be read go as well. Else they stay: a later release may have written them. */
  readonly everything?: boolean;
  readonly isEnded: (session: string) => boolean;
}

/**
 * Leaves out the records of sends that are not kept: all that there is of a send, or nothing of it. `leftovers`: names
 * of files that an earlier compaction has replaced and that are still there.
 */
export function compaction(
  parts: readonly JournalPart[],
  keeping: Keeping,
  leftovers: readonly string[],
): Compaction {
  const sealed = parts.filter(({ isSealed }) => isSealed);
  const stays = staying(parts, keeping);
  const lines: (string | Place)[] = [];
  let session: string | undefined;
  for (const { records, unknown } of sealed) {
    const left = [...records.filter(stays), ...(keeping.everything === true ? [] : unknown)];
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
  return { replaced: [...replaced, ...leftovers], lines: [header, ...lines] };
}

/**
 * The files that can go as a whole where there is no room for one that takes their place: nothing in them stays but
 * notes of what is `gone`, and nothing of their sends stands elsewhere. Files go one by one, and what is left of a send
 * would say something else: a request without its response that it never had one.
 */
export function emptied(
  parts: readonly JournalPart[],
  keeping: Keeping,
  gone: ReadonlySet<string>,
): readonly string[] {
  const stays = staying(parts, keeping);
  const holders = new Map<string, Set<string>>();
  for (const { name, records } of parts)
    for (const { summary } of records) {
      if (summary.kind === 'deleted') continue;
      holders.set(summary.id, (holders.get(summary.id) ?? new Set()).add(name));
    }
  const canGo = ({ name, records, unknown }: JournalPart) => {
    const standsAlone = ({ summary: { id } }: PlacedSummary) =>
      [...(holders.get(id) ?? [])].every((holder) => holder === name);
    const isSurplus = (record: PlacedSummary) =>
      !stays(record) || (record.summary.kind === 'deleted' && gone.has(record.summary.id));
    if (unknown.length > 0 && keeping.everything !== true) return false;
    return records.every((record) => isSurplus(record) && standsAlone(record));
  };
  return parts.filter((part) => part.isSealed && canGo(part)).map(({ name }) => name);
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
    'settled',
    'webhook',
    'delivery',
  );
  const requests = idsIn(parts, 'sent');
  const deleted = deletedIn(parts);
  return ({ summary }) => {
    if (kept.has(summary.id)) return true;
    if (summary.kind === 'deleted')
      return elsewhere.has(summary.id) || (summary.session !== undefined && !isEnded(summary.session));
    if (elsewhere.has(summary.id) && !deleted.has(summary.id)) return true;
    // The request may stand in a file that is not in this list.
    return (
      summary.kind === 'answered' && !everything && !deleted.has(summary.id) && !requests.has(summary.id)
    );
  };
}

/** Lines that follow each other in a file are copied as one. */
function put(lines: (string | Place)[], place: Place): void {
  const last = lines.at(-1);
  const follows =
    typeof last === 'object' && last.file === place.file && last.offset + last.length + 1 === place.offset;
  if (follows) lines[lines.length - 1] = { ...last, length: last.length + 1 + place.length };
  else lines.push(place);
}
