import { obstacleToResend } from '../../app/outcomes/keptReport';
import type { SendItem } from '../../app/requests/drafts';
import { requestOfBody } from '../../core/document/requestOfBody';
import type { HistoryEntry } from '../../core/journal/merge';
import type { Report } from '../../core/report/report';
import { send } from '../sending/sendCommands';
import type { Services } from '../shell/services';
import { notify } from '../shell/notify';
import { placeNow } from '../shell/placeNow';
import { nameOf } from './entryWords';
import { goneFromHistory } from '../../core/sharedWords';

const OBSTACLES: Readonly<Record<NonNullable<ReturnType<typeof obstacleToResend>>, string>> = {
  shortened: 'Its body was too large to be kept whole',
  redacted: 'Its body held an API key, which was not kept',
  invalid: 'The kept request is not valid',
};

/** Sends the exact body, and so the same external_id, to the environment that it was sent to. */
export async function resendSame(services: Services, named: HistoryEntry): Promise<Report | undefined> {
  const { history } = services;
  await history.refresh();
  const entry = history.entry(named.id);
  const kept = entry && (await history.read(entry));
  if (!kept) {
    tellThatItIsGone(named);
    return undefined;
  }
  if (entry.state === 'in-flight') {
    void notify.info(
      `${nameOf(entry)} is still being sent. Wait for its response: sent twice, it may create two invoices.`,
    );
    return undefined;
  }
  const obstacle = obstacleToResend(kept);
  if (obstacle) {
    const file = 'Resend from Current File';
    const message = `${nameOf(entry)} cannot be resent exactly. ${OBSTACLES[obstacle]}.`;
    const choice = await notify.warn(message, file);
    return choice === file ? resendFile(services, entry) : undefined;
  }
  const { uri, index, body } = kept.sent;
  return sendOne(services, entry, { uri, index, body });
}

/** Sends the file as it is now, with placeholders resolved anew. */
export async function resendFile(services: Services, entry: HistoryEntry): Promise<Report | undefined> {
  const kept = await services.history.read(entry);
  if (!kept) {
    tellThatItIsGone(entry);
    return undefined;
  }
  const { uri, index, body } = kept.sent;
  const place = await placeNow(uri, index, (document) => requestOfBody(body, index, document)?.index);
  return place === undefined ? undefined : sendOne(services, entry, { uri, index: place });
}

function tellThatItIsGone(entry: HistoryEntry): void {
  void notify.warn(goneFromHistory(nameOf(entry)));
}

async function sendOne(services: Services, entry: HistoryEntry, item: SendItem): Promise<Report | undefined> {
  // The sandbox has a new address each time.
  const earlier = entry.environment === 'sandbox' ? undefined : new URL(entry.url).origin;
  const sent = await send(services, [item], entry.environment, false, earlier);
  const report = Array.isArray(sent) ? undefined : (sent as Report | undefined);
  // Whoever has sent it again knows that it was not answered.
  if (report?.durationMs !== undefined && entry.state === 'lost') await services.history.settle([entry.id]);
  return report;
}
