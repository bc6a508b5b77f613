import { commands, FileType, window, workspace, type Uri } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { requestOfNow } from '../../app/outcomes/requestsOfNow';
import type { SendItem } from '../../app/requests/drafts';
import type { SendOptions, SendResult } from '../../app/sending/sendInvoices';
import type { Environment } from '../../core/environments/environment';
import { parseDocument } from '../../core/document/document';
import { clip } from '../../core/phrases';
import { leftOut } from '../../core/problems/cautions';
import type { HistoryEntry } from '../../core/journal/merge';
import { requestIn } from '../../core/journal/summary';
import type { Report } from '../../core/report/report';
import { isObject } from '../../core/json';
import {
  isStartedByPerson,
  isStartedHere,
  readArguments,
  type CommandArguments,
} from '../shell/commandArguments';
import { hostOf, flightLabel, pickEnvironment } from '../shell/environmentLabels';
import { inBackground, logReport } from '../shell/log';
import { copyText, notify, type ProgressStep } from '../shell/notify';
import { fileNameOf } from '../shell/convert';
import { openDocument, findRequestFiles, isSendable, requestFilesIn } from '../shell/requestDocuments';
import { setUpEnvironment } from '../keys/setUpEnvironment';
import { showOutcome } from './showOutcome';
import { showProblem } from '../shell/showProblem';
import type { Services } from '../shell/services';
import { cannotRead } from '../../core/sharedWords';

/**
 * Gives the report of the one request that was sent, the reports of several, or `undefined` where nothing was
 * chosen, or there is no such request.
 */
export async function sendInvoice(
  services: Services,
  first: unknown,
  second: unknown,
): Promise<Report | readonly Report[] | undefined> {
  const given = readArguments(first, second);
  const items = await itemsFor(given);
  if (items.length === 0) return undefined;
  return send(
    services,
    items,
    given.environment ?? services.environment.get(),
    isStartedByPerson(first, second),
  );
}

/** One send to another environment; the active one stays as it is. */
export async function sendInvoiceTo(
  services: Services,
  first: unknown,
  second: unknown,
): Promise<Report | readonly Report[] | undefined> {
  const given = readArguments(first, second);
  const environment = given.environment ?? (await pickEnvironment(services, 'Send to which environment?'));
  if (!environment) return undefined;
  const items = await itemsFor(given);
  // Only a person can be asked for what a picked environment lacks.
  if (given.environment === undefined && !(await setUpEnvironment(services, environment))) return undefined;
  return items.length === 0
    ? undefined
    : send(services, items, environment, isStartedByPerson(first, second));
}

/** Sends single requests of one or several files, as these are now. */
export async function sendRequests(
  services: Services,
  first: unknown,
): Promise<Report | readonly Report[] | undefined> {
  const { environment } = readArguments(first);
  const named = isObject(first) && Array.isArray(first['requests']) ? (first['requests'] as unknown[]) : [];
  const items = named.flatMap((one) => {
    const { uris: [uri] = [], index } = readArguments(one);
    return uri && index !== undefined ? [{ uri: uri.toString(), index }] : [];
  });
  return environment && items.length > 0
    ? send(services, items, environment, isStartedHere(first))
    : undefined;
}

/** Sends again what was sent before, exactly. */
export async function resendSameBody(
  services: Services,
  first: unknown,
): Promise<Report | readonly Report[] | undefined> {
  const { uris: [uri] = [], index = 0, environment } = readArguments(first);
  if (!uri || !environment) return undefined;
  const last = services.outcomes.latest(uri.toString()).find(({ report }) => report.index === index);
  const body = last?.report.body;
  if (!last || body === undefined) {
    void notify.warn('The request that was sent is no longer known. Send the file again.');
    return undefined;
  }
  const document = openDocument(uri.toString());
  const place = document && requestOfNow(last, parseDocument(document.getText()))?.index;
  return send(
    services,
    [{ uri: uri.toString(), index: place ?? index, body }],
    environment,
    isStartedHere(first),
  );
}

/** Longer than any id that is one. */
const LONGEST_ID = 200;

export async function copyRequestId(services: Services, first: unknown): Promise<void> {
  const { entry, report } = sentOf(services, first);
  const requestId = entry ? entry.answer?.requestId : report?.requestId;
  // It is the server's to choose, and is pasted where a line break is another line.
  if (requestId) await copyText(clip(requestId, LONGEST_ID), 'Request id');
}

/** As it was sent: with it, the invoice can be looked for in the merchant dashboard. */
export async function copyExternalId(services: Services, first: unknown): Promise<void> {
  const { entry, report } = sentOf(services, first);
  const { externalId } = entry ? entry.request : requestIn(report?.body ?? '');
  if (externalId !== undefined) await copyText(externalId, 'external_id');
}

/** The send of the history that is named, or else the last one of a request. */
function sentOf(services: Services, first: unknown): { entry?: HistoryEntry; report?: Report } {
  const { uris: [uri] = [], index = 0 } = readArguments(first);
  const id = isObject(first) && typeof first['entry'] === 'string' ? first['entry'] : undefined;
  const entry = id === undefined ? undefined : services.history.entry(id);
  if (id !== undefined) return entry ? { entry } : {};
  const last = uri && services.outcomes.latest(uri.toString()).find(({ report }) => report.index === index);
  return last ? { report: last.report } : {};
}

/** Goes to the problem that decided how the last send of a request ended. */
export async function showLastProblem(services: Services, first: unknown): Promise<void> {
  const { uris: [uri] = [], index = 0 } = readArguments(first);
  const last = uri && services.outcomes.latest(uri.toString()).find((sent) => sent.report.index === index);
  if (last) await showProblem(last);
}

/** Sends, and says what came of it; nothing where a person said no. `earlierOrigin`: where the request went before. */
export async function send(
  services: Services,
  items: readonly SendItem[],
  environment: Environment,
  isByPerson: boolean,
  earlierOrigin?: string,
): Promise<Report | readonly Report[] | undefined> {
  // Who asks again meanwhile is told by the first send: one progress, and one button that stops it.
  if (services.sender.isSending(items, environment)) {
    const { signal } = new AbortController();
    return reportsOf(items, await services.sender.send(items, environment, { signal }));
  }
  const asking = { ...(isByPerson ? { approvals: services.approvals } : {}), earlierOrigin };
  const result = await withProgress(services, items, environment, asking);
  const { reports, unreadable, absent } = result;
  for (const { uri, detail } of unreadable) {
    void notify.error(cannotRead(fileNameOf(uri), detail));
  }
  for (const { uri, index, count } of absent) {
    const has = count === 1 ? 'one request, with index 0' : `${count} requests, with index 0 to ${count - 1}`;
    void notify.error(`${fileNameOf(uri)} has no request with index ${index}. It has ${has}.`);
  }
  for (const sent of reports) logReport(services.log, sent);
  if (reports.length > 0 && !reports.some(({ isDeclined }) => isDeclined))
    inBackground(services.log, showOutcome(reports, services.outcomes));
  return reportsOf(items, result);
}

function reportsOf(
  items: readonly SendItem[],
  { reports }: SendResult,
): Report | readonly Report[] | undefined {
  const all = reports.map(({ report }) => report);
  return items.length === 1 && all.length <= 1 ? all[0] : all;
}

/** Says where it goes while it goes, and at once where something is left out; nothing where nothing leaves. */
async function withProgress(
  services: Services,
  items: readonly SendItem[],
  environment: Environment,
  asking: Pick<SendOptions, 'approvals' | 'earlierOrigin'>,
): Promise<SendResult> {
  const what = namesOf(items);
  const stop = new AbortController();
  let total = 0;
  let done = 0;
  let tell: () => void = () => undefined;
  const show = (count: number) => {
    const host = hostOf(environment, services);
    const title = `Sending ${count < total ? `${count} of ${total} requests in ` : ''}${what} to ${environment} (${host})`;
    const without = count < total ? `; ${leftOut(total - count)}` : '';
    const work = (report: (step: ProgressStep) => void, signal: AbortSignal) => {
      signal.addEventListener('abort', () => stop.abort());
      if (count > 1) tell = () => report({ message: `${done} of ${count}`, increment: 100 / count });
      return sending;
    };
    const options = { inStatusBar: false, ...(count < total ? { delay: 0 } : {}) };
    void notify.progress(title + without, work, options).catch(() => undefined);
  };
  const sending: Promise<SendResult> = services.sender.send(items, environment, {
    signal: stop.signal,
    ...asking,
    onDrafts: ({ length }) => (total = length),
    onTarget: (target, count) => {
      services.log.info(`Sending ${what} to ${environment} at ${target.origin}`);
      if (count > 0) show(count);
    },
    onReport: ({ report }) => {
      if (report.outcome === 'invalid') return;
      done++;
      tell();
    },
  });
  return sending;
}

function namesOf(items: readonly SendItem[]): string {
  const [first] = items;
  const files = new Set(items.map(({ uri }) => uri)).size;
  return files === 1 && first ? fileNameOf(first.uri) : `${files} files`;
}

/** What was named; else the active editor's document; else what a person picks. */
async function itemsFor({ uris, index }: CommandArguments): Promise<SendItem[]> {
  if (uris) {
    const files = await filesOf(uris);
    return files.map((uri) => ({ uri: uri.toString(), ...(index === undefined ? {} : { index }) }));
  }
  const document = window.activeTextEditor?.document;
  if (document && isSendable(document)) return [{ uri: document.uri.toString() }];
  const picked = await pickRequestFile();
  return picked ? [{ uri: picked.toString() }] : [];
}

/** Files, and the request files of folders. */
async function filesOf(uris: readonly Uri[]): Promise<readonly Uri[]> {
  const isFolders = await Promise.all(uris.map(isFolder));
  const folders = uris.filter((_, place) => isFolders[place]);
  if (folders.length === 0) return uris;
  const found = await requestFilesIn(folders);
  const files = [...uris.filter((_, place) => !isFolders[place]), ...found];
  if (files.length === 0) {
    const where = folders.length === 1 ? fileNameOf(String(folders[0])) : `${folders.length} folders`;
    void notify.info(`There is no request file (*.invoice.json) in ${where}.`);
  }
  return files;
}

/** What cannot be looked at is told where it is read. */
async function isFolder(uri: Uri): Promise<boolean> {
  if (openDocument(uri.toString())) return false;
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}

async function pickRequestFile(): Promise<Uri | undefined> {
  const files = await findRequestFiles();
  if (files.length === 0) {
    const create = 'New Request';
    void notify.info('This workspace has no request file (*.invoice.json).', create).then((choice) => {
      if (choice) void commands.executeCommand('eccaex.newInvoiceRequest');
    });
    return undefined;
  }
  const items = files.map((uri) => {
    const label = fileNameOf(uri.toString());
    const path = workspace.asRelativePath(uri);
    return { label, ...(path === label ? {} : { description: path }), uri };
  });
  const picked = await pickOne(items, {
    title: 'Send which request?',
    matchOnDescription: true,
  });
  return picked?.uri;
}

/** Stops the send that is named, else what is being sent; where that is several sends, a person says which. */
export async function cancelSend({ outcomes }: Services, asked: unknown): Promise<void> {
  const named = isObject(asked) ? asked['flight'] : undefined;
  if (typeof named === 'number') {
    outcomes.cancel(named);
    return;
  }
  const [only, ...others] = outcomes.flights();
  if (!only) return;
  if (others.length === 0) {
    outcomes.cancel(only.id);
    return;
  }
  const all = { label: 'All of them', ids: [only, ...others].map(({ id }) => id) };
  const each = [only, ...others].map((flight) => ({ label: flightLabel(flight), ids: [flight.id] }));
  const picked = await pickOne([...each, all], { title: 'Cancel which send?' });
  for (const id of picked?.ids ?? []) outcomes.cancel(id);
}
