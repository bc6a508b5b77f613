import { commands, type Uri } from 'vscode';

/** Sends files at once; rejects where not all of them led to an invoice. */
export async function send(uris: readonly Uri[]): Promise<void> {
  const result = await commands.executeCommand('eccaex.sendInvoice', { uris });
  const reports = (Array.isArray(result) ? result : [result]) as { readonly outcome?: unknown }[];
  if (reports.length !== uris.length || reports.some((report) => report.outcome !== 'created'))
    throw new Error(`Not all were created: ${JSON.stringify(reports[0])}`);
}

/** What each send of a file takes, in milliseconds, after one that does not count. */
export async function timesOf(uri: Uri, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const begin = performance.now();
    await send([uri]);
    if (round >= 0) times.push(performance.now() - begin);
  }
  return times;
}
