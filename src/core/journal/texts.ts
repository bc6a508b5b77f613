import type { Exchange } from '../report/exchange';
import type { Report } from '../report/report';
import { parseJson } from '../response/answer';

/** The answer of a send as a text to read and to compare: JSON, with what came back as it is where that is JSON, too. */
export function answerText(report: Report, exchange: Exchange | undefined): string {
  const { outcome, status, requestId, environment, origin, at, durationMs, invoice, error, problems } =
    report;
  const text = exchange?.response?.body;
  const said = problems.map(({ code, pointer, message }) => ({ code, pointer, message }));
  return json({
    ...{ outcome, status, requestId, environment, origin, at, durationMs },
    body: text === undefined ? (invoice ?? error) : (parseJson(text) ?? text),
    ...(said.length > 0 ? { problems: said } : {}),
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
