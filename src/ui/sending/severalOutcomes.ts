import { commands } from 'vscode';
import type { Outcomes } from '../../app/outcomes/outcomes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { firstToSee, withoutInvoice } from '../../app/outcomes/whatNext';
import { sendAgain } from '../shell/sendAgain';
import { requestIn } from '../../core/journal/summary';
import { firstProblem, mayBeCreated, nextStep, showResponse, SHOW_RESPONSE } from './nextStep';
import { copyText, notify } from '../shell/notify';
import { showProblem } from '../shell/showProblem';
import { showUnanswered } from './unanswered';

/** What several sends came to, in one notification. Resolves when it is dismissed. */
export async function showMany(sent: readonly SentReport[], outcomes: Outcomes): Promise<void> {
  const counts = new Map<string, number>();
  for (const { report } of sent) counts.set(report.outcome, (counts.get(report.outcome) ?? 0) + 1);
  const text = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const first = firstToSee(sent);
  const message = `${sent.length} requests: ${text}.${first ? ` First: ${firstProblem(first.report)}` : ''}`;
  const steps = stepsOf(sent, first, outcomes);
  const show = first ? notify.warn : notify.info;
  const choice = await show(message, ...steps.map(({ title }) => title));
  await steps.find(({ title }) => title === choice)?.take();
}

/** What can be done after several sends, the most useful first. */
function stepsOf(
  sent: readonly SentReport[],
  first: SentReport | undefined,
  outcomes: Outcomes,
): { title: string; take: () => unknown }[] {
  // Where an invoice may exist, nothing is sent again but by a look at it.
  const again = withoutInvoice(sent);
  const uncertain = sent.filter(({ report }) => mayBeCreated(report));
  const ids = uncertain.flatMap(({ report }) => requestIn(report.body ?? '').externalId ?? []);
  // The external_ids come before anything that sends, and those of all before that of the first.
  const step = first && ids.length === 0 ? nextStep(first) : undefined;
  const shown = first ?? sent[0];
  return [
    ...(ids.length > 0
      ? [{ title: `Copy ${namesOf(ids)}`, take: () => copyText(ids.join('\n'), namesOf(ids)) }]
      : []),
    ...(step
      ? [{ title: step.title, take: () => commands.executeCommand(step.command, ...step.arguments) }]
      : []),
    ...(again.length > 0
      ? [{ title: titleOf(again, sent.length), take: () => sendAgain(again, outcomes) }]
      : []),
    ...(uncertain.length > 0
      ? [{ title: 'Show Unanswered', take: () => showUnanswered(uncertain, outcomes) }]
      : []),
    ...(first && (uncertain.length !== 1 || first !== uncertain[0])
      ? [{ title: 'Show Problem', take: () => showProblem(first) }]
      : []),
    ...(shown?.exchange ? [{ title: SHOW_RESPONSE, take: () => showResponse(shown) }] : []),
  ];
}

function namesOf(ids: readonly string[]): string {
  return ids.length === 1 ? 'external_id' : `${ids.length} external_ids`;
}

function titleOf(again: readonly SentReport[], total: number): string {
  if (again.every(({ report }) => report.outcome === 'rejected')) return 'Send Refused Again';
  return again.length < total ? 'Send the Rest' : 'Send Again';
}
