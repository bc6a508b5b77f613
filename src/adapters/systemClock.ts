import { randomInt, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Clock, SendPorts } from '../app/ports';

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  now: () => new Date(),
};

export const systemRandom: SendPorts['random'] = {
  uuid: () => randomUUID(),
  randomInt: (min, max) => randomInt(min, max + 1),
};
