import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileTree } from '../src/adapters/files/fileTree';
import { Git } from '../src/adapters/git/git';
import { LeakScanner } from '../src/app/leaks/leakScanner';
import type { KeyReading } from '../src/app/ports';
import { literalKeysIn } from '../src/core/leaks/literals';
import { needlesOf } from '../src/core/leaks/keyForms';
import { findOnPath } from '../test/support/findOnPath';
import { apiKey, storeOf } from '../test/support/keys';
import { PROJECT } from '../test/support/paths';
import { run, runOrThrow } from '../test/support/processes';
import { textsBelow } from '../test/support/sources';
import { removeFolder, temporaryFolder } from '../test/support/temporaryFolder';
import { provideServed, requestedVersion } from '../test/support/vscode/provide';
import type { Benchmark } from './benchmark';
import { compare, type Side } from './comparison';
import { peerFile, peerFolders } from './peers';
import { KEYS, writeCorpus, type Corpus } from './scanCorpus';

/** Keys in 2,000 files, tracked by git: all are found and nothing else, each time. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  await runOrThrow(process.execPath, ['esbuild.js', '--production'], { cwd: PROJECT });
  const folder = await temporaryFolder('bench-scan');
  try {
    const corpus = await writeCorpus(path.join(folder, 'files'));
    await runOrThrow('git', ['init', '--quiet'], { cwd: corpus.folder });
    await runOrThrow('git', ['add', '.'], { cwd: corpus.folder });
    const editor = inEditor(corpus);
    const command = asCommand(corpus);
    const rg = await ripgrep(corpus, folder);
    const peer = await secretlint(corpus, folder);
    const what = `keys in ${corpus.files} files (${(corpus.bytes / 1e6).toFixed(0)} MB)`;
    const rounds = pick(15, 3);
    const rows = [
      await compare({ what: `${what}, in the editor`, ours: editor, theirs: rg, aim: { times: 3 }, rounds }),
      await compare({ what: `${what}, whole process`, ours: command, theirs: rg, aim: { times: 3 }, rounds }),
      await compare({
        what: `${what}, in the editor`,
        ours: editor,
        theirs: peer,
        aim: { times: 0.1 },
        rounds: pick(5, 1),
      }),
      await compare({
        what: `${what}, whole process`,
        ours: command,
        theirs: peer,
        aim: { times: 0.1 },
        rounds: pick(5, 1),
      }),
    ];
    rows.push(...(await hostileRows(pick(9, 3))));
    const { size } = corpus.planted;
    note(
      `Planted: ${size} keys in 12 notations, and 100 placeholders. Found: ${size} of ${size}, nothing else.`,
    );
    note(
      'ripgrep is given the texts to find, secretlint a pattern for each; neither knows parts or placeholders.',
    );
    note(await searchOfPackages());
    note('secretlint is a command alone: in the editor, too, its start is in its time.');
    return rows;
  } finally {
    await removeFolder(folder);
  }
};

/** The part of the extension that searches, in this process, as it runs in the extension host. */
function inEditor(corpus: Corpus): Side {
  const read = (environment: string): Promise<KeyReading> => {
    const value = KEYS[environment as keyof typeof KEYS] as string | undefined;
    return Promise.resolve(
      value === undefined
        ? { state: 'absent' }
        : { state: 'present', stored: { key: apiKey(value), origin: '', storedAt: '' } },
    );
  };
  const scanner = new LeakScanner({
    keys: storeOf({ read }),
    tree: fileTree,
    git: new Git(),
    isTrusted: () => true,
  });
  return {
    name: 'eccaex',
    run: async () => {
      const { signal } = new AbortController();
      const { files } = await scanner.scan(corpus.folder, { signal });
      const places = files.flatMap(({ file, leaks }) =>
        leaks.map(({ range }) => `${path.relative(corpus.folder, file)}:${range.start.line + 1}`),
      );
      assertFound(places, corpus);
      return undefined;
    },
  };
}

function asCommand(corpus: Corpus): Side {
  const variables = Object.entries(KEYS).map(([name, key]) => [`ECCAEX_API_KEY_${name.toUpperCase()}`, key]);
  const env = { ...process.env, ...(Object.fromEntries(variables) as Record<string, string>) };
  return {
    name: 'eccaex scan',
    run: async () => {
      const args = [path.join(PROJECT, 'dist/cli.js'), 'scan'];
      const begin = performance.now();
      const { output } = await run(process.execPath, args, { cwd: corpus.folder, env });
      const cost = performance.now() - begin;
      assertFound(
        [...output.matchAll(/^(\S+:\d+):\d+: /gm)].map(([, place]) => place ?? ''),
        corpus,
      );
      return cost;
    },
  };
}

function assertFound(places: readonly string[], { planted }: Corpus): void {
  assert.deepEqual([...places].sort(), [...planted].sort());
}

/** What a stranger could write so that a reader of names and brackets looks at everything again and again. */
const HOSTILE = [
  'x-api-key',
  'eccaex{',
  '"key":"x-api-key","value":"',
  '<x-api-key>',
  'x-api-key\n',
  "'a",
  '{',
  'eccaex:',
];

/** Four times the text takes four times the time. */
async function hostileRows(rounds: number) {
  const read = (size: number, count: number): Side => {
    const texts = HOSTILE.map((one) => one.repeat(size / one.length));
    return {
      name: `${count} × ${size / 1000} KB`,
      run: () => {
        for (const text of texts) for (let done = 0; done < count; done++) literalKeysIn(text);
        return Promise.resolve(undefined);
      },
    };
  };
  const [ours, theirs] = [read(1_000_000, 1), read(250_000, 4)];
  return [await compare({ what: 'names in hostile texts', ours, theirs, aim: { times: 1.5 }, rounds })];
}

/** In the sources of others no key is written: what is found there is a false alarm. */
async function searchOfPackages(): Promise<string> {
  const folders = [path.join(PROJECT, 'node_modules'), ...(await peerFolders())];
  let count = 0;
  const begin = performance.now();
  for (const folder of folders)
    for (const { file, text } of textsBelow(folder)) {
      assert.deepEqual(literalKeysIn(text), [], file);
      count++;
    }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  return `No key found in the ${count} files of the packages of this project and of all peers, in ${seconds} s.`;
}

/** Bare: all texts that stand for a key, the names of header and variables, and joints of texts. */
async function ripgrep(corpus: Corpus, folder: string): Promise<Side> {
  const program = await provideRipgrep();
  const patterns = path.join(folder, 'patterns');
  const texts = Object.values(KEYS).flatMap((key) => needlesOf(apiKey(key)).map(({ text }) => text));
  const all = [...texts.map(escaped), '(?i)x-api-key', '(?i)eccaex_api_key', `\\w["'] [+] ["']\\w`];
  await writeFile(patterns, `${all.join('\n')}\n`);
  return {
    name: 'bare ripgrep',
    run: async () => {
      const args = ['--hidden', '--files-with-matches', '-f', patterns, corpus.folder];
      const begin = performance.now();
      const { output } = await run(program, args);
      const cost = performance.now() - begin;
      const found = new Set(output.split('\n').map((file) => path.relative(corpus.folder, file)));
      for (const place of corpus.planted) assert.ok(found.has(place.replace(/:\d+$/, '')), place);
      return cost;
    },
  };
}

async function provideRipgrep(): Promise<string> {
  const { vscode } = await provideServed(requestedVersion());
  const platform = `${process.platform}-${process.arch}`;
  const shipped = path.join(vscode, 'node_modules/@vscode/ripgrep-universal/bin', platform, 'rg');
  const program = existsSync(shipped) ? shipped : findOnPath('rg');
  assert.ok(program, 'There is no ripgrep.');
  return program;
}

async function secretlint(corpus: Corpus, folder: string): Promise<Side> {
  const script = await peerFile('secretlint', 'bin/secretlint.js');
  const config = path.join(folder, '.secretlintrc.json');
  const expressions = [
    ...Object.values(KEYS).map((key) => `/${escaped(key)}/`),
    `/(?:x-api-key|eccaex_api_key_\\w+)["']?\\]?\\s*[:=,]\\s*["']?[\\w-]{12,}/i`,
  ];
  const patterns = expressions.map((pattern, place) => ({ name: `key ${place}`, pattern }));
  const rule = { id: '@secretlint/secretlint-rule-pattern', options: { patterns } };
  await writeFile(config, JSON.stringify({ rules: [rule] }));
  return {
    name: 'secretlint, with a pattern rule',
    run: async () => {
      const args = [script, '--secretlintrc', config, '--format', 'unix', '**/*'];
      const begin = performance.now();
      const { output } = await run(process.execPath, args, { cwd: corpus.folder });
      const cost = performance.now() - begin;
      const found = output.match(/:\d+:\d+:/g)?.length ?? 0;
      assert.ok(found >= 20, `secretlint found ${found}: ${output.slice(0, 500)}`);
      return cost;
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
