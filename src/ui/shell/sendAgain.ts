import { commands, Uri, workspace } from 'vscode';
import { requestOfNow } from '../../app/outcomes/requestsOfNow';
import type { Outcomes } from '../../app/outcomes/outcomes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { byFile } from '../../app/requests/byFile';
import { parseDocument, type RequestDocument } from '../../core/document/document';
import { ownIdentity } from '../../core/document/requestIdentity';
import { startedHere } from './commandArguments';
import { notify } from './notify';

/**
 * Sends requests again as their files are now, where they went before. A request that is not found there, or that
 * was sent otherwise meanwhile, is left out: it may have an invoice.
 */
export async function sendAgain(sent: readonly SentReport[], outcomes: Outcomes): Promise<void> {
  const requests: { uri: string; index: number }[] = [];
  for (const [uri, own] of byFile(sent)) {
    const document = await documentOfNow(uri);
    for (const one of lastOf(own, outcomes)) {
      const request = document && requestOfNow(one, document);
      if (request) requests.push({ uri, index: request.index });
    }
  }
  const left = sent.length - requests.length;
  if (left > 0) {
    const what = left === 1 ? '1 request was' : `${left} requests were`;
    void notify.warn(
      `${what} left out: changed or sent again since. Look at the file before you send the rest.`,
    );
  }
  await commands.executeCommand(
    '_eccaex.sendRequests',
    startedHere({ environment: sent[0]?.report.environment, requests }),
  );
}

/** Those that are still the last ones of their requests, as they are known now. */
function lastOf(sent: readonly SentReport[], outcomes: Outcomes): SentReport[] {
  return [...byFile(sent)].flatMap(([uri, own]) => {
    const wanted = new Set(own.map(timeAndRequest));
    return outcomes.latest(uri).filter((one) => wanted.has(timeAndRequest(one)));
  });
}

/** A report is written anew when a key is stored, or its request was moved. */
function timeAndRequest({ report: { at, index }, request }: SentReport): string {
  return `${at} ${(request && ownIdentity(request.anchor)) ?? index}`;
}

async function documentOfNow(uri: string): Promise<RequestDocument | undefined> {
  try {
    return parseDocument((await workspace.openTextDocument(Uri.parse(uri))).getText());
  } catch {
    return undefined;
  }
}
