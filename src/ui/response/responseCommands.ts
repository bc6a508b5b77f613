import { window, type Uri } from 'vscode';
import { sentReportOf } from '../../app/outcomes/keptReport';
import type { SentReport } from '../../app/outcomes/sentReport';
import { firstToSee } from '../../app/outcomes/whatNext';
import { readArguments } from '../shell/commandArguments';
import { notify } from '../shell/notify';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import { openBody } from './openBody';
import type { ResponseView } from './responseView';
import type { Services } from '../shell/services';

/** Shows what came of a request that is named, of the requests of several files, else of the one that is being edited, else of the last one that was sent. */
export async function showResponse(services: Services, view: ResponseView, first: unknown): Promise<void> {
  const { outcomes, history } = services;
  const { uris = [] } = readArguments(first);
  const files = uris.map(String);
  if (files.length > 1) {
    const several = files.flatMap((file) => outcomes.latest(file));
    const shown = firstToSee(several) ?? several[0];
    if (shown) view.show(shown.uri, shown.report.index, files);
    return;
  }
  const { uri, index } = await subjectOf(services, first);
  const sent = uri ? chosenOf(outcomes.latest(uri.toString()), index) : outcomes.last();
  if (sent) view.show(sent.uri, sent.report.index);
  else if (uri) view.show(uri.toString(), index ?? 0);
  else {
    await history.refresh();
    const [newest] = history.entries;
    if (!newest || !(await view.showPast(newest, false))) void notify.info('Nothing was sent yet.');
  }
}

/** Opens the body of a response as a document; which one, as above. */
export async function openResponse(services: Services, texts: ReadOnlyTexts, first: unknown): Promise<void> {
  const { uri, index } = await subjectOf(services, first);
  const { outcomes } = services;
  const sent = uri ? chosenOf(outcomes.latest(uri.toString()), index) : outcomes.last();
  const found = sent ?? (await newestKept(services, uri?.toString(), index));
  if (found) await openBody(found, texts);
  else void notify.info('Nothing was sent yet.');
}

/** A file that was never sent has nothing to show. */
async function subjectOf(
  { outcomes, history }: Services,
  first: unknown,
): Promise<{ readonly uri: Uri | undefined; readonly index: number | undefined }> {
  const { uris: [uri] = [], index } = readArguments(first);
  const active = window.activeTextEditor?.document.uri;
  if (uri || !active) return { uri, index };
  const name = active.toString();
  if (outcomes.latest(name).length === 0) {
    await history.refresh();
    const [newest] = history.entriesOf(name);
    return { uri: newest && active, index: newest?.index };
  }
  return { uri: active, index };
}

/** What this window does not know, the history may. */
async function newestKept(
  { history }: Services,
  uri: string | undefined,
  index: number | undefined,
): Promise<SentReport | undefined> {
  await history.refresh();
  const entry = history.entries.find(
    (one) => (uri === undefined || one.uri === uri) && (index === undefined || one.index === index),
  );
  const kept = entry && (await history.read(entry));
  return kept && sentReportOf(kept, entry.state !== 'in-flight');
}

/** Of a batch the request to look at first, where none is named. */
function chosenOf(reports: readonly SentReport[], index: number | undefined): SentReport | undefined {
  const byIndex = [...reports].sort((a, b) => a.report.index - b.report.index);
  if (index !== undefined) return byIndex.find(({ report }) => report.index === index);
  return firstToSee(byIndex) ?? byIndex[0];
}
