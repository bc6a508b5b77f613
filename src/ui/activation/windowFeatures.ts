import { ContextKeys } from './contextKeys';
import { FileEvents } from '../shell/fileEvents';
import { watchKeys } from '../keys/keyEvents';
import { LeakDiagnostics } from '../leaks/leakDiagnostics';
import { LeakFixes } from '../leaks/leakFixes';
import { LeakGuard } from '../leaks/leakGuard';
import type { Services } from '../shell/services';
import { EnvironmentStatus } from '../shell/statusBar';

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
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
