import { documentedError } from '../../core/contract/errors';
import { commands } from 'vscode';
import type { SentReport } from '../../app/outcomes/sentReport';
import { clip } from '../../core/phrases';
import { invoiceMayExist, leadingProblem, type Report } from '../../core/report/report';
import { commandOf } from '../shell/fixCommands';

export const SHOW_RESPONSE = 'Show Response';

export async function showResponse({ uri, report: { index } }: SentReport): Promise<void> {
  await commands.executeCommand('eccaex.showResponse', { uri, index });
}

/** The best fix that is no edit: an edit is looked at first, where the problem is. */
export function nextStep({
  uri,
  report,
}: SentReport): { title: string; command: string; arguments: unknown[] } | undefined {
  const first = leadingProblem(report);
  const subject = { uri, environment: report.environment, index: report.index };
  switch (first?.fixes[0]) {
    case 'eccaex.setApiKey': {
      const { command, arguments: given = [] } = commandOf('eccaex.setApiKey', '', subject);
      return {
        title:
          first.code === 'key-absent' || documentedError(first.code)?.about === 'no-key'
            ? 'Set Key'
            : 'Replace Key',
        command,
        arguments: given,
      };
    }
    case 'eccaex.rotateApiKey': {
      const { command, arguments: given = [] } = commandOf('eccaex.rotateApiKey', '', subject);
      return { title: 'Rotate Key', command, arguments: given };
    }
    case 'copy-external-id': {
      const { command, arguments: given = [] } = commandOf('copy-external-id', '', subject);
      return { title: 'Copy external_id', command, arguments: given };
    }
    case 'open-base-url-setting': {
      const { command, arguments: given = [] } = commandOf('open-base-url-setting', '', subject);
      return { title: 'Set Base URL', command, arguments: given };
    }
    case 'trust-workspace': {
      const { command, arguments: given = [] } = commandOf('trust-workspace', '', subject);
      return { title: 'Manage Trust', command, arguments: given };
    }
    default:
      return undefined;
  }
}

/** Whether an invoice may exist of which nobody knows. */
export function mayBeCreated(report: Report): boolean {
  return invoiceMayExist(report.outcome, leadingProblem(report)?.code);
}

export function firstProblem(report: Report): string {
  const first = leadingProblem(report);
  return first
    ? `${first.message}${/^[A-Z]/.test(first.code) ? ` (${clip(first.code)})` : ''}`
    : report.outcome;
}
