import { StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { hostOf, keyLabel } from './environmentLabels';
import { hasRequestFiles, isRequestDocument } from './requestDocuments';
import type { Services } from './services';

/** The active environment, always on screen once the workspace has to do with requests. */
export class EnvironmentStatus {
  readonly #item = window.createStatusBarItem('eccaex.environment', StatusBarAlignment.Left, 50);
  readonly #disposables: readonly { dispose(): unknown }[];
  #isShown = false;

  constructor(private readonly services: Services) {
    this.#item.name = 'EccaEx Environment';
    this.#item.command = 'eccaex.selectEnvironment';
    const { environment } = services;
    const refresh = () => void this.#refresh();
    this.#disposables = [
      this.#item,
      environment.onDidChange(() => {
        this.show();
        refresh();
      }),
      services.onDidChangeKey(refresh),
      services.reports.onDidChange(() => this.show()),
      workspace.onDidOpenTextDocument((document) => {
        if (isRequestDocument(document)) this.show();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('eccaex')) refresh();
      }),
    ];
    refresh();
    if (workspace.textDocuments.some(isRequestDocument)) this.show();
    else void hasRequestFiles().then((found) => found && this.show());
  }

  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    this.#item.show();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #refresh(): Promise<void> {
    const { environment, keyRing } = this.services;
    const active = environment.get();
    this.#item.text = `$(globe) EccaEx: ${active}`;
    this.#item.backgroundColor =
      active === 'prod' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    const host = hostOf(active, this.services);
    this.#item.accessibilityInformation = { label: `EccaEx environment: ${active}, ${host}`, role: 'button' };
    const key = keyLabel(active, await keyRing.read(active));
    if (environment.get() !== active) return;
    this.#item.tooltip = `Requests go to ${active} (${host}), ${key}.\nClick to switch environment.`;
  }
}
