import type { SendItem } from '../../src/app/requests/drafts';
import { sendInvoices, type SendOptions, type SendResult } from '../../src/app/sending/sendInvoices';
import type { Environment } from '../../src/core/environments/environment';
import type { Report } from '../../src/core/report/report';
import { World } from './ports';
import { request } from './requests';

export const A = 'file:///shop/a.json';
export const B = 'file:///shop/b.json';

/** A world with a valid request in {@link A}, and sends in it. */
export class Sending {
  readonly world = new World();
  options: SendOptions = { signal: new AbortController().signal };

  constructor() {
    this.world.texts.set(A, request());
  }

  send(
    items: SendItem | readonly SendItem[] = { uri: A },
    environment: Environment = 'dev',
  ): Promise<SendResult> {
    return sendInvoices([items].flat(), environment, this.world, this.options);
  }

  async reports(...given: Parameters<Sending['send']>): Promise<Report[]> {
    return (await this.send(...given)).reports.map(({ report }) => report);
  }

  /** `0 created`, `1 invalid field-type`. */
  async outcomes(...given: Parameters<Sending['send']>): Promise<string[]> {
    return (await this.reports(...given)).map(outcomeOf);
  }
}

export const outcomeOf = ({ index, outcome, problems }: Report): string =>
  [index, outcome, ...problems.map(({ code }) => code)].join(' ');
