import type { Consent, SendSummary } from '../app/ports';
import { cautionWords } from '../core/problems/cautions';
import { list } from '../core/phrases';
import { harmless } from './harmless';
import type { Output } from './output';
import { UsageError, type CommandName } from './commands';
import type { Streams, World } from './world';

/** Who typed the command line trusts what it runs on. Whether invoices are created is asked, or said by `--yes`. */
export class TerminalConsent implements Consent {
  constructor(
    private readonly output: Output,
    private readonly input: Streams['stdin'],
    /** False where `--yes` or the destination is the yes. */
    private readonly asks: boolean,
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
    if (!this.asks) return true;
    for (const caution of summary.cautions) this.output.note(harmless(cautionWords(caution)));
    this.output.prompt(question(summary));
    return saysYes(this.input, this.output, this.interrupted);
  }
}

/** Asks a person for a yes to what a command is about to do. Throws {@link UsageError} where there is none. */
export async function confirmed(
  question: string,
  command: CommandName,
  { streams: { stdin, stderr }, interrupted }: World,
  output: Output,
): Promise<void> {
  if (!(stdin.isTTY && stderr.isTTY))
    throw new UsageError(`${question} Nobody is here to confirm it: add --yes.`, command);
  output.prompt(`${question} [y/N] `);
  if (!(await saysYes(stdin, output, interrupted)))
    throw new UsageError('Not confirmed. Nothing was sent.', command);
}

async function saysYes(input: Streams['stdin'], output: Output, interrupted: AbortSignal): Promise<boolean> {
  const answer = await readLine(input, interrupted);
  // Whoever ends the input, or the process, has not ended the line.
  if (!answer.includes('\n')) output.endLine();
  return /^\s*y(es)?\s*$/i.test(answer);
}

function question({ environment, host, count, totals }: SendSummary): string {
  const invoices = count === 1 ? '1 real invoice' : `${count} real invoices`;
  const amounts = list(totals.map(({ currency, amount }) => `${amount} ${currency}`));
  return harmless(`Create ${invoices} in ${environment} (${host}), ${amounts} in total? [y/N] `);
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
