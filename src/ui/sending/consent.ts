import { workspace } from 'vscode';
import type { Consent, OutsideFile, SendSummary } from '../../app/ports';
import { cautionWords } from '../../core/problems/cautions';
import { clip } from '../../core/problems/clip';
import { fileNameOf } from '../shell/fileName';
import { notify } from '../shell/notify';

/** More would push the buttons of the dialog off the screen. */
const MOST_FILES = 5;

/** Asks the person in front of the screen; nothing but a click or a key answers. */
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
    const send = `Send to ${summary.environment}`;
    if ((await notify.ask(question(summary), details(summary), send)) !== send) return false;
    for (const { place } of summary.outside) this.#known.add(place);
    return true;
  }
}

function question({ environment, count, totals, outside }: SendSummary): string {
  if (environment === 'prod') {
    const amounts = totals.map(({ currency, amount }) => `${amount} ${currency}`).join(', ');
    const what = count === 1 ? `an invoice of ${amounts}` : `${count} invoices of ${amounts} in all`;
    return `Create ${what} in ${environment}?`;
  }
  const [first] = outside;
  const what = outside.length === 1 && first ? fileNameOf(first.uri) : `${outside.length} files`;
  return `Send ${what} from outside this workspace to ${environment}?`;
}

function details({ environment, host, count, outside, cautions }: SendSummary): string {
  const creates = count === 1 ? 'a real invoice' : 'real invoices';
  const files = outside.slice(0, MOST_FILES).map(({ place }) => clip(place, 200));
  const more = outside.length > MOST_FILES ? [`… and ${outside.length - MOST_FILES} more`] : [];
  return [
    environment === 'prod' ? `This goes to ${host} and creates ${creates}.` : `This goes to ${host}.`,
    ...cautions.map((caution) => `⚠ ${cautionWords(caution)}`),
    ...(outside.length > 0 ? ['Outside this workspace, links followed:', ...files, ...more] : []),
  ].join('\n');
}
