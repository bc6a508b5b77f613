import { closeSync, openSync } from 'node:fs';
import { Sending } from './sending';
import { bodyOf, WindowJournal } from './journal';

/** What a process of its own does with a journal. */
export type JournalOrder =
  | { readonly work: 'write'; readonly folder: string; readonly name: string; readonly count: number }
  | {
      readonly work: 'send';
      readonly folder: string;
      readonly baseUrl: string;
      readonly texts: readonly string[];
    }
  | { readonly work: 'list'; readonly folder: string }
  /** Cleans up with few files that can be opened: none, then one, and so on. */
  | { readonly work: 'crowd'; readonly folder: string; readonly limit: number; readonly most: number };

async function main(order: JournalOrder): Promise<void> {
  const window = new WindowJournal(order.folder);
  if (order.work === 'list') {
    console.log(JSON.stringify((await window.entries()).sort()));
  } else if (order.work === 'crowd') {
    await crowd(window, order.limit, order.most);
    return;
  } else if (order.work === 'write') {
    for (let at = 0; at < order.count; at += 50) {
      const ids = Array.from(
        { length: Math.min(50, order.count - at) },
        (_, place) => `${order.name}-${at + place}`,
      );
      await Promise.all(ids.map((id) => window.send({ body: bodyOf(id) })));
    }
  } else {
    const sending = new Sending(order.baseUrl);
    sending.timeoutSeconds = 600;
    sending.journal = window.journal;
    await sending.send(order.texts);
    sending.dispose();
  }
  if (window.failures.length > 0) throw new Error(window.failures.join());
  await window.files.dispose();
}

async function crowd(window: WindowJournal, limit: number, most: number): Promise<void> {
  await window.history.refresh();
  window.limit = limit;
  for (let left = 0; left <= most; left++) {
    const opened: number[] = [];
    try {
      for (;;) opened.push(openSync(process.execPath, 'r'));
    } catch {
      // No more can be opened.
    }
    for (const file of opened.splice(0, left)) closeSync(file);
    await window.history.refresh();
    for (const file of opened) closeSync(file);
  }
  await window.files.dispose();
}

void main(JSON.parse(process.argv[2] ?? '') as JournalOrder);
