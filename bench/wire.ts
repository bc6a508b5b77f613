import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { OUT, PROJECT } from '../test/support/paths';
import type { Benchmark } from './benchmark';
import { compareMeasured, figuresOf } from './comparison';
import { bundleForHost, inHost, providedHost } from './hosted';
import type { Wire } from './host/wire';
import { invoice } from './requests';

/** From the command to the request's arrival, beside an extension that does nothing but send. */
export const benchmark: Benchmark = async ({ pick, note }) => {
  const host = await providedHost(note);
  const entry = await bundleForHost('wire.ts', 'wire.js');
  const bare = path.join(OUT, 'bench/bench.bare-0.0.0');
  await mkdir(bare, { recursive: true });
  await cp(path.join(PROJECT, 'bench/host/bare/package.json'), path.join(bare, 'package.json'));
  await bundleForHost('bare/extension.ts', 'bench.bare-0.0.0/extension.js');
  const rounds: Wire[] = [];
  for (let round = 0; round < pick(5, 1); round++)
    rounds.push(
      await inHost<Wire>(host, {
        entry,
        extension: PROJECT,
        beside: bare,
        files: { 'order.invoice.json': invoice('{{$uuid}}') },
        env: { BENCH_SENDS: String(pick(50, 10)) },
      }),
    );
  const against = 'a bare extension';
  const peaks = rounds.map(({ warm }) => {
    const { median, max } = figuresOf(warm.map(({ ours }) => ours));
    return { ours: max, theirs: median };
  });
  note(
    'Both send to the sandbox, in one extension host; the bare extension keeps nothing and shows nothing.',
  );
  return [
    compareMeasured(
      { what: 'command to wire, warm', unit: 'ms', against, aim: { times: 1.5 } },
      rounds.flatMap(({ warm }) => warm),
    ),
    compareMeasured(
      { what: 'command to wire, cold', unit: 'ms', against, aim: { more: 60 } },
      rounds.map(({ cold }) => cold),
    ),
    compareMeasured(
      { what: 'the slowest of 50 warm sends', unit: 'ms', against: 'their median', aim: { times: 3 } },
      peaks,
    ),
  ];
};
