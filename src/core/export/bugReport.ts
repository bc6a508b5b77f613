import type { Report } from '../report/report';

/** What a bug report says of one send. */
export interface ReportedSend {
  readonly report: Report;
  readonly url: string;
  /** As it came; absent where none came whole. */
  readonly answer?: string;
}

/** What it says of the programs. */
export interface Surroundings {
  readonly extension: string;
  readonly editor: string;
  readonly system: string;
}

const HEAD = '# Bug report: EccaEx Merchant API\n\nWhat was expected, and what happened instead:';

/** Of a body, in UTF-16: what people read and a tracker takes. */
const LONGEST_BODY = 20_000;

/** Sends as Markdown for the vendor's support: what was sent, what came back, and the ids by which they find it. */
export function bugReportOf(
  sends: readonly ReportedSend[],
  { extension, editor, system }: Surroundings,
): string {
  const parts = sends.map((send, place) => section(send, sends.length > 1 ? ` ${place + 1}` : ''));
  const programs = `Sent with EccaEx Merchant API Explorer ${extension}, ${editor}, ${system}. The API key is left out.`;
  return `${[HEAD, ...parts, programs].join('\n\n')}\n`;
}

function section({ report, url, answer }: ReportedSend, number: string): string {
  const { outcome, environment, at, status, requestId, durationMs, body, problems } = report;
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['Request id', requestId],
    ['Outcome', outcome],
    ['HTTP status', status],
    ['Endpoint', `POST ${url}`],
    ['Environment', environment],
    ['Sent at', at],
    ['Took', durationMs === undefined ? undefined : `${durationMs} ms`],
    ['Problem', problems.map(({ code }) => code).join(', ') || undefined],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [`- ${name}: ${code(String(value))}`],
  );
  return [
    `## Request${number}`,
    lines.join('\n'),
    ...(body === undefined ? [] : ['Sent:', fenced(body)]),
    ...(answer === undefined ? ['No complete response came.'] : ['Received:', fenced(answer)]),
  ].join('\n\n');
}

/** A fence that nothing in the text can close. */
function fenced(text: string): string {
  const short = text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}…` : text;
  const fence = '`'.repeat(Math.max(3, longestRun(short) + 1));
  return `${fence}json\n${short}${short.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A text on one line that is nothing but itself. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  return /^`|`$/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
