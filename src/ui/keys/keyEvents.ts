import { inBackground } from '../shell/background';
import { readKey } from '../shell/environmentLabels';
import type { Services } from '../shell/services';

/** A key that was stored, in this window or in another, ends the problems that there is none to use, and may be another merchant's. */
export function watchKeys(services: Services): { dispose(): void } {
  const { onDidChangeKey, reports, endpoints, log } = services;
  return onDidChangeKey((environment) => {
    endpoints.merchant.forget(environment);
    const told = readKey(environment, services).then((reading) => {
      if (reading?.state === 'present') reports.keyStored(environment);
    });
    inBackground(log, told);
  });
}
