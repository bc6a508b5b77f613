import { uncertainIn, type HistoryEntry } from '../../core/journal/merge';
import { byFile } from '../requests/byFile';

/** The sends of one reading of the journal, newest first. What is looked up among them is found when it is first asked for. */
export class EntryList {
  #uncertain: readonly HistoryEntry[] | undefined;
  #byFile: ReadonlyMap<string, readonly HistoryEntry[]> | undefined;
  #byId: ReadonlyMap<string, HistoryEntry> | undefined;

  constructor(readonly all: readonly HistoryEntry[]) {}

  /** Those of which nobody knows whether there is an invoice. */
  get uncertain(): readonly HistoryEntry[] {
    return (this.#uncertain ??= uncertainIn(this.all));
  }

  ofFile(uri: string): readonly HistoryEntry[] {
    this.#byFile ??= byFile(this.all);
    return this.#byFile.get(uri) ?? [];
  }

  withId(id: string): HistoryEntry | undefined {
    this.#byId ??= new Map(this.all.map((entry) => [entry.id, entry]));
    return this.#byId.get(id);
  }
}
