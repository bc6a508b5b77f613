import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Stored keys of three environments. */
export const KEYS = {
  dev: 'sk_dev_4f1c09d2a7b84e6f93aa51',
  staging: 'sk_stg_c01d77f2e9a14b3c8d60f2',
  prod: 'sk+prod/77aa01c3f9d24b8e11dd=09',
} as const;

/** What is no stored key, and looks like one. */
const written = (place: number) => `live_${(0x1f2e3d4c + place * 7919).toString(16)}a${place}b7`;
const stored = (place: number) => Object.values(KEYS)[place % 3] ?? '';

/** Lines that hold a key, each in another way. */
const NOTATIONS: readonly ((place: number) => string)[] = [
  (place) => `curl -H 'X-Api-Key: ${written(place)}' https://api.ecca-ex.com/api/v1/currencies`,
  (place) => `X-Api-Key: ${stored(place)}`,
  (place) => `fetch(url, { headers: { 'X-Api-Key': '${written(place)}' } });`,
  (place) => `axios.defaults.headers.common["X-Api-Key"] = "${written(place)}";`,
  (place) => `{"key": "X-Api-Key", "value": "${written(place)}", "type": "text"}`,
  (place) => `ECCAEX_API_KEY_PROD=${written(place)}`,
  (place) => `  - name: ECCAEX_API_KEY_PROD\n    value: "${written(place)}"`,
  (place) => `requests.get(url, headers={"X-Api-Key": "${written(place)}"})`,
  (place) => `const key = "${stored(place)}";`,
  (place) => `Authorization: Basic ${Buffer.from(`shop:${stored(place)}`).toString('base64')}`,
  () => `https://example.com/hook?key=${encodeURIComponent(KEYS.prod)}`,
  (place) => `const key = "${stored(place).slice(0, 11)}" + '${stored(place).slice(11)}';`,
];

const PLACEHOLDERS = [
  'curl -H "X-Api-Key: $ECCAEX_API_KEY_DEV" https://api.ecca-ex.com',
  'X-Api-Key: {{apiKey}}',
  `fetch(url, { headers: { 'X-Api-Key': process.env.ECCAEX_API_KEY_PROD } });`,
  'ECCAEX_API_KEY_PROD=<your key>',
  'X-Api-Key: sandbox_active',
];

const ENDINGS = ['ts', 'js', 'py', 'json', 'yaml', 'http', 'sh', 'md'];
const WORDS = (
  'const return function import from export if else for let value amount currency invoice customer order request ' +
  'response client server payload header await async string number liver delivery skill production staging develop'
).split(' ');

export interface Corpus {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Where keys are, as `file:line`, relative to the folder. */
  readonly planted: ReadonlySet<string>;
}

/** Writes files of 8 KB, the same each time; 2,000 of them have 40 keys in 12 notations and 100 placeholders. */
export async function writeCorpus(folder: string, files = 2000): Promise<Corpus> {
  const planted = new Set<string>();
  let seed = 1;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % below;
  let bytes = 0;
  for (let index = 0; index < files; index++) {
    const name = `packages/p${index % 50}/src/file${index}.${ENDINGS[index % ENDINGS.length] ?? 'ts'}`;
    const lines: string[] = [];
    for (let size = 0; size < 8192; size += (lines.at(-1)?.length ?? 0) + 1) lines.push(lineOf(random));
    const at = random(lines.length);
    if (index % 50 === 7) {
      const place = (index - 7) / 50;
      const line = NOTATIONS[place % NOTATIONS.length]?.(place) ?? '';
      lines[at] = line;
      planted.add(`${name}:${at + 1 + (line.includes('\n') ? 1 : 0)}`);
    } else if (index % 20 === 3) lines[at] = PLACEHOLDERS[random(PLACEHOLDERS.length)] ?? '';
    const text = `${lines.join('\n')}\n`;
    bytes += text.length;
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return { folder, files, bytes, planted };
}

function lineOf(random: (below: number) => number): string {
  const words = Array.from({ length: 8 }, () => {
    const word = WORDS[random(WORDS.length)] ?? '';
    const kind = random(12);
    return kind === 0
      ? `"${word}" + "${word}"`
      : kind === 1
        ? `'${word}',`
        : kind === 2
          ? `${word}(x);`
          : word;
  });
  return `  ${words.join(' ')}`;
}
