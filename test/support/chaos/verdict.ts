import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HistoryEntry } from '../../../src/core/journal/merge';
import type { WindowProcess } from './windowProcess';

/** What is known of a send from its window and from the server. */
interface Fact {
  readonly order: string;
  readonly id?: string;
  /** The journal said of its request, its response and its deletion that they are written. */
  isSent: boolean;
  outcome?: string;
  isAnswered: boolean;
  deletion: 'none' | 'begun' | 'done';
}

export interface Received {
  /** The external_ids that the server got, each with the round in which it did. */
  readonly rounds: ReadonlyMap<string, number>;
  /** Those that it has responded to. */
  readonly responded: ReadonlySet<string>;
  /** Those that it got more than once. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * What a journal says against what happened, as lines that name each violation; none where it kept its word. No window
 * is at work now, but for those that are stopped. `limit`: how many sends are kept. `silent`: the sessions that could
 * not listen, by their ids: they count as another machine's, which may be at work for a minute after it was last seen.
 */
export async function violations(
  windows: readonly WindowProcess[],
  received: Received,
  entries: readonly HistoryEntry[],
  limit: number,
  silent: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const found: string[] = [];
  const facts = new Map<string, Fact>();
  const orders = new Map<string, string>();
  const mine = new Map<string, WindowProcess>();
  /** Windows that have written all that they had to. */
  const caughtUp = new Set<WindowProcess>();
  for (const window of windows) {
    for (const noted of await window.noted()) {
      const fact = 'id' in noted ? facts.get(orders.get(noted.id) ?? '') : undefined;
      if (noted.event === 'error') found.push(`a window failed: ${noted.text}`);
      else if (noted.event === 'sent') {
        const { id, order, ok } = noted;
        orders.set(id, order);
        mine.set(order, window);
        facts.set(order, { order, id, isSent: ok, isAnswered: false, deletion: 'none' });
      } else if (noted.event === 'answered' && fact)
        Object.assign(fact, { isAnswered: noted.ok, outcome: noted.outcome });
      else if (noted.event === 'idle' && noted.ok && !window.isOver && !window.isStopped)
        caughtUp.add(window);
    }
  }
  for (const window of windows)
    for (const noted of await window.noted()) {
      const fact = 'id' in noted ? facts.get(orders.get(noted.id) ?? '') : undefined;
      if (fact && noted.event === 'deleting' && fact.deletion === 'none') fact.deletion = 'begun';
      if (fact && noted.event === 'deleted' && noted.ok) fact.deletion = 'done';
    }

  const isCaughtUp = (order: string) => {
    const window = mine.get(order);
    return window !== undefined && caughtUp.has(window);
  };
  const listed = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    const order = entry.request.externalId ?? '?';
    if (listed.has(order)) found.push(`${order} stands there twice`);
    listed.set(order, entry);
  }
  for (const order of received.repeated) found.push(`${order} was sent twice`);

  const rounds = [...received.rounds].filter(([order]) => {
    const state = listed.get(order)?.state;
    const isKept = state === 'answered' || state === 'settled';
    return isKept || facts.get(order)?.deletion !== 'none';
  });
  /** How many that count were sent in this round or later. */
  const since = (round: number) => rounds.filter(([, other]) => other >= round).length;

  for (const [order, round] of received.rounds) {
    const [fact, entry] = [facts.get(order), listed.get(order)];
    if (!fact) {
      found.push(`${order} left before it was written`);
      continue;
    }
    const isOver = fact.outcome !== undefined;
    if (!entry) {
      const isWritten = fact.isSent || isCaughtUp(order);
      // A window can be killed after it has written a response, before it could note that.
      const mayBeOver = isOver || (received.responded.has(order) && mine.get(order)?.isOver === true);
      const isBeyondLimit = mayBeOver && since(round) >= limit;
      if (isWritten && fact.deletion === 'none' && !isBeyondLimit)
        found.push(
          `${order} is not there${isOver ? '' : ', and nobody knows of it'}: ${JSON.stringify(fact)}`,
        );
    } else if (entry.state !== 'answered' && (fact.isAnswered || (isOver && isCaughtUp(order))))
      found.push(`${order} has a response and is ${entry.state}`);
  }
  for (const [order, entry] of listed) {
    const [fact, window] = [facts.get(order), mine.get(order)];
    if (!received.rounds.has(order) && entry.state === 'answered') found.push(`${order} is made up`);
    if (fact?.deletion === 'done') found.push(`${order} is back after it was deleted`);
    if (entry.state === 'in-flight' && !window?.isStopped && !isOfOne(silent, entry))
      found.push(`${order} is in flight, and nobody sends it`);
  }
  return found;
}

/** The sessions whose marks name no socket, by their ids: the disk had failed as they were to listen. */
export async function silentSessions(folder: string): Promise<Set<string>> {
  const marks = path.join(folder, 'sessions');
  const names = (await readdir(marks).catch(() => [])).filter((name) => name.endsWith('.mark'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(marks, name), 'utf8')));
  return new Set(
    names.filter((_, at) => !texts[at]?.includes('"address"')).map((name) => path.parse(name).name),
  );
}

/** Whether one of these sessions wrote it, to a file that is still the session's own. */
export function isOfOne(sessions: ReadonlySet<string>, { places }: HistoryEntry): boolean {
  const [session = ''] = places.sent.file.split('.');
  return sessions.has(session);
}

/** The sends, by their external_id, that some file below a folder holds, but for those that are named. */
export async function ordersOnDisk(folder: string, but: readonly string[] = []): Promise<Set<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .filter((file) => !but.includes(file))
      .map((file) => readFile(file, 'utf8')),
  );
  return new Set(texts.flatMap((text) => text.match(/(?<=\\"external_id\\": \\")[\w-]+\./g) ?? []));
}
