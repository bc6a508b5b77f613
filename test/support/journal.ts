import { NO_KEYS, storeOf } from './keys';
import { FolderJournal } from '../../src/adapters/journal/folderJournal';
import { systemClock, systemRandom } from '../../src/adapters/system';
import { History } from '../../src/app/history/history';
import type { Departure, StoredSecrets } from '../../src/app/ports';
import { SendJournal } from '../../src/app/history/sendJournal';
import type { Report } from '../../src/core/report/report';

/** The journal in a folder, as one window has it. */
export class WindowJournal {
  readonly failures: string[] = [];
  readonly files: FolderJournal;
  readonly journal: SendJournal;
  readonly history: History;
  limit = 500;
  /** In milliseconds. */
  clockAhead = 0;

  constructor(
    folder: string,
    keys: Pick<StoredSecrets, 'read'> = NO_KEYS,
    earlier?: () => Promise<readonly string[]>,
  ) {
    const told = (reason: string, what: string) =>
      this.failures.push(what === 'append' ? reason : `${what}: ${reason}`);
    this.files = new FolderJournal(folder, told, earlier);
    const clock = { ...systemClock, now: () => new Date(Date.now() + this.clockAhead) };
    this.history = new History(this.files, () => this.limit, clock);
    this.journal = new SendJournal(this.files, storeOf(keys), clock, systemRandom.uuid, this.history);
  }

  /** Writes down a send with its end. */
  async send(departure: Partial<Departure> = {}, report: Partial<Report> = {}): Promise<void> {
    const end = await this.journal.begin(departed(departure));
    await end({ report: { ...REPORT, ...report } });
  }

  /** What the history says after it was read anew: `order-1 created`, newest first. */
  async entries(): Promise<string[]> {
    await this.history.refresh();
    return this.history.entries.map(
      ({ request, answer, state }) => `${request.externalId ?? '?'} ${answer?.outcome ?? state}`,
    );
  }
}

export const departed = (further: Partial<Departure> = {}): Departure => ({
  uri: 'file:///shop/a.invoice.json',
  index: 0,
  environment: 'dev',
  url: 'https://api.example/api/v1/create-invoice',
  body: bodyOf('order-1'),
  ...further,
});

export const bodyOf = (externalId: string, further: object = {}): string =>
  JSON.stringify({ external_id: externalId, amount: '1500.00', currency_code: 'UAH', ...further });

export const REPORT: Report = {
  file: '/shop/a.invoice.json',
  index: 0,
  environment: 'dev',
  origin: 'https://api.example',
  outcome: 'created',
  at: '2026-01-02T03:04:05.678Z',
  status: 201,
  durationMs: 41.7,
  invoice: { invoice_id: 'i-1', payment_link: 'https://pay.example/i-1' },
  problems: [],
};
