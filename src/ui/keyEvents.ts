import { inBackground } from './background';
import type { Services } from './services';

/** A key that was stored, in this window or in another, ends the problems that there is none to use, and may be another merchant's. */
export function watchKeys({ onDidChangeKey, keyRing, reports, endpoints, log }: Services): {
  dispose(): void;
} {
  return onDidChangeKey((environment) => {
    endpoints.merchant.forget(environment);
    const told = keyRing.read(environment).then(({ state }) => {
      if (state === 'present') reports.keyStored(environment);
    });
    inBackground(log, told);
  });
}
