import { ContextKeys } from './contextKeys';
import { FileEvents } from '../shell/fileEvents';
import { inBackground } from '../shell/log';
import { readKey } from '../shell/environmentLabels';
import { LeakDiagnostics } from '../leaks/leakDiagnostics';
import { LeakFixes } from '../leaks/leakFixes';
import { LeakGuard } from '../leaks/leakGuard';
import type { Services } from '../shell/services';
import { EnvironmentStatus } from '../shell/statusBar';
import { WalkthroughSteps } from './walkthroughSteps';

/** What works in every window, whether it has requests or not. It is loaded right after the activation. */
export class WindowFeatures {
  readonly files: FileEvents;
  readonly leakGuard: LeakGuard;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(services: Services) {
    this.files = new FileEvents(services);
    this.leakGuard = new LeakGuard(services, this.files);
    this.#disposables = [
      this.files,
      this.leakGuard,
      new LeakDiagnostics(services),
      new LeakFixes(services).register(),
      watchKeys(services),
      new EnvironmentStatus(services),
      new ContextKeys(services),
      new WalkthroughSteps(services),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** A key that was stored, in this window or in another, ends the problems that there is none to use, and may be another merchant's. */
function watchKeys(services: Services): { dispose(): void } {
  const { onDidChangeKey, outcomes, endpoints, log } = services;
  return onDidChangeKey((environment) => {
    endpoints.merchant.forget(environment);
    const told = readKey(environment, services).then((reading) => {
      if (reading?.state === 'present') outcomes.keyStored(environment);
    });
    inBackground(log, told);
  });
}
