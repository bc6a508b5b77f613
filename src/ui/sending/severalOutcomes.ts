import { commands } from 'vscode';
import type { Outcomes } from '../../app/outcomes/outcomes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { firstToSee, withoutInvoice } from '../../app/outcomes/whatNext';
import { requestIn } from '../../core/journal/summary';
import { copyText, notify } from '../shell/notify';
import { countWords } from '../shell/outcomeIcons';
import { sendAgain } from '../shell/sendAgain';
import { inShort, mayBeCreated, nextStep, SHOW_RESPONSE } from './nextStep';

interface Step {
  readonly title: string;
  readonly take: () => unknown;
}

/** What several sends came to, in one notification. Resolves when it is dismissed. */
export async function showMany(sent: readonly SentReport[], outcomes: Outcomes): Promise<void> {
  const first = firstToSee(sent);
  const files = [...new Set(sent.map(({ uri }) => uri))];
  await commands.executeCommand('_eccaex.followSend', { uris: files });
  const text = countWords(sent.map(({ report }) => report));
  const message = `${sent.length.toLocaleString('en')} requests: ${text}.${first ? ` First: ${inShort(first.report)}` : ''}`;
  const steps = stepsOf(sent, first, files, outcomes);
  const show = first ? notify.warn : notify.info;
  const choice = await show(message, ...steps.map(({ title }) => title));
  await steps.find(({ title }) => title === choice)?.take();
}

/** What can be done after several sends, the most useful first. */
function stepsOf(
  sent: readonly SentReport[],
  first: SentReport | undefined,
  uris: readonly string[],
  outcomes: Outcomes,
): readonly Step[] {
  // Where an invoice may exist, nothing is sent again but by a look at it.
  const again = withoutInvoice(sent);
  const uncertain = sent.filter(({ report }) => mayBeCreated(report));
  const ids = uncertain.flatMap(({ report }) => requestIn(report.body ?? '').externalId ?? []);
  // The external_ids come before anything that sends, and those of all before that of the first.
  const step = first && ids.length === 0 ? nextStep(first) : undefined;
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
    {
      title: first ? 'Show Failures' : SHOW_RESPONSE,
      take: () => commands.executeCommand('eccaex.showResponse', { uris }),
    },
  ];
}

function namesOf(ids: readonly string[]): string {
  return ids.length === 1 ? 'external_id' : `${ids.length} external_ids`;
}

function titleOf(again: readonly SentReport[], total: number): string {
  return again.length < total ? 'Send the Rest' : 'Send Again';
}
