import type { Command } from 'vscode';
import type { SentReport } from '../../app/outcomes/sentReport';
import { momentOf } from '../../core/times';
import type { Environment } from '../../core/environments/environment';
import { clip } from '../../core/phrases';
import { withoutIcons } from '../shell/markdown';
import { leadingProblem, type Outcome } from '../../core/report/report';
import { BASE_URL_NOT_USABLE } from '../../core/sharedWords';

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
export function lastSendCommand(sent: SentReport, active: Environment, now: Date): Command {
  const { uri, report } = sent;
  // A plain space behind an icon is swallowed.
  const title = `${ICON[report.outcome]}\u00a0${wordsOf(sent, active)} ${momentOf(new Date(report.at), now)}`;
  const subject = { uri, index: report.index };
  if (report.outcome === 'created') return { title, command: 'eccaex.showResponse', arguments: [subject] };
  if (report.problems.length === 0) return { title, command: '' };
  return { title, command: '_eccaex.showProblem', arguments: [subject] };
}

/** `created`, `rejected in staging: API_KEY_INVALID`, `6 errors`, `canceled – the invoice may exist`. */
function wordsOf({ report, anchored }: SentReport, active: Environment): string {
  const where = report.environment === active ? '' : ` in ${report.environment}`;
  const code = report.error?.code ?? leadingProblem(report)?.code ?? '';
  const told = withoutIcons(clip(code, 40));
  switch (report.outcome) {
    case 'created':
      return `created${where}`;
    case 'rejected':
      return `rejected${where}${told === '' ? '' : `: ${told}`}`;
    case 'invalid': {
      const errors = report.problems.filter(({ severity }) => severity === 'error').length;
      return errors === 1 ? '1 error' : `${errors} errors`;
    }
    case 'blocked':
      return `${BLOCKED[code] ?? 'not sent'}${where}`;
    case 'cancelled':
      return `canceled${where}`;
    case 'unanswered': {
      const isStopped = anchored.some(
        ({ problem }) => problem.kind === 'connection' && problem.arguments.reason === 'stopped',
      );
      return `${isStopped ? 'canceled' : 'no response'}${where} – the invoice may exist`;
    }
    case 'unexpected':
      return `${/^http-\d+$/.test(code) ? `HTTP ${code.slice(5)}` : 'unexpected response'}${where}`;
  }
}

/** Why a request did not leave, by the code of its problem. */
const BLOCKED: Readonly<Record<string, string>> = {
  'key-absent': 'no API key',
  'key-unreadable': 'API key cannot be read',
  'key-other-origin': 'API key is for another host',
  'key-refused': 'not sent, API key rejected',
  'rate-limited': 'not sent, rate limit',
  'url-unsafe': BASE_URL_NOT_USABLE,
  'untrusted-workspace': 'folder not trusted',
  connection: 'server not reached',
};
