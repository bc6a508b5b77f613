import type { Exchange } from '../report/exchange';
import type { Report } from '../report/report';
import { parseJson } from '../response/answer';
import { prettyJson } from '../response/prettyJson';

/**
 * The answer of a send as a text to read and to compare: JSON, with what came back in it, to the letter where that is
 * JSON, too.
 */
export function answerText(report: Report, exchange: Exchange | undefined): string {
  const { outcome, status, requestId, environment, origin, at, durationMs, invoice, error, problems } =
    report;
  const said = problems.map(({ code, pointer, message }) => ({ code, pointer, message }));
  const facts = { outcome, status, requestId, environment, origin, at, durationMs };
  const members = [
    ...Object.entries(facts).map(([name, value]) => [name, JSON.stringify(value)] as const),
    ['body', bodyText(exchange?.response?.body) ?? JSON.stringify(invoice ?? error)] as const,
    ['problems', said.length > 0 ? JSON.stringify(said) : undefined] as const,
  ];
  const written = members.flatMap(([name, value]) => (value === undefined ? [] : [`"${name}":${value}`]));
  return `${prettyJson(`{${written.join()}}`)}\n`;
}

function bodyText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return parseJson(text) === undefined ? JSON.stringify(text) : text.replace(/^\ufeff/, '');
}
