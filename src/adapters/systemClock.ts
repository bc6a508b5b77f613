import { randomInt, randomUUID } from 'node:crypto';
import type { Clock, SendPorts } from '../app/ports';

export const systemClock: Clock = {
  now: () => new Date(),
};

export const systemRandom: SendPorts['random'] = {
  uuid: () => randomUUID(),
  randomInt: (min, max) => randomInt(min, max + 1),
};
