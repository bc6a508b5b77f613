import { commands, FileType, QuickPickItemKind, Uri, ViewColumn, window, workspace, ThemeIcon } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { isObject } from '../../core/json';
import { notify } from '../shell/notify';
import { REQUEST_FILE_ENDING, SAMPLE_SCHEME } from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { setContext } from '../shell/commandIds';
import { openUnsaved } from './newRequest';

/** The folder that the copies go to, below the one that a person chooses. */
const FOLDER = 'eccaex-samples';

/** How samples are opened: as they are, one to be changed, or all as files of the user's own. */
type Way = 'read' | 'edit' | 'copy';

/** Opens the samples that come with the extension; gives the URI of the one that is shown. */
export async function openSamples(services: Services, first: unknown): Promise<string | undefined> {
  const folder = Uri.joinPath(Uri.file(services.extensionFolder), 'samples');
  const names = await sampleNames(folder);
  const choice = chosen(first, names) ?? (await pickSample(names));
  if (!choice) return undefined;
  const shown = await WAYS[choice.way](folder, names, choice.name);
  if (shown) setContext('eccaex.samplesOpened', true);
  return shown?.toString();
}

const WAYS: Readonly<
  Record<Way, (folder: Uri, names: readonly string[], name: string) => Promise<Uri | undefined>>
> = {
  read: async (_folder, _names, name) => show(Uri.from({ scheme: SAMPLE_SCHEME, path: `/${name}` })),
  edit: async (folder, _names, name) => {
    const text = Buffer.from(await workspace.fs.readFile(Uri.joinPath(folder, name))).toString();
    return show((await openUnsaved(name, text)).uri);
  },
  copy: copySamples,
};

/** `{ as: 'read' | 'edit' | 'copy', sample: '1-created.invoice.json' }`; of the samples the first where none is named. */
function chosen(first: unknown, names: readonly string[]): { way: Way; name: string } | undefined {
  if (!isObject(first)) return undefined;
  const { as: way, sample } = first;
  if (way !== 'read' && way !== 'edit' && way !== 'copy') return undefined;
  const name = names.find((one) => one === sample) ?? names[0];
  return name === undefined ? undefined : { way, name };
}

async function pickSample(names: readonly string[]): Promise<{ way: Way; name: string } | undefined> {
  const [one = ''] = names;
  const picked = await pickOne(
    [
      { label: 'Copy All to a Folder…', iconPath: new ThemeIcon('folder'), way: 'copy' as const, name: one },
      { label: 'Open read-only', kind: QuickPickItemKind.Separator, way: 'read' as const, name: one },
      ...names.map((name) => ({
        label: name.slice(0, -REQUEST_FILE_ENDING.length),
        way: 'read' as const,
        name,
      })),
    ],
    { title: 'Open Samples', placeHolder: 'Each sample shows one outcome in the sandbox' },
  );
  return picked;
}

/** Nothing that is there already is written over: a sample that somebody has changed is theirs. */
async function copySamples(folder: Uri, names: readonly string[], name: string): Promise<Uri | undefined> {
  const [chosenFolder] =
    (await window.showOpenDialog({
      title: 'Copy the samples to which folder?',
      openLabel: 'Copy Here',
      canSelectFiles: false,
      canSelectFolders: true,
      ...(workspace.workspaceFolders?.[0] ? { defaultUri: workspace.workspaceFolders[0].uri } : {}),
    })) ?? [];
  if (!chosenFolder) return undefined;
  const target = Uri.joinPath(chosenFolder, FOLDER);
  try {
    await workspace.fs.createDirectory(target);
    for (const one of [...names, 'README.md'])
      await copyNew(Uri.joinPath(folder, one), Uri.joinPath(target, one));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void notify.error(`Could not copy the samples to ${target.fsPath}: ${why}`);
    return undefined;
  }
  const shown = await show(Uri.joinPath(target, name));
  if (!workspace.getWorkspaceFolder(target)) void offerFolder(target);
  return shown;
}

async function copyNew(from: Uri, to: Uri): Promise<void> {
  try {
    await workspace.fs.stat(to);
  } catch {
    await workspace.fs.copy(from, to, { overwrite: false });
  }
}

async function offerFolder(target: Uri): Promise<void> {
  const open = 'Open Folder';
  const choice = await notify.info(`Copied the samples to ${target.fsPath}.`, open);
  if (choice === open)
    await commands.executeCommand('vscode.openFolder', target, {
      forceNewWindow: workspace.workspaceFolders !== undefined,
    });
}

/** Beside a page that is read meanwhile, such as the walkthrough. */
async function show(uri: Uri): Promise<Uri> {
  const isBeside =
    window.activeTextEditor === undefined && window.tabGroups.activeTabGroup.activeTab !== undefined;
  await window.showTextDocument(uri, {
    viewColumn: isBeside ? ViewColumn.Beside : ViewColumn.Active,
    preview: false,
  });
  return uri;
}

async function sampleNames(folder: Uri): Promise<string[]> {
  const entries = await workspace.fs.readDirectory(folder);
  return entries
    .filter(([name, type]) => type === FileType.File && name.endsWith(REQUEST_FILE_ENDING))
    .map(([name]) => name)
    .sort();
}
