import type { Outcomes } from '../../app/outcomes/outcomes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { withoutInvoice } from '../../app/outcomes/whatNext';
import { requestIn } from '../../core/journal/summary';
import { nonEmptyString } from '../../core/json';
import { leadingProblem, OUTCOME_WORDS } from '../../core/report/report';
import { parseJson } from '../../core/response/answer';
import type { ShownBatch, ShownElement } from '../../webview/response/protocol';

/** The last reports of the requests of these files, in their order; none where that is one request alone. */
export function batchOf(files: readonly string[], outcomes: Pick<Outcomes, 'latest'>): readonly SentReport[] {
  const sent = files.flatMap((uri) =>
    [...outcomes.latest(uri)].sort((a, b) => a.report.index - b.report.index),
  );
  return sent.length > 1 ? sent : [];
}

/** What of a batch brought no invoice and can be sent as its files are now, where its last request went. */
export function restOf(batch: readonly SentReport[]): readonly SentReport[] {
  const last = batch.reduce<SentReport | undefined>(
    (latest, one) => (latest && latest.report.at >= one.report.at ? latest : one),
    undefined,
  );
  return withoutInvoice(batch).filter(({ report }) => report.environment === last?.report.environment);
}

/** The rows of the table. `fileNameOf`: of a URI. */
export function shownBatch(batch: readonly SentReport[], fileNameOf: (uri: string) => string): ShownBatch {
  const rest = restOf(batch);
  const areSeveralFiles = new Set(batch.map(({ uri }) => uri)).size > 1;
  return {
    rows: batch.map((sent) => ({
      ...elementOf(sent),
      ...(areSeveralFiles ? { file: fileNameOf(sent.uri) } : {}),
    })),
    rest: { count: rest.length, environment: rest[0]?.report.environment ?? '' },
  };
}

function elementOf(sent: SentReport): ShownElement {
  const { uri, report } = sent;
  const { index, outcome, invoice } = report;
  const { externalId, amount, currency } = requestIn(report.body ?? '');
  const code = outcome === 'created' ? undefined : leadingProblem(report)?.code;
  return {
    uri,
    index,
    externalId: nonEmptyString(invoice?.['external_id']) ?? externalId ?? writtenIdOf(sent),
    amount: [amount, currency].filter((part) => part !== undefined).join(' '),
    outcome,
    words: OUTCOME_WORDS[outcome],
    ...(code === undefined ? {} : { code }),
  };
}

/** The external_id of a request that has no body, since it was not sent. */
function writtenIdOf({ request }: SentReport): string {
  const written = request && parseJson(request.anchor.identity);
  return nonEmptyString(written) ?? '';
}
