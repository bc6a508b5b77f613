import { randomInt, randomUUID } from 'node:crypto';
import type { Clock, SendPorts } from '../app/ports';
import type { Timer } from '../app/webhooks/webhookPorts';

export const systemClock: Clock = {
  now: () => new Date(),
};

export const systemRandom: SendPorts['random'] = {
  uuid: () => randomUUID(),
  randomInt: (min, max) => randomInt(min, max + 1),
};

export const systemTimer: Timer = {
  elapsed: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
