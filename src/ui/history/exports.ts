import { env, languages, version as editorVersion, window, workspace } from 'vscode';
import { version } from '../../../package.json';
import type { KeptSend } from '../../app/history/history';
import { archived, reported } from '../../app/outcomes/keptReport';
import { bugReportOf } from '../../core/export/bugReport';
import { openUnsaved as openNamed } from '../authoring/newRequest';
import { harOf } from '../../core/export/har';
import type { HistoryEntry } from '../../core/journal/merge';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

/** Opens the archive unsaved, so that it is looked at before it goes anywhere. */
export async function exportHar(services: Services, entries: readonly HistoryEntry[]): Promise<void> {
  const kept = await readAll(services, entries);
  if (kept.length === 0) return;
  const { redact } = await services.keys.readAll();
  const sends = kept.map(({ send }) => archived(send, redact));
  // Under that name it is saved, and tools that read archives find it.
  const document = await openNamed('eccaex-history.har', harOf(sends, version));
  await window.showTextDocument(await languages.setTextDocumentLanguage(document, 'json'));
}

/** Opens the report unsaved, to be completed and copied. */
export async function createBugReport(services: Services, entries: readonly HistoryEntry[]): Promise<void> {
  const kept = await readAll(services, entries);
  if (kept.length === 0) return;
  const { redact } = await services.keys.readAll();
  const sends = kept.flatMap(({ send, entry }) => reported(send, entry.state !== 'in-flight', redact) ?? []);
  if (sends.length === 0) {
    void notify.info('The response has not arrived yet: there is nothing to report.');
    return;
  }
  const editor = `${env.appName} ${editorVersion}`;
  await openUnsaved(bugReportOf(sends, { extension: version, editor, system: process.platform }), 'markdown');
}

/** In the order of time. */
async function readAll(
  { history }: Services,
  entries: readonly HistoryEntry[],
): Promise<{ entry: HistoryEntry; send: KeptSend }[]> {
  const found: { entry: HistoryEntry; send: KeptSend }[] = [];
  for (const entry of [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const send = await history.read(entry);
    if (send) found.push({ entry, send });
  }
  if (found.length === 0) void notify.info('There is nothing in the history of this workspace to export.');
  return found;
}

async function openUnsaved(content: string, language: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language, content }));
}
