import { StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { hostOf, keyLabel, prodHostLine, prodHostMark, readKey, flightLabel } from './environmentLabels';
import { hasRequestFiles, isRequestDocument } from './requestDocuments';
import type { Services } from './services';

const COUNT_MS = 250;

/** The active environment, always on screen once the workspace has to do with requests. */
export class EnvironmentStatus {
  readonly #item = window.createStatusBarItem('eccaex.environment', StatusBarAlignment.Left, 50);
  readonly #disposables: readonly { dispose(): unknown }[];
  #isShown = false;
  #counting: NodeJS.Timeout | undefined;

  constructor(private readonly services: Services) {
    this.#item.name = 'EccaEx Environment';
    const { environment, outcomes } = services;
    const refresh = () => void this.#refresh();
    this.#disposables = [
      this.#item,
      environment.onDidChange(() => {
        this.show();
        refresh();
      }),
      services.onDidChangeKey(refresh),
      workspace.onDidGrantWorkspaceTrust(refresh),
      outcomes.onDidChange(({ kind }) => {
        if (kind === 'settled') this.#countSoon();
        if (kind === 'flights') refresh();
        if (kind === 'flights' || kind === 'reported') this.show();
      }),
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
    clearTimeout(this.#counting);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** A batch has thousands of requests: each is counted, and the count is drawn now and then. */
  #countSoon(): void {
    this.#counting ??= setTimeout(() => {
      this.#counting = undefined;
      void this.#refresh();
    }, COUNT_MS);
  }

  async #refresh(): Promise<void> {
    const { environment } = this.services;
    const active = environment.get();
    const flights = this.services.outcomes.flights();
    const sending = flights.length > 0;
    const left = flights.reduce((sum, flight) => sum + flight.left, 0);
    const mark = prodHostMark(active, this.services);
    this.#item.text = sending
      ? `$(sync~spin) EccaEx: ${active} · sending ${left}`
      : `$(globe) EccaEx: ${[active, mark].filter((part) => part !== '').join(' · ')}`;
    this.#item.command = sending ? '_eccaex.cancelSend' : 'eccaex.selectEnvironment';
    this.#item.backgroundColor =
      active === 'prod' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    const host = hostOf(active, this.services);
    const under = sending ? `${left} sending, cancel` : '';
    const words = [active, host, mark, under].filter((part) => part !== '');
    this.#item.accessibilityInformation = {
      label: `EccaEx environment: ${words.join(', ')}`,
      role: 'button',
    };
    if (sending) {
      const lines = flights.map(
        (flight) => `${flight.endpoint === undefined ? 'Sending' : 'Calling'} ${flightLabel(flight)}`,
      );
      this.#item.tooltip = [...lines, 'Click to cancel.'].join('\n');
      return;
    }
    const key = keyLabel(active, await readKey(active, this.services), this.services);
    if (environment.get() !== active || this.services.outcomes.flights().length > 0) return;
    this.#item.tooltip = [
      `Requests go to ${active} (${host}), ${key}.`,
      ...prodHostLine(active, this.services),
      'Click to switch environment.',
    ].join('\n');
  }
}
