import { commands, env } from 'vscode';
import type { Outcomes } from '../../app/outcomes/outcomes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { nonEmptyString } from '../../core/json';
import { webLink } from '../../core/response/webLink';
import { notify, openWebLink } from '../shell/notify';
import { fileNameOf } from '../shell/convert';
import { showProblem } from '../shell/showProblem';
import { firstProblem, mayBeCreated, nextStep, showResponse, SHOW_RESPONSE, inShort } from './nextStep';
import { showMany } from './severalOutcomes';
import { BUTTONS } from '../../core/sharedWords';

/** What a send came to, in one short notification with the next step as a button. Resolves when it is dismissed. */
export async function showOutcome(sent: readonly SentReport[], outcomes: Outcomes): Promise<void> {
  const [only] = sent;
  if (sent.length === 1 && only) {
    await commands.executeCommand('_eccaex.followSend', { uri: only.uri, index: only.report.index });
    await showOne(only);
  } else await showMany(sent, outcomes);
}

async function showOne(sent: SentReport): Promise<void> {
  const { uri, report } = sent;
  const name = fileNameOf(uri);
  const { environment } = report;
  switch (report.outcome) {
    case 'created': {
      const { amount, currency } = report.invoice ?? {};
      const what = [amount, currency].flatMap((value) => nonEmptyString(value) ?? []).join(' ');
      await offerLink(`${name} – invoice created in ${environment}${what === '' ? '' : `: ${what}`}.`, sent);
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
      await offerProblem('error', `${name} rejected in ${environment}: ${inShort(report)}`, sent);
      return;
    case 'unanswered':
    case 'unexpected': {
      // Whoever reads no further must not create it a second time.
      const warning = mayBeCreated(report) ? ' The invoice may have been created.' : '';
      await offerProblem('warning', `${name}: ${firstProblem(report)}${warning}`, sent);
      return;
    }
    case 'blocked':
      await offerProblem('warning', `${name}: ${firstProblem(report)}`, sent);
      return;
  }
}

async function offerLink(message: string, sent: SentReport): Promise<void> {
  const link = webLink(sent.report.invoice?.['payment_link']);
  if (!link) {
    const text = `${message} Its payment link is not a web address.`;
    if (await notify.info(text, SHOW_RESPONSE)) await showResponse(sent);
    return;
  }
  const open = BUTTONS.openPaymentLink;
  const choice = await notify.info(message, open, BUTTONS.copyLink, SHOW_RESPONSE);
  if (choice === open) await openWebLink(link);
  else if (choice === SHOW_RESPONSE) await showResponse(sent);
  else if (choice !== undefined) await env.clipboard.writeText(link);
}

async function offerProblem(kind: 'error' | 'warning', message: string, sent: SentReport): Promise<void> {
  const { exchange } = sent;
  const show = kind === 'error' ? notify.error : notify.warn;
  const step = nextStep(sent);
  const choice = await show(
    message,
    ...(step ? [step.title] : []),
    'Show Problem',
    ...(exchange ? [SHOW_RESPONSE] : []),
  );
  if (choice === undefined) return;
  if (step && choice === step.title) await commands.executeCommand(step.command, ...step.arguments);
  else if (choice === SHOW_RESPONSE) await showResponse(sent);
  else await showProblem(sent);
}
