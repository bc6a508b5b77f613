import type { Outcome, Report, ReportedProblem } from '../core/report/report';
import { parseJson } from '../core/response/answer';
import { isObject } from '../core/response/decode';
import { harmless } from './harmless';
import type { Colors, Output } from './output';

type AnyReport = Omit<Report, 'outcome'> & { readonly outcome: Outcome | 'valid' };

/** A report, and the name that a person has for its file. */
export interface Titled<R extends AnyReport = AnyReport> {
  /** The file as it was typed. */
  readonly file: string;
  /** Whether the file has other requests too. */
  readonly isOneOfMany: boolean;
  readonly report: R;
}

/** Reports as people, and the problem matcher, read them: the lines of one request after another. */
export function present(all: readonly Titled[], output: Output): string[] {
  const layout: Layout = {
    colors: output.colors,
    outcomeWidth: output.isRich ? widest(all.map(({ report }) => report.outcome)) : 0,
    titleWidth: output.isRich ? widest(all.map(titleOf)) : 0,
  };
  const told = new Told();
  const lines = all.flatMap((titled) => [
    outcomeLine(titled, layout),
    ...titled.report.problems.flatMap((problem) => problemLines(problem, titled, output.colors, told)),
  ]);
  return all.length > 1 ? [...lines, summary(all)] : lines;
}

/** What was said before is not said again. */
class Told {
  readonly #texts = new Set<string>();

  isNew(text: string): boolean {
    const isNew = !this.#texts.has(text);
    this.#texts.add(text);
    return isNew;
  }
}

interface Layout {
  readonly colors: Colors;
  readonly outcomeWidth: number;
  readonly titleWidth: number;
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}

function outcomeLine(titled: Titled, { colors, outcomeWidth, titleWidth }: Layout): string {
  const { report } = titled;
  const outcome = COLOR[report.outcome](colors)(report.outcome.padEnd(outcomeWidth));
  const facts = factsOf(report);
  const title = titleOf(titled).padEnd(facts === '' ? 0 : titleWidth);
  return [outcome, colors.bold(title), facts].filter((part) => part !== '').join(' ');
}

/** `orders.json`, or `orders.json[2]` for the third of a batch. */
function titleOf({ file, isOneOfMany, report }: Titled): string {
  return harmless(file) + (isOneOfMany ? `[${report.index}]` : '');
}

function factsOf({ outcome, invoice, status, requestId, body }: AnyReport): string {
  const known = [
    ...['invoice_id', 'amount', 'currency', 'payment_link'].map((name) => textIn(invoice, name)),
    status !== undefined && outcome !== 'created' ? `HTTP ${status}` : '',
    requestId === undefined ? '' : `request ${requestId}`,
    // What to look for where the invoice may have been created: placeholders hide it in the file.
    outcome === 'unanswered' || outcome === 'unexpected' ? externalIdIn(body) : '',
  ];
  return harmless(known.filter((text) => text !== '').join(' '));
}

function externalIdIn(body: string | undefined): string {
  const request = body === undefined ? undefined : parseJson(body);
  const id = isObject(request) ? request['external_id'] : undefined;
  return typeof id === 'string' ? `external_id ${id}` : '';
}

function textIn(invoice: AnyReport['invoice'], name: string): string {
  const value = invoice?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const COLOR: Readonly<Record<Outcome | 'valid', (colors: Colors) => (text: string) => string>> = {
  created: ({ green }) => green,
  valid: ({ green }) => green,
  rejected: ({ red }) => red,
  invalid: ({ red }) => red,
  blocked: ({ red }) => red,
  unanswered: ({ magenta }) => magenta,
  unexpected: ({ magenta }) => magenta,
  cancelled: ({ yellow }) => yellow,
};

/** The problem at its place, and what to do about it. */
function problemLines(
  problem: ReportedProblem,
  { file, report: { outcome, status } }: Titled,
  colors: Colors,
  told: Told,
): string[] {
  const { guidance, docs } = problem;
  const line = problemLine(problem, file, colors);
  // What is wrong with a file stands in the report of each of its requests; what blocks one blocks all.
  if (!told.isNew(outcome === 'blocked' ? `${problem.code} ${problem.message}` : line)) return [];
  const steps = status === undefined ? guidance : [...guidance, `See ${docs}`];
  const block = steps.map((step) => colors.dim(`    ${harmless(step)}`));
  return [line, ...(told.isNew(block.join('\n')) ? block : [])];
}

/** `FILE:LINE:COL: error CODE message`, as a problem matcher reads it. */
export function problemLine(
  { range, severity, code, message }: Pick<ReportedProblem, 'range' | 'severity' | 'code' | 'message'>,
  file: string,
  { red, yellow, cyan }: Colors,
): string {
  const place = `${harmless(file)}:${range.start.line + 1}:${range.start.character + 1}`;
  // A problem matcher knows `info`.
  const word = { error: red('error'), warning: yellow('warning'), information: cyan('info') }[severity];
  return `${place}: ${word} ${harmless(code)} ${harmless(message)}`;
}

function summary(all: readonly Titled[]): string {
  const counts = new Map<string, number>();
  for (const { report } of all) counts.set(report.outcome, (counts.get(report.outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  return `${all.length} requests: ${parts.join(', ')}`;
}
