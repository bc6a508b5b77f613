// A window in a process of its own: the real journal, history and engine. It does what its parent says, and notes what it was told.
import { openSync, writeSync } from 'node:fs';
import { WindowJournal } from '../journal';
import { request } from '../requests';
import { Sending } from '../sending';
import { below, oneOf, pause } from './chance';
import { disturbDisk, type DiskFault } from './faults';

export interface WindowStart {
  readonly folder: string;
  readonly baseUrl: string;
  readonly name: string;
  /** Where it notes what it was told, at once, so that nothing of that is lost when it is killed. */
  readonly log: string;
  /** How many sends the history keeps. */
  readonly limit: number;
}

export interface Round {
  readonly round: number;
  readonly sends: number;
  readonly inFlight: number;
  readonly deletes: number;
  /** In milliseconds. */
  readonly clockAhead: number;
  readonly fault: DiskFault;
}

/** `id`: of the record. `order`: the external_id. `ok`: the journal said that it is written, or gone. */
export type Noted =
  | { readonly event: 'sent'; readonly id: string; readonly order: string; readonly ok: boolean }
  | { readonly event: 'answered'; readonly id: string; readonly outcome: string; readonly ok: boolean }
  | { readonly event: 'deleting'; readonly id: string }
  | { readonly event: 'deleted'; readonly id: string; readonly ok: boolean }
  | { readonly event: 'told'; readonly what: string; readonly fault: DiskFault }
  | { readonly event: 'idle'; readonly round: number; readonly ok: boolean }
  | { readonly event: 'error'; readonly text: string };

async function main({ folder, baseUrl, name, log, limit }: WindowStart): Promise<void> {
  const file = openSync(log, 'a');
  const note = (noted: Noted) => void writeSync(file, `${JSON.stringify(noted)}\n`);
  const fail = (error: unknown) =>
    note({ event: 'error', text: error instanceof Error ? (error.stack ?? '') : String(error) });
  process.on('unhandledRejection', fail);
  process.on('uncaughtException', fail);

  const setFault = await disturbDisk();
  const window = Object.assign(new WindowJournal(folder), { limit });
  const { files, history } = window;
  const append = files.append.bind(files);
  files.append = async (line, durably) => {
    const ok = await append(line, durably);
    const record = JSON.parse(line) as {
      kind: string;
      id: string;
      body: string;
      report: { outcome: string };
    };
    const { kind, id } = record;
    if (kind === 'sent') {
      const { external_id } = JSON.parse(record.body) as { external_id: string };
      note({ event: 'sent', id, order: external_id, ok });
    } else if (kind === 'answered') note({ event: 'answered', id, outcome: record.report.outcome, ok });
    return ok;
  };
  // As the extension does.
  files.onDidChange(() => void history.refresh().catch(fail));
  const sending = new Sending(baseUrl);
  sending.timeoutSeconds = 600;
  sending.journal = window.journal;

  const deleteSome = async (count: number) => {
    for (let left = count; left > 0; left--) {
      await pause(below(30));
      const [first, ...others] = history.entries.filter(({ state }) => state === 'answered');
      if (!first) continue;
      const { id } = oneOf([first, ...others]);
      note({ event: 'deleting', id });
      note({ event: 'deleted', id, ok: (await history.delete([id])).length === 0 });
    }
  };
  const play = async ({ round, sends, inFlight, deletes, clockAhead, fault }: Round) => {
    window.clockAhead = clockAhead;
    await history.refresh();
    setFault(fault);
    sending.concurrency = inFlight;
    const ids = Array.from({ length: sends }, (_, at) => `${name}-${round}-${at}.`);
    await Promise.all([
      sending.send(ids.map((id) => request({ external_id: `"${id}"` }))),
      deleteSome(deletes),
    ]);
    for (const what of window.failures.splice(0)) note({ event: 'told', what, fault });
    setFault('none');
    const ok = await files.catchUp();
    await history.refresh();
    note({ event: 'idle', round, ok });
    process.send?.(round);
  };
  process.on('message', (round: Round) => void play(round).catch(fail));
  process.send?.('ready');
}

void main(JSON.parse(process.argv[2] ?? '') as WindowStart);
