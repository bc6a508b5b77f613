import { ThemeColor, ThemeIcon } from 'vscode';
import { momentOf } from '../../core/times';
import type { LastOutcome } from '../../app/outcomes/outcomes';
import { OUTCOME_WORDS } from '../../core/report/report';

/** The icon of a request by how its last send ended; without one, that of a file. */
export function iconOf(outcome: LastOutcome['outcome'] | undefined): ThemeIcon {
  switch (outcome) {
    case undefined:
      return new ThemeIcon('circle-large-outline');
    case 'created':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'in flight':
      return new ThemeIcon('loading~spin');
    case 'unanswered':
    case 'unexpected':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'cancelled':
    case 'blocked':
      return new ThemeIcon('circle-slash');
    case 'rejected':
    case 'invalid':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
  }
}

/** What people read for how a send ended, or that it goes on. */
export const nameOfOutcome = (outcome: LastOutcome['outcome']): string =>
  outcome === 'in flight' ? 'sending' : OUTCOME_WORDS[outcome];

/** From the one that needs a look most to the one that needs it least. */
const BY_URGENCY: readonly LastOutcome['outcome'][] = [
  'in flight',
  'unanswered',
  'unexpected',
  'rejected',
  'invalid',
  'blocked',
  'cancelled',
  'created',
];

/** Of several the one that needs a look most. */
export function leadingOutcome(
  outcomes: readonly Pick<LastOutcome, 'outcome'>[],
): LastOutcome['outcome'] | undefined {
  return BY_URGENCY.find((urgent) => outcomes.some(({ outcome }) => outcome === urgent));
}

/** `created in dev, 14:03`, `2 created, 1 rejected in dev` */
export function outcomeWords(outcomes: readonly LastOutcome[], now: Date): string {
  const [only] = outcomes;
  if (!only) return '';
  const environments = [...new Set(outcomes.map(({ environment }) => environment))].join(', ');
  if (outcomes.length === 1)
    return `${nameOfOutcome(only.outcome)} in ${environments}, ${momentOf(new Date(only.at), now)}`;
  return `${countWords(outcomes)} in ${environments}`;
}

/** `2 created, 1 rejected` */
export function countWords(outcomes: readonly Pick<LastOutcome, 'outcome'>[]): string {
  const counts = BY_URGENCY.flatMap((one) => {
    const count = outcomes.filter(({ outcome }) => outcome === one).length;
    const words = one === 'invalid' ? 'with errors' : nameOfOutcome(one);
    return count > 0 ? [`${count.toLocaleString('en')} ${words}`] : [];
  });
  return counts.reverse().join(', ');
}
