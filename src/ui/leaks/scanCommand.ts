import { commands, Uri, workspace } from 'vscode';
import type { LeakyFile, ScanResult } from '../../app/leaks/leakScanner';
import type { Range } from '../../core/document/positions';
import { limitsInWords, type LimitedFile } from '../../core/leaks/limits';
import { countOfLeaks } from '../../core/leaks/words';
import type { Severity } from '../../core/problems/problem';
import { inBackground } from '../shell/log';
import { addHookTo } from './commitHooks';
import type { LeakGuard } from './leakGuard';
import { openDocument } from '../shell/requestDocuments';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

/** What a script gets of a search. It holds no key. */
export interface ScanSummary {
  readonly findings: readonly {
    readonly file: string;
    readonly code: string;
    readonly severity: Severity;
    readonly range: Range;
  }[];
  /** How many files were searched as texts, and those that were not. */
  readonly read: number;
  readonly limited: readonly LimitedFile[];
  readonly isComplete: boolean;
}

const HOOK_OFFERED = 'eccaex.hookOffered';

/** Searches the folders of the workspace. `undefined` where there is none on this machine. */
export async function scanForKeys(services: Services, guard: LeakGuard): Promise<ScanSummary | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) {
    void notify.info('Open a folder to search it for API keys.');
    return undefined;
  }
  const results = await notify.progress('Searching for API keys…', async (report, signal) => {
    const scanner = await services.scanner();
    const all: ScanResult[] = [];
    for (const { uri } of folders) {
      const onProgress = (done: number, total: number) =>
        report({
          message: `${done.toLocaleString('en')} of ${total.toLocaleString('en')} files`,
          increment: 0,
        });
      all.push(await scanner.scan(uri.fsPath, { signal, onProgress }));
    }
    return all;
  });
  const files = results.flatMap((result) => result.files);
  show(files, services, guard);
  const summary = summaryOf(results);
  services.log.info(`Scan for keys: ${summary.findings.length} in ${summary.read} files`);
  inBackground(services.log, tell(results, summary, services, folders[0]?.uri.fsPath ?? ''));
  return summary;
}

function show(files: readonly LeakyFile[], { leaks }: Services, guard: LeakGuard): void {
  const found = new Map(files.map(({ file, leaks: own }) => [Uri.file(file).toString(), own]));
  guard.searched([...found.keys()]);
  for (const [uri, own] of found) {
    // What is open is looked at as it stands there, saved or not.
    if (openDocument(uri)) guard.check(uri);
    else leaks.set(uri, { leaks: own });
  }
}

function summaryOf(results: readonly ScanResult[]): ScanSummary {
  const findings = results.flatMap(({ files, redact }) =>
    files.flatMap(({ file, leaks }) =>
      leaks.map(({ leak: { code }, severity, range }) => ({ file: redact(file), code, severity, range })),
    ),
  );
  return {
    findings,
    read: results.reduce((sum, { tally }) => sum + tally.read, 0),
    limited: results.flatMap(({ tally, redact }) =>
      tally.limited.map(({ file, limit }) => ({ file: redact(file), limit })),
    ),
    isComplete: results.every(({ tally }) => tally.end === 'complete'),
  };
}

async function tell(
  results: readonly ScanResult[],
  { findings, read, limited, isComplete }: ScanSummary,
  services: Services,
  folder: string,
): Promise<void> {
  const among = `${read.toLocaleString('en')} ${read === 1 ? 'file' : 'files'}`;
  const limits = limitsOf(results, limited, isComplete);
  if (findings.length === 0) {
    void notify.info(`Found no API keys (${among} searched).${limits}`);
    return;
  }
  const leaks = results.flatMap(({ files }) => files.flatMap((file) => file.leaks.map(({ leak }) => leak)));
  const holders = new Set(findings.map(({ file }) => file)).size;
  const showThem = 'Show';
  const add = 'Add Commit Hook';
  const canOffer = await mayOfferHook(services, folder);
  const choice = await notify.warn(
    `Found ${countOfLeaks(leaks)} in ${holders} ${holders === 1 ? 'file' : 'files'} (${among} searched).${limits}`,
    showThem,
    ...(canOffer ? [add] : []),
  );
  if (choice === showThem) await commands.executeCommand('workbench.actions.view.problems');
  if (choice === add) await addHookTo(services, folder);
}

/** What a clean result does not cover. */
function limitsOf(
  results: readonly ScanResult[],
  limited: readonly LimitedFile[],
  isComplete: boolean,
): string {
  const seeksStored = results.some(({ sought }) => sought.length > 0);
  return [
    ...(isComplete ? [] : ['The search stopped before the last file.']),
    ...limitsInWords(limited, seeksStored, (file) => workspace.asRelativePath(file)),
    ...(results.some(({ unreadable }) => unreadable.length > 0)
      ? ['A stored key could not be read, so it was not searched for.']
      : []),
    ...(workspace.isTrusted ? [] : ['Stored keys are searched for in trusted workspaces only.']),
  ]
    .map((sentence) => ` ${sentence}`)
    .join('');
}

/** Once for a workspace, and only where there is a repository. */
async function mayOfferHook({ memory, hooks }: Services, folder: string): Promise<boolean> {
  if (!workspace.isTrusted || memory.get(HOOK_OFFERED) === true) return false;
  const { kind } = await hooks.state(folder);
  if (kind === 'no-repository' || kind === 'ours') return false;
  await memory.update(HOOK_OFFERED, true);
  return true;
}
