import type { Command } from 'vscode';
import type { SentReport } from '../../app/outcomes/sentReport';
import type { Environment } from '../../core/environments/environment';
import { clip } from '../../core/phrases';
import { withoutIcons } from '../shell/markdown';
import { leadingProblem, type Outcome, type Report } from '../../core/report/report';

const ICON: Readonly<Record<Outcome, string>> = {
  created: '$(check)',
  rejected: '$(error)',
  invalid: '$(error)',
  blocked: '$(circle-slash)',
  unanswered: '$(warning)',
  unexpected: '$(warning)',
  cancelled: '$(circle-slash)',
};

/** What the last send came to, and when; clicked, it shows the invoice, or why there is none. */
export function lastSendCommand({ uri, report }: SentReport, active: Environment, now: Date): Command {
  // A plain space behind an icon is swallowed.
  const title = `${ICON[report.outcome]}\u00a0${wordsOf(report, active)} ${timeOf(new Date(report.at), now)}`;
  const subject = { uri, index: report.index };
  if (report.outcome === 'created') return { title, command: 'eccaex.showResponse', arguments: [subject] };
  if (report.problems.length === 0) return { title, command: '' };
  return { title, command: '_eccaex.showProblem', arguments: [subject] };
}

/** `created`, `rejected in staging: API_KEY_INVALID`. */
function wordsOf(report: Report, active: Environment): string {
  const code = report.error?.code ?? leadingProblem(report)?.code;
  const where = report.environment === active ? '' : ` in ${report.environment}`;
  const why = report.outcome === 'created' || code === undefined ? '' : `: ${withoutIcons(clip(code, 40))}`;
  return `${report.outcome}${where}${why}`;
}

/** `14:03:22`, `Nov 24 14:03:22` where that is not today. */
function timeOf(at: Date, now: Date): string {
  const time = at.toTimeString().slice(0, 8);
  return at.toDateString() === now.toDateString() ? time : `${at.toDateString().slice(4, 10)} ${time}`;
}
