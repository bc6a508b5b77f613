import type { Benchmark } from './benchmark';

/** All that there are; each is loaded when it is its turn. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<{ readonly benchmark: Benchmark }>>> = {
  cli: () => import('./cli'),
  sending: () => import('./sending'),
  batch: () => import('./batch'),
  response: () => import('./response'),
  activation: () => import('./activation'),
  wire: () => import('./wire'),
  scale: () => import('./scale'),
  journal: () => import('./journal'),
  validate: () => import('./validate'),
  scan: () => import('./scan'),
  growth: () => import('./growth'),
  hostile: () => import('./hostile'),
  memory: () => import('./memory'),
  webhooks: () => import('./webhooks'),
};
