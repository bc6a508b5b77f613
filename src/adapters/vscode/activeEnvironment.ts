import { EventEmitter, type Memento } from 'vscode';
import type { ActiveEnvironment } from '../../app/ports';
import { isEnvironment, type Environment } from '../../core/environments/environment';

const ENTRY = 'eccaex.environment';

/** Kept in the workspace's state, which is VS Code's own and no file of the workspace. */
export class WorkspaceEnvironment implements ActiveEnvironment {
  readonly #changed = new EventEmitter<Environment>();
  readonly onDidChange = this.#changed.event;

  constructor(private readonly state: Memento) {}

  get(): Environment {
    const kept = this.state.get<unknown>(ENTRY);
    return isEnvironment(kept) ? kept : 'sandbox';
  }

  async set(environment: Environment): Promise<void> {
    await this.state.update(ENTRY, environment);
    this.#changed.fire(environment);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
