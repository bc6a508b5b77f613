import type { HistoryEntry } from '../../core/journal/merge';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { nameOf } from './entryWords';

/** A send without an answer as it is now: another window may have done something about it, which is said. */
export async function stillLost(
  { history }: Pick<Services, 'history'>,
  entry: HistoryEntry,
): Promise<HistoryEntry | undefined> {
  await history.refresh();
  const now = history.entry(entry.id);
  if (now?.state === 'lost') return now;
  void notify.info(`${nameOf(entry)} was taken care of already.`);
  return undefined;
}
