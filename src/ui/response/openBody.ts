import { exactMomentOf } from '../../core/times';
import type { SentReport } from '../../app/outcomes/sentReport';
import { fileNameOf } from '../shell/convert';
import { notify } from '../shell/notify';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import { parseJson } from '../../core/response/answer';
import { prettyJson } from '../../core/response/prettyJson';

/** Opens the body of a response as a document. */
export async function openBody(sent: SentReport, texts: ReadOnlyTexts): Promise<void> {
  const body = sent.exchange?.response?.body;
  if (body === undefined) {
    void notify.info(`${fileNameOf(sent.uri)}: no complete response arrived, so there is no text to open.`);
    return;
  }
  await openText(texts, nameOf(sent), body);
}

/** `order.invoice.json 14:03:22 created`, in local time. */
function nameOf({ uri, report }: SentReport): string {
  const place = report.index > 0 ? ` ${report.index + 1}` : '';
  const time = exactMomentOf(new Date(report.at), new Date());
  return `${fileNameOf(uri)}${place} ${time} ${report.outcome}`;
}

/** Opens what a server sent as a document: JSON with one value a line, anything else as it came. */
export async function openText(texts: ReadOnlyTexts, name: string, body: string): Promise<void> {
  const isJson = parseJson(body) !== undefined;
  await texts.open(`${name}.${isJson ? 'json' : 'txt'}`, isJson ? prettyJson(body) : body);
}
