import { documentedError } from '../../core/contract/errors';
import { commands } from 'vscode';
import { isActionFixId, type FixId } from '../../core/fixes/fix';
import { isSafeFix } from '../../core/fixes/fixes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { clip } from '../../core/phrases';
import { invoiceMayExist, leadingProblem, type Report } from '../../core/report/report';
import { commandOf } from '../shell/fixCommands';
import { BUTTONS } from '../../core/sharedWords';

export const SHOW_RESPONSE = 'Show Response';

export async function showResponse({ uri, report: { index } }: SentReport): Promise<void> {
  await commands.executeCommand('eccaex.showResponse', { uri, index });
}

/** A button and what it does. */
interface Step {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** What cures the problem that decided the outcome, as a button: the fix is made, or asks for what it needs. */
export function nextStep({ uri, report }: SentReport): Step | undefined {
  const first = leadingProblem(report);
  const { environment, index } = report;
  const apply = (title: string, fix: FixId): Step => ({
    title,
    command: '_eccaex.applyFix',
    arguments: [{ uri, index, fix }],
  });
  if (report.outcome === 'invalid') {
    const isFixable = report.problems.some(({ fixes: [fix] }) => fix !== undefined && isSafeFix(fix));
    if (isFixable) return { title: 'Fix All', command: '_eccaex.fixAll', arguments: [{ uri }] };
    const id = first?.fixes[0];
    const title = id && EDITS[id];
    return id === undefined || title === undefined ? undefined : apply(title, id);
  }
  if (first?.fixes.includes('add-urls') && report.outcome === 'rejected')
    return apply('Add URLs', 'add-urls');
  const id = first?.fixes[0];
  const title = id && titleOf(id, first.code);
  if (title === undefined || !isActionFixId(id)) return undefined;
  const { command, arguments: given = [] } = commandOf(id, '', { uri, environment, index });
  return { title, command, arguments: given as unknown[] };
}

/** The fixes of a text that say in a button what they do. */
const EDITS: Partial<Readonly<Record<FixId, string>>> = {
  'rename-field': 'Rename Field',
  'define-placeholder': 'Define Placeholder',
  'write-json': BUTTONS.convertToJson,
  'write-batch': 'Make a Batch',
};

function titleOf(id: FixId, code: string): string | undefined {
  switch (id) {
    case 'eccaex.setApiKey':
      return code === 'key-absent' || documentedError(code)?.about === 'no-key'
        ? BUTTONS.setKey
        : BUTTONS.replaceKey;
    case 'eccaex.rotateApiKey':
      return BUTTONS.rotateKey;
    case 'copy-external-id':
      return 'Copy external_id';
    case 'open-base-url-setting':
      return BUTTONS.setBaseUrl;
    case 'trust-workspace':
      return BUTTONS.manageTrust;
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

/** As much of it as two lines of a notification hold: its first sentence, and the code. */
export function inShort(report: Report): string {
  const first = leadingProblem(report);
  if (!first) return report.outcome;
  const [sentence = first.message] = /^.*?\.(?=\s|$)/s.exec(first.message) ?? [];
  return `${clip(sentence, LONGEST)} (${clip(first.code)})`;
}

/** Characters of a sentence. */
const LONGEST = 90;
