import { LeakScanner, type PlacedLeak, type ScanResult } from '../app/leaks/leakScanner';
import { DOCUMENTATION } from '../core/contract/documentation';
import { isUnsearched, limitsInWords, type Limit } from '../core/leaks/limits';
import { countOfLeaks } from '../core/leaks/words';
import { list } from '../core/phrases';
import type { ScanCommand } from './arguments';
import { UsageError } from './commands';
import { harmless, jsonLine } from './harmless';
import type { Output } from './output';
import { problemLine } from './present';
import { Progress } from './progress';
import { sarifLog } from './sarif';
import type { World } from './world';

/** `eccaex scan`. Resolves to the exit code. */
export async function scan(
  { folder, format, staged }: ScanCommand,
  world: World,
  output: Output,
): Promise<number> {
  const root = world.pathOf(folder);
  if (!world.scanPorts.tree.isFolder(root)) throw new UsageError(`${folder} is not a folder.`, 'scan');
  const result = await (staged ? searchStaged : search)(root, world);
  if (!result) throw new UsageError(`git does not say what is staged in ${folder}. Try git status.`, 'scan');
  const { files, tally } = result;
  const nameOf = (file: string) => result.redact(nameIn(folder, root, file));
  if (format === 'json') printJson(result, output);
  else if (format === 'sarif') {
    const { git } = world.scanPorts;
    const base = git.rootOf(`${root}/.`) ?? root;
    output.result(jsonLine(sarifLog(result, { base, version: world.version })));
  } else printForPeople(result, nameOf, output);
  for (const note of notesOn(result, nameOf)) output.note(note);
  if (tally.end === 'stopped') return 128 + Number(world.interrupted.reason);
  if (files.some(({ leaks }) => leaks.some(({ severity }) => severity !== 'information'))) return 1;
  return tally.end === 'limit' || tally.limited.some(isUnsearched) ? 3 : 0;
}

async function search(root: string, { scanPorts, interrupted, streams }: World): Promise<ScanResult> {
  const progress = new Progress(streams.stderr);
  const onProgress = (done: number, total: number) => progress.at(done, total);
  const result = await new LeakScanner(scanPorts).scan(root, { signal: interrupted, onProgress });
  progress.clear();
  return result;
}

function searchStaged(root: string, { scanPorts, interrupted }: World): Promise<ScanResult | undefined> {
  return new LeakScanner(scanPorts).scanStaged(root, interrupted);
}

function printJson({ files, redact, tally, sought }: ScanResult, output: Output): void {
  for (const { file: path, leaks } of files) {
    const file = redact(path);
    for (const { leak, severity, range, message, guidance } of leaks) {
      const { code } = leak;
      const docs = DOCUMENTATION.authentication;
      const environments = leak.code === 'key-in-file' ? { environments: leak.environments } : {};
      output.result(jsonLine({ file, code, severity, ...environments, range, message, guidance, docs }));
    }
  }
  for (const one of tally.limited) {
    const searchedFor = isUnsearched(one) || sought.length === 0 ? 'nothing' : 'stored keys';
    output.result(
      jsonLine({ file: redact(one.file), code: 'not-searched', reason: REASONS[one.limit], searchedFor }),
    );
  }
}

const REASONS: Readonly<Record<Limit, string>> = {
  binary: 'binary',
  large: 'large',
  tooLarge: 'too large',
  unreadable: 'unreadable',
};

function printForPeople(
  { files, tally }: ScanResult,
  nameOf: (file: string) => string,
  output: Output,
): void {
  const told = new Set<string>();
  for (const { file, leaks } of files) {
    for (const leak of leaks) {
      output.result(problemLine({ ...leak, code: leak.leak.code }, nameOf(file), output.colors));
      for (const step of stepsOf(leak, told)) output.result(output.colors.dim(`    ${step}`));
    }
  }
  const leaks = files.flatMap((file) => file.leaks.map(({ leak }) => leak));
  const among = `${tally.read} ${tally.read === 1 ? 'file' : 'files'}`;
  output.result(
    leaks.length === 0
      ? `Found no API key (${among} searched).`
      : `Found ${countOfLeaks(leaks)} in ${files.length} ${files.length === 1 ? 'file' : 'files'} (${among} searched).`,
  );
}

/** What to do is said once for all places where it is the same. */
function stepsOf({ guidance }: PlacedLeak, told: Set<string>): readonly string[] {
  const all = guidance.join('\n');
  if (told.has(all)) return [];
  told.add(all);
  return guidance.map(harmless);
}

/** What the search did not cover: a clean result says no more than was looked at. */
function notesOn(
  { files, tally, sought, unreadable }: ScanResult,
  nameOf: (file: string) => string,
): string[] {
  const { limited, end } = tally;
  const gitFailed = files.some(({ leaks }) =>
    leaks.some(({ circumstances }) => circumstances.git === 'unknown'),
  );
  return [
    ...(sought.length === 0
      ? ['ECCAEX_API_KEY_DEV, _STAGING and _PROD are not set: their values were not searched for.']
      : []),
    ...(unreadable.length > 0 ? [`The variable for ${list(unreadable)} is not a key.`] : []),
    ...limitsInWords(limited, sought.length > 0, (file) => harmless(nameOf(file))),
    ...(gitFailed ? ['git failed, so tracked and ignored files look alike. Try git status.'] : []),
    ...(end === 'limit' ? ['Stopped after 200,000 files. Search a smaller folder.'] : []),
  ];
}

/** A file as the folder was typed: `src/a.sh` for `src`, `a.sh` for the current one. */
function nameIn(folder: string, root: string, file: string): string {
  const below = file.slice(root.length).replace(/^[\\/]/, '');
  return folder === '.' ? below : `${folder.replace(/[\\/]+$/, '')}/${below}`;
}
