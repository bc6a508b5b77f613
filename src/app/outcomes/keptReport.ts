import { parseDocument } from '../../core/document/document';
import type { Report } from '../../core/report/report';
import { reportProblem } from '../../core/report/reportProblem';
import { severityOf } from '../../core/problems/catalogue';
import { validate } from '../../core/validate/validate';
import type { ReportedSend } from '../../core/export/bugReport';
import type { ArchivedSend } from '../../core/export/har';
import type { KeptSend } from '../history/history';
import { withoutSecretsOf } from '../history/withoutSecrets';
import { fileOf, type SentReport } from './sentReport';
import type { Exchange } from '../../core/report/exchange';
import { parseJson } from '../../core/response/answer';
import { prettyJson } from '../../core/response/prettyJson';

/** The report of a send that is kept; `undefined` where it is not over. `isOver`: nobody waits for a response any longer. */
export function reportOf({ sent, answered }: KeptSend, isOver: boolean): Report | undefined {
  if (answered) return { ...answered.report, body: sent.body };
  if (!isOver) return undefined;
  const { uri, index, environment, url, body, at } = sent;
  const context = { environment, variables: {}, defaultUrls: {}, newId: () => '' };
  const problem = { kind: 'connection', arguments: { reason: 'ended', detail: '' }, pointer: '' } as const;
  return {
    file: fileOf(uri),
    index,
    environment,
    origin: new URL(url).origin,
    outcome: 'unanswered',
    at,
    body,
    problems: [reportProblem(problem, parseDocument(body), context)],
  };
}

/** The response of a send that is kept, as a text; `undefined` where it is not over. */
export function keptAnswer(kept: KeptSend, isOver: boolean): string | undefined {
  const report = reportOf(kept, isOver);
  return report && answerText(report, kept.answered?.exchange);
}

/** A send of the history as it was reported then; its problems are tied to no text. `undefined` where it is not over. */
export function sentReportOf(kept: KeptSend, isOver: boolean): SentReport | undefined {
  const report = reportOf(kept, isOver);
  const exchange = kept.answered?.exchange;
  return report && { uri: kept.sent.uri, report, anchored: [], ...(exchange ? { exchange } : {}) };
}

/** Why a body cannot be sent again exactly; `undefined` where it can. A journal is a file: anybody can have edited it. */
export function obstacleToResend({
  sent: { body, changed, environment },
}: KeptSend): 'shortened' | 'redacted' | 'invalid' | undefined {
  if (changed !== undefined) return changed;
  const document = parseDocument(body);
  const problems = validate(document, { environment, variables: {} });
  const isRequest = document.root?.type === 'object';
  return isRequest && problems.every((problem) => severityOf(problem) !== 'error') ? undefined : 'invalid';
}

/** A send for an archive, without any secret. */
export function archived(kept: KeptSend, redact: (text: string) => string): ArchivedSend {
  const { sent, answered } = withoutSecretsOf(kept, redact);
  const { at, url, body, changed } = sent;
  const exchange = answered?.exchange;
  return { at, url, body, ...(changed ? { changed } : {}), ...(exchange ? { exchange } : {}) };
}

/** A send for a bug report, without any secret; `undefined` where it is not over. */
export function reported(
  kept: KeptSend,
  isOver: boolean,
  redact: (text: string) => string,
): ReportedSend | undefined {
  const safe = withoutSecretsOf(kept, redact);
  const report = reportOf(safe, isOver);
  const answer = safe.answered?.exchange?.response?.body;
  return report && { report, url: safe.sent.url, ...(answer === undefined ? {} : { answer }) };
}

/**
 * The response of a send as a text to read and to compare: JSON, with what came back in it, exactly where that is
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
