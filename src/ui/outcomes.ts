import { commands, env } from 'vscode';
import type { SentReport } from '../app/reports/reporter';
import { clip } from '../core/problems/clip';
import { nonEmptyString } from '../core/response/decode';
import { leadingProblem, type Report } from '../core/report/report';
import { fileNameOf } from './fileName';
import { commandOf } from './fixCommands';
import { notify } from './notify';
import { showProblem } from './showProblem';
import { webLink } from './webLink';

/** What a send came to, in one short notification with the next step as a button. Resolves when it is dismissed. */
export async function showOutcome(sent: readonly SentReport[]): Promise<void> {
  const [only] = sent;
  if (sent.length === 1 && only) await showOne(only);
  else await showMany(sent);
}

const SHOW_RESPONSE = 'Show Response';

async function showOne(sent: SentReport): Promise<void> {
  const { uri, report } = sent;
  const name = fileNameOf(uri);
  const { environment } = report;
  switch (report.outcome) {
    case 'created': {
      const { amount, currency } = report.invoice ?? {};
      const what = [amount, currency].flatMap((value) => nonEmptyString(value) ?? []).join(' ');
      await offerLink(`Invoice created in ${environment}${what === '' ? '' : `: ${what}`}.`, sent);
      return;
    }
    case 'invalid': {
      const errors = report.problems.filter(({ severity }) => severity === 'error').length;
      await offerProblem(
        'error',
        `Not sent: ${name} has ${errors} ${errors === 1 ? 'error' : 'errors'}.`,
        sent,
      );
      return;
    }
    case 'cancelled':
      void notify.info(`${name} was not sent.`);
      return;
    case 'rejected':
      await offerProblem('error', `${environment} refused ${name}: ${firstProblem(report)}`, sent);
      return;
    case 'unanswered':
    case 'unexpected': {
      // Whoever reads no further must not create it a second time.
      const warning = mayHaveBeenCreated(report) ? ' The invoice may have been created.' : '';
      await offerProblem('warning', `${name}: ${firstProblem(report)}${warning}`, sent);
      return;
    }
    case 'blocked':
      await offerProblem('warning', `${name}: ${firstProblem(report)}`, sent);
      return;
  }
}

async function showMany(sent: readonly SentReport[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { report } of sent) counts.set(report.outcome, (counts.get(report.outcome) ?? 0) + 1);
  const text = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const failed = sent.find(({ report }) => report.outcome !== 'created' && report.problems.length > 0);
  const message = `${sent.length} requests: ${text}.${failed ? ` First: ${firstProblem(failed.report)}` : ''}`;
  const steps = stepsOf(sent, failed);
  const show = failed ? notify.warn : notify.info;
  const choice = await show(message, ...steps.map(({ title }) => title));
  await steps.find(({ title }) => title === choice)?.take();
}

/** What can be done after several sends, the most useful first. */
function stepsOf(
  sent: readonly SentReport[],
  failed: SentReport | undefined,
): { title: string; take: () => unknown }[] {
  // Where an invoice may exist, nothing is sent again but by a look at it.
  const again = sent.filter(({ report }) => report.outcome === 'rejected' || report.outcome === 'cancelled');
  const isAnyUnsent = again.some(({ report }) => report.outcome === 'cancelled');
  const unanswered = sent.find(({ report }) => report.outcome === 'unanswered');
  const step = failed && nextStep(failed.uri, failed.report);
  const shown = failed ?? sent[0];
  return [
    ...(step
      ? [{ title: step.title, take: () => commands.executeCommand(step.command, ...step.arguments) }]
      : []),
    ...(again.length > 0
      ? [{ title: isAnyUnsent ? 'Send the Rest' : 'Send Refused Again', take: () => sendAgain(again) }]
      : []),
    ...(unanswered
      ? [{ title: 'Show Unanswered', take: () => showProblem(unanswered.uri, unanswered.report) }]
      : []),
    ...(failed && failed !== unanswered
      ? [{ title: 'Show Problem', take: () => showProblem(failed.uri, failed.report) }]
      : []),
    ...(shown?.exchange ? [{ title: SHOW_RESPONSE, take: () => showResponse(shown) }] : []),
  ];
}

/** As their files are now, where they went before. */
async function sendAgain(sent: readonly SentReport[]): Promise<void> {
  await commands.executeCommand('_eccaex.sendRequests', {
    environment: sent[0]?.report.environment,
    requests: sent.map(({ uri, report: { index } }) => ({ uri, index })),
  });
}

async function offerLink(message: string, sent: SentReport): Promise<void> {
  const link = webLink(sent.report.invoice?.['payment_link']);
  if (!link) {
    const text = `${message} Its payment link is no web address, and is not opened.`;
    if (await notify.info(text, SHOW_RESPONSE)) await showResponse(sent);
    return;
  }
  const open = 'Open Payment Link';
  const choice = await notify.info(message, open, 'Copy Link', SHOW_RESPONSE);
  if (choice === open) await env.openExternal(link);
  else if (choice === SHOW_RESPONSE) await showResponse(sent);
  else if (choice !== undefined) await env.clipboard.writeText(link.toString(true));
}

async function offerProblem(kind: 'error' | 'warning', message: string, sent: SentReport): Promise<void> {
  const { uri, report, exchange } = sent;
  const show = kind === 'error' ? notify.error : notify.warn;
  const step = nextStep(uri, report);
  const choice = await show(
    message,
    ...(step ? [step.title] : []),
    'Show Problem',
    ...(exchange ? [SHOW_RESPONSE] : []),
  );
  if (choice === undefined) return;
  if (step && choice === step.title) await commands.executeCommand(step.command, ...step.arguments);
  else if (choice === SHOW_RESPONSE) await showResponse(sent);
  else await showProblem(uri, report);
}

async function showResponse({ uri, report: { index } }: SentReport): Promise<void> {
  await commands.executeCommand('eccaex.showResponse', { uri, index });
}

/** The best fix that is no edit: an edit is looked at first, where the problem is. */
function nextStep(
  uri: string,
  report: Report,
): { title: string; command: string; arguments: unknown[] } | undefined {
  const first = leadingProblem(report);
  const subject = { uri, environment: report.environment, index: report.index };
  switch (first?.fixes[0]) {
    case 'eccaex.setApiKey': {
      const { command, arguments: given = [] } = commandOf('eccaex.setApiKey', '', subject);
      return {
        title: first.code === 'key-absent' || first.code === 'API_KEY_MISSING' ? 'Set Key' : 'Replace Key',
        command,
        arguments: given,
      };
    }
    case 'eccaex.rotateApiKey': {
      const { command, arguments: given = [] } = commandOf('eccaex.rotateApiKey', '', subject);
      return { title: 'Rotate Key', command, arguments: given };
    }
    case 'open-base-url-setting': {
      const { command, arguments: given = [] } = commandOf('open-base-url-setting', '', subject);
      return { title: 'Open Setting', command, arguments: given };
    }
    case 'trust-workspace': {
      const { command, arguments: given = [] } = commandOf('trust-workspace', '', subject);
      return { title: 'Manage Trust', command, arguments: given };
    }
    default:
      return undefined;
  }
}

function mayHaveBeenCreated(report: Report): boolean {
  return leadingProblem(report)?.fixes.includes('resend-same-body') ?? false;
}

function firstProblem(report: Report): string {
  const first = leadingProblem(report);
  return first
    ? `${first.message}${/^[A-Z]/.test(first.code) ? ` (${clip(first.code)})` : ''}`
    : report.outcome;
}
