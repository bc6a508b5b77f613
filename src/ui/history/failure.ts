import { type LogOutputChannel } from 'vscode';
import type { JournalTrouble } from '../../app/ports';
import { notify } from '../shell/notify';

const WORDS: Readonly<Record<JournalTrouble, (reason: string) => string>> = {
  append: (reason) =>
    `The history cannot be written: ${reason}. Requests are sent anyway, but they are not kept, and a crash would lose track of them.`,
  compact: (reason) =>
    `The history cannot be cleaned up: ${reason}. New requests are kept, and old ones stay on the disk.`,
  read: (reason) => `The history cannot be read: ${reason}. It may be out of date.`,
};

/** Says what the journal cannot do, and what that means. */
export function tellOfTrouble(log: LogOutputChannel): (reason: string, what: JournalTrouble) => void {
  return (reason, what) => {
    const text = WORDS[what](reason);
    log.warn(text);
    void notify.warn(text);
  };
}
