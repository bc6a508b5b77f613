import type { PlacedSummary, SessionFile } from './merge';

/** How long it is remembered that a send was deleted: another window may still write back what it has read before. */
const TOMBSTONE_MS = 24 * 60 * 60 * 1000;

/** A file to write anew with these lines alone, by their offsets; with none it goes. */
export interface Rewrite {
  readonly file: string;
  readonly offsets: ReadonlySet<number>;
}

/**
 * What is no longer needed in files that nobody writes to, whole files first: they make room for what is written anew. `kept`: the ids of the sends that stay. A file of which
 * nothing can be read stays as well, unless everything is to go. `gone`: the ids of which not even a note stays.
 */
export function compaction(
  files: readonly SessionFile[],
  kept: ReadonlySet<string>,
  isClosed: (file: SessionFile) => boolean,
  now: Date,
  everything: boolean,
  gone: ReadonlySet<string> = new Set(),
): Rewrite[] {
  const open = new Set(
    files
      .filter((file) => !isClosed(file))
      .flatMap(({ records }) => records.map(({ summary }) => summary.id)),
  );
  const stays = ({ summary }: PlacedSummary) => {
    if (gone.has(summary.id)) return false;
    if (summary.kind !== 'deleted') return kept.has(summary.id);
    const age = now.getTime() - Date.parse(summary.at);
    return age < TOMBSTONE_MS || open.has(summary.id);
  };
  const rewrites = files.filter(isClosed).flatMap(({ name, records }) => {
    const staying = records.filter(stays);
    if (staying.length === records.length && !(everything && staying.length === 0)) return [];
    return [{ file: name, offsets: new Set(staying.map(({ place }) => place.offset)) }];
  });
  return rewrites.sort((a, b) => a.offsets.size - b.offsets.size);
}

/** Whether files hold a send that was deleted, or more than `slack` sends that are no longer kept. */
export function isOverfull(
  files: readonly SessionFile[],
  deleted: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  slack: number,
): boolean {
  const ids = files.flatMap(({ records }) =>
    records.flatMap(({ summary: { kind, id } }) => (kind === 'sent' && !kept.has(id) ? [id] : [])),
  );
  return ids.length > slack || ids.some((id) => deleted.has(id));
}
