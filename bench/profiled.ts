import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT } from '../test/support/paths';

/** Between two looks at the stack, in microseconds. */
const INTERVAL = 200;

/** Shares that are named; the others are one. */
const NAMED = 8;

/** Where the time of some work goes, in words: the share of each part of the program, the largest first. */
export async function profileOf(work: () => Promise<unknown>): Promise<string> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: INTERVAL });
    await session.post('Profiler.start');
    await work();
    const { profile } = await session.post('Profiler.stop');
    const partOf = new Map(
      profile.nodes.map(({ id, callFrame: { functionName, url } }) => [id, partNamed(functionName, url)]),
    );
    const shares = new Map<string, number>();
    let whole = 0;
    for (const [place, id] of (profile.samples ?? []).entries()) {
      const part = partOf.get(id);
      const time = profile.timeDeltas?.[place] ?? 0;
      if (part === undefined) continue;
      whole += time;
      shares.set(part, (shares.get(part) ?? 0) + time);
    }
    return inWords([...shares].map(([part, time]) => [part, time / whole]));
  } finally {
    session.disconnect();
  }
}

/** `undefined` while nothing is done. */
function partNamed(functionName: string, url: string): string | undefined {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'collection of garbage';
  if (url.startsWith('node:internal/')) return 'other parts of Node';
  if (url.startsWith('node:')) return url.replace(/^(node:_?[a-z]+).*/, '$1');
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  const [, dependency] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file) ?? [];
  if (dependency !== undefined) return dependency;
  if (file.startsWith(PROJECT)) return path.relative(PROJECT, file).split(path.sep).slice(0, 2).join('/');
  return 'native code';
}

function inWords(shares: readonly (readonly [part: string, share: number])[]): string {
  const sorted = [...shares].sort(([, a], [, b]) => b - a);
  const rest = sorted.slice(NAMED).reduce((sum, [, share]) => sum + share, 0);
  return [...sorted.slice(0, NAMED), ['the rest', rest] as const]
    .map(([part, share]) => `${part} ${Math.round(100 * share)}%`)
    .filter((words) => !words.endsWith(' 0%'))
    .join(', ');
}
