import type { Consent, SendSummary } from '../app/ports';
import { cautionWords } from '../core/problems/cautions';
import { harmless } from './harmless';
import type { Streams } from './world';

/**
 * Who typed the command line trusts what it runs on, and `--env prod` is typed by a person. Where that
 * person can be asked, the amounts are shown first.
 */
export class TerminalConsent implements Consent {
  constructor(
    private readonly streams: Streams,
    private readonly canAsk: boolean,
    private readonly interrupted: AbortSignal,
  ) {}

  isTrusted(): boolean {
    return true;
  }

  /** Who names a file on the command line means it. */
  filesOutside(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  async confirm(summary: SendSummary): Promise<boolean> {
    if (!this.canAsk) return true;
    this.streams.stderr.write(question(summary));
    const answer = await readLine(this.streams.stdin, this.interrupted);
    // Whoever ends the input, or the process, has not ended the line.
    if (!answer.includes('\n')) this.streams.stderr.write('\n');
    return /^\s*y(es)?\s*$/i.test(answer);
  }
}

function question({ environment, host, count, totals, cautions }: SendSummary): string {
  const invoices = count === 1 ? '1 invoice' : `${count} invoices`;
  const amounts = totals.map(({ currency, amount }) => `${amount} ${currency}`).join(', ');
  const lines = cautions.map((caution) => `${harmless(cautionWords(caution))}\n`).join('');
  return lines + harmless(`Create ${invoices} in ${environment} (${host}) for ${amounts}? [y/N] `);
}

/** Empty where the input ends, or the process is interrupted, before a line does. */
function readLine(input: NodeJS.ReadableStream, interrupted: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let line = '';
    const end = (answer: string) => {
      input.off('data', take).off('end', stop);
      interrupted.removeEventListener('abort', stop);
      input.pause();
      resolve(answer);
    };
    const take = (chunk: Buffer | string) => {
      line += chunk.toString();
      if (line.includes('\n')) end(line);
    };
    const stop = () => end('');
    input.on('data', take).once('end', stop);
    interrupted.addEventListener('abort', stop, { once: true });
    if (interrupted.aborted) stop();
  });
}
