import { workspace } from 'vscode';
import type { Consent, OutsideFile, SendSummary } from '../../app/ports';
import { cautionWords } from '../../core/problems/cautions';
import { clip, list } from '../../core/phrases';
import { notify } from '../shell/notify';

/** More would push the buttons of the dialog off the screen. */
const MOST_FILES = 5;

/** Asks the person in front of the screen; nothing but a click or a key gives a yes. */
export class WorkspaceConsent implements Consent {
  /** Files outside of the workspace that somebody vouched for in this window, by where they are. */
  readonly #known = new Set<string>();

  constructor(private readonly find: (uris: readonly string[]) => Promise<OutsideFile[]>) {}

  isTrusted(): boolean {
    return workspace.isTrusted;
  }

  async filesOutside(uris: readonly string[]): Promise<OutsideFile[]> {
    const found = await this.find(uris);
    return found.filter(({ place }) => !this.#known.has(place));
  }

  async confirm(summary: SendSummary): Promise<boolean> {
    const { count, environment, outside } = summary;
    const send = count === 1 ? `Send to ${environment}` : `Send ${count} Requests to ${environment}`;
    // VS Code focuses the first button: Enter alone must not send a batch.
    const buttons = count === 1 ? [send] : [DO_NOT_SEND, send];
    if ((await notify.ask(question(summary), details(summary), ...buttons)) !== send) return false;
    for (const { place } of outside) this.#known.add(place);
    return true;
  }
}

const DO_NOT_SEND = 'Don’t Send';

/** `Create 195 real invoices in prod, 1,950.00 UAH in total?` */
function question({ environment, count, isReal, totals }: SendSummary): string {
  const real = isReal ? 'real ' : '';
  const what = count === 1 ? `1 ${real}invoice` : `${count.toLocaleString('en')} ${real}invoices`;
  const amounts = list(totals.map(({ currency, amount }) => `${grouped(amount)} ${currency}`));
  return `Create ${what} in ${environment}, ${amounts}${count === 1 ? '' : ' in total'}?`;
}

/** `1234567.50` as `1,234,567.50`, of an amount that nobody reads as it is. */
function grouped(amount: string): string {
  if (amount.length > LONGEST_AMOUNT) return clip(amount, LONGEST_AMOUNT);
  const [units = '', decimals = ''] = amount.split('.');
  return `${BigInt(units).toLocaleString('en')}.${decimals}`;
}

const LONGEST_AMOUNT = 30;

function details({ host, outside, cautions }: SendSummary): string {
  const files = outside.slice(0, MOST_FILES).map(({ place }) => clip(place, 200));
  const more = outside.length > MOST_FILES ? [`… and ${outside.length - MOST_FILES} more`] : [];
  return [
    `Host: ${host}`,
    ...cautions.map((caution) => `⚠ ${cautionWords(caution)}`),
    ...(outside.length > 0 ? ['From outside this workspace:', ...files, ...more] : []),
  ].join('\n');
}
