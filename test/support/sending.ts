import assert from 'node:assert/strict';
import { NodeFetchHttp } from '../../src/adapters/http/nodeFetchHttp';
import { systemClock, systemRandom } from '../../src/adapters/system';
import type { SendItem } from '../../src/app/requests/drafts';
import type { SentReport } from '../../src/app/outcomes/sentReport';
import type {
  FileReading,
  Journal,
  KeyReading,
  OutsideFile,
  SendPorts,
  SendSummary,
} from '../../src/app/ports';
import { noJournal } from '../../src/app/history/sendJournal';
import { storedKeys } from '../../src/app/keys/storedKeys';
import { sendInvoices, type SendOptions } from '../../src/app/sending/sendInvoices';
import type { Environment } from '../../src/core/environments/environment';
import type { Report, ReportedProblem } from '../../src/core/report/report';
import { apiKey } from './keys';

/**
 * The pipeline with real HTTP; what is around it is set by the test. As it is made, everything goes to
 * `baseUrl`, with `key`, from the files in `files`.
 */
export class Sending {
  /** Texts by URI. */
  readonly files = new Map<string, FileReading>();
  readonly keys = new Map<Environment, KeyReading>();
  readonly http = new NodeFetchHttp();
  variables: Readonly<Record<string, string>> = {};
  concurrency = 4;
  timeoutSeconds = 10;
  isTrusted = true;
  journal: Journal = noJournal;
  confirmsProd = true;
  outside: readonly OutsideFile[] = [];
  confirm: (summary: SendSummary) => boolean = () => true;

  constructor(
    public baseUrl: string,
    key = 'sandbox_active',
  ) {
    for (const environment of ['dev', 'staging', 'prod'] as const) this.giveKey(environment, key);
  }

  /** A key that was given for an origin, if not for that of the base URL. */
  giveKey(environment: Environment, key: string | undefined, origin = new URL(this.baseUrl).origin): void {
    const stored = {
      key: key === undefined ? undefined : apiKey(key),
      origin,
      storedAt: '2026-01-01T00:00:00Z',
    };
    this.keys.set(environment, { state: 'present', stored });
  }

  get ports(): SendPorts {
    return {
      http: this.http,
      clock: systemClock,
      random: systemRandom,
      webhookUrl: () => Promise.resolve(undefined),
      keys: {
        read: (environment) => Promise.resolve(this.keys.get(environment) ?? { state: 'absent' }),
        readAll: () => storedKeys(this.ports.keys),
        write: () => Promise.resolve(false),
        remove: () => Promise.resolve(false),
        readWebhookSecrets: () => Promise.resolve({ state: 'absent' }),
        writeWebhookSecrets: () => Promise.resolve(false),
        accepted: () => Promise.resolve(),
      },
      settings: {
        baseUrl: () => this.baseUrl,
        webhookUrl: () => undefined,
        timeoutSeconds: () => this.timeoutSeconds,
        concurrency: () => this.concurrency,
        variables: () => this.variables,
        confirmsProd: () => this.confirmsProd,
        defaultUrls: () => ({}),
      },
      sandbox: {
        baseUrl: () => Promise.resolve(this.baseUrl),
        isRunning: () => true,
        simulate: () => Promise.resolve({ ok: false, refusal: 'unknown-invoice' } as const),
        sending: () => undefined,
        control: () => Promise.resolve(),
        onDidSend: () => ({ dispose: () => undefined }),
        stop: () => Promise.resolve(),
        onDidChange: () => ({ dispose: () => undefined }),
      },
      files: {
        read: (uri) =>
          Promise.resolve(
            this.files.get(uri) ?? { ok: false, fault: 'unreadable', detail: 'it does not exist' },
          ),
      },
      journal: this.journal,
      consent: {
        isTrusted: () => this.isTrusted,
        filesOutside: () => Promise.resolve(this.outside),
        confirm: (summary) => Promise.resolve(this.confirm(summary)),
      },
    };
  }

  /** Puts texts into files, whose URIs it gives. */
  write(...texts: readonly string[]): SendItem[] {
    return texts.map((text, place) => {
      const uri = `file:///orders/${place}.invoice.json`;
      this.files.set(uri, { ok: true, text });
      return { uri };
    });
  }

  /** Sends what the texts hold, each in a file of its own. */
  async send(
    texts: string | readonly string[],
    environment: Environment = 'dev',
    options: Partial<SendOptions> = {},
  ): Promise<Report[]> {
    const items = this.write(...[texts].flat());
    const { signal } = new AbortController();
    const { reports } = await sendInvoices(items, environment, this.ports, { signal, ...options });
    return reports.map(({ report }) => report);
  }

  /** Sends the one request that a text holds. */
  async sendOne(text: string, environment?: Environment, options?: Partial<SendOptions>): Promise<Report> {
    const [report, ...others] = await this.send(text, environment, options);
    assert.ok(report);
    assert.equal(others.length, 0);
    return report;
  }

  /** The same with all that is kept of it. */
  async sendWhole(text: string): Promise<SentReport> {
    const [only] = await this.sendBatch(text);
    assert.ok(only);
    return only;
  }

  async sendBatch(text: string): Promise<readonly SentReport[]> {
    const { signal } = new AbortController();
    const { reports } = await sendInvoices(this.write(text), 'dev', this.ports, { signal });
    return reports;
  }

  dispose(): void {
    this.http.dispose();
  }
}

/** The one problem that the attempt to send has brought. */
export function sentProblem({ problems }: Report): ReportedProblem {
  const [problem, ...others] = problems.filter(({ source }) => source === 'api');
  assert.ok(problem, 'There is no problem from the API.');
  assert.deepEqual(others, []);
  return problem;
}

/** The part of a text that a problem is shown at; it stands on one line. */
export function shownAt(text: string, { range: { start, end } }: ReportedProblem): string {
  assert.equal(start.line, end.line);
  return (text.split(/\r\n|\r|\n/)[start.line] ?? '').slice(start.character, end.character);
}
