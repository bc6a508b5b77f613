import { ThemeColor, ThemeIcon } from 'vscode';
import { verdictOf, type Delivery } from '../../core/webhook/delivery';
import { trustOf, type Webhook } from '../../core/webhook/webhook';

/** One icon for both: what is wrong first. */
export function iconOfWebhook(webhook: Webhook): ThemeIcon {
  const last = webhook.deliveries.at(-1);
  if (trustOf(webhook) === 'unverified')
    return new ThemeIcon('shield', new ThemeColor('list.warningForeground'));
  if (last && !last.end) return new ThemeIcon('sync~spin');
  if (last?.end && verdictOf(last.end) !== 'accepted')
    return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if (!last) return new ThemeIcon('mail');
  return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
}

export function iconOfDelivery({ end }: Delivery): ThemeIcon {
  if (!end) return new ThemeIcon('sync~spin');
  return verdictOf(end) === 'accepted'
    ? new ThemeIcon('pass', new ThemeColor('testing.iconPassed'))
    : new ThemeIcon('error', new ThemeColor('list.errorForeground'));
}
