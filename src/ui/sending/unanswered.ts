import { ThemeIcon, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { Outcomes } from '../../app/outcomes/outcomes';
import type { SentReport } from '../../app/outcomes/sentReport';
import { requestIn } from '../../core/journal/summary';
import { copyText } from '../shell/notify';
import { commandOf, runHere } from '../shell/fixCommands';
import { fileNameOf } from '../shell/convert';
import { firstProblem } from './nextStep';
import { lastOf } from '../shell/sendAgain';
import { showProblem } from '../shell/showProblem';

type UnansweredItem = QuickPickItem & { readonly sent: SentReport };

/** Shows the one send whose invoice may exist, or lists several, each to be shown or sent again to the letter. */
export async function showUnanswered(sent: readonly SentReport[], outcomes: Outcomes): Promise<void> {
  const [only, ...more] = sent;
  if (only && more.length === 0) return showProblem(only);
  const pick = window.createQuickPick<UnansweredItem>();
  pick.title = `${sent.length} requests without response: their invoices may have been created`;
  pick.placeholder = 'Show which one?';
  pick.matchOnDetail = true;
  // To send one again may ask, and says what came of it; the list stays for the others.
  pick.ignoreFocusOut = true;
  pick.items = lastOf(sent, outcomes).map(itemOf);
  pick.onDidAccept(() => {
    const [picked] = pick.selectedItems;
    pick.hide();
    if (picked) void showProblem(picked.sent);
  });
  pick.onDidTriggerItemButton(({ item, button }) => {
    if (button === COPY) {
      void copyText(requestIn(item.sent.report.body ?? '').externalId ?? '', 'external_id');
      return;
    }
    pick.items = pick.items.filter((other) => other !== item);
    if (pick.items.length === 0) pick.hide();
    const [ofNow] = lastOf([item.sent], outcomes);
    if (ofNow) void resend(ofNow);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

function itemOf(sent: SentReport): UnansweredItem {
  const { uri, report } = sent;
  const { externalId, amount, currency } = requestIn(report.body ?? '');
  return {
    label: `${fileNameOf(uri)} · request ${report.index + 1}`,
    description: [externalId, amount, currency].filter((part) => part !== undefined).join(' '),
    detail: firstProblem(report),
    buttons: [
      ...(externalId === undefined ? [] : [COPY]),
      {
        iconPath: new ThemeIcon('debug-rerun'),
        tooltip: `Resend the exact request to ${report.environment}`,
      },
    ],
    sent,
  };
}

const COPY: QuickInputButton = { iconPath: new ThemeIcon('copy'), tooltip: 'Copy external_id' };

async function resend({ uri, report: { environment, index } }: SentReport): Promise<void> {
  await runHere(commandOf('resend-same-body', '', { uri, environment, index }));
}
