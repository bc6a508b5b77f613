import type { Outcome, Report, ReportedProblem } from '../core/report/report';
import { parseJson } from '../core/response/answer';
import { isObject } from '../core/json';
import { harmless } from './harmless';
import type { Colors, Line, Output, ProblemLine } from './output';

type AnyReport = Omit<Report, 'outcome'> & { readonly outcome: Outcome | 'valid' };

/** What a person calls a request. */
export interface Title {
  /** The file as it was typed. */
  readonly file: string;
  /** Place in the batch, where there are several. */
  readonly index: number | undefined;
}

/** Reports as people, and the problem matcher, read them: the lines of one request after another. */
export class Presentation {
  readonly #colors: Colors;
  readonly #titleWidth: number;
  readonly #outcomeWidth: number;
  readonly #told = new Told();
  readonly #counts = new Map<string, number>();
  readonly #total: number;

  /** `longest`: of the outcomes that there can be. */
  constructor(
    titles: readonly Title[],
    longest: AnyReport['outcome'],
    { colors, isRich }: Pick<Output, 'colors' | 'isRich'>,
  ) {
    this.#colors = colors;
    this.#total = titles.length;
    this.#titleWidth = isRich ? widest(titles.map(textOf)) : 0;
    this.#outcomeWidth = isRich && titles.length > 1 ? longest.length : 0;
  }

  lines(title: Title, report: AnyReport): Line[] {
    this.#counts.set(report.outcome, (this.#counts.get(report.outcome) ?? 0) + 1);
    const problems = report.problems.flatMap((problem) =>
      problemLines(problem, title, report, this.#colors, this.#told),
    );
    // What one missing key blocks is one problem at one place, not one for each request; the summary counts them.
    const isSameAgain = problems.length === 0 && report.problems.some(({ code }) => BLOCKS_ALL.has(code));
    return isSameAgain ? [] : [this.#outcomeLine(title, report), ...problems];
  }

  /** Of several. */
  summary(): string | undefined {
    if (this.#total < 2) return undefined;
    const parts = [...this.#counts].map(([outcome, count]) => `${count} ${outcome}`);
    return `${this.#total} requests: ${parts.join(', ')}`;
  }

  #outcomeLine(title: Title, report: AnyReport): string {
    const outcome = COLOR[report.outcome](this.#colors)(report.outcome.padEnd(this.#outcomeWidth));
    const facts = factsOf(report);
    const text = textOf(title).padEnd(facts === '' ? 0 : this.#titleWidth);
    return [outcome, this.#colors.bold(text), facts].filter((part) => part !== '').join(' ');
  }
}

/** What blocks each request of a send for the same cause. */
const BLOCKS_ALL: ReadonlySet<string> = new Set([
  'key-absent',
  'key-unreadable',
  'key-other-origin',
  'url-unsafe',
  'untrusted-workspace',
]);

/** What was said before is not said again. */
class Told {
  readonly #texts = new Set<string>();

  isNew(text: string): boolean {
    const isNew = !this.#texts.has(text);
    this.#texts.add(text);
    return isNew;
  }
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}

/** `orders.json`, or `orders.json · request 3` for the third of a batch. */
function textOf({ file, index }: Title): string {
  return harmless(file) + (index === undefined ? '' : ` · request ${index + 1}`);
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

/** The problem at its place and what to do about it, on one line. What to do is said once. */
function problemLines(
  problem: ReportedProblem,
  { file }: Title,
  { outcome, status }: AnyReport,
  colors: Colors,
  told: Told,
): Line[] {
  const { guidance, docs, code, message } = problem;
  const line = problemLine(problem, file, colors);
  // What is wrong with a file stands in the report of each of its requests; what blocks one blocks all.
  const key = outcome === 'blocked' ? `${code} ${message}` : `${line.file}:${line.place} ${line.text}`;
  if (!told.isNew(key)) return [];
  const steps = (status === undefined ? guidance : [...guidance, `See ${docs}`]).join(' ');
  return [told.isNew(steps) ? { ...line, text: `${line.text} ${colors.dim(harmless(steps))}` } : line];
}

export function problemLine(
  { range, severity, code, message }: Pick<ReportedProblem, 'range' | 'severity' | 'code' | 'message'>,
  file: string,
  { red, yellow, cyan }: Colors,
): ProblemLine {
  // A problem matcher knows `info`.
  const word = { error: red('error'), warning: yellow('warning'), information: cyan('info') }[severity];
  return {
    file: harmless(file),
    place: `${range.start.line + 1}:${range.start.character + 1}: ${word}`,
    text: `${harmless(code)} ${harmless(message)}`,
  };
}
