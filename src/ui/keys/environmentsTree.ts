import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  window,
  workspace,
  type TreeDataProvider,
} from 'vscode';
import { momentOf } from '../../core/times';
import type { LastVerification } from '../../app/keys/keyRing';
import type { KeyReading } from '../../app/ports';
import { ENVIRONMENTS, type Environment } from '../../core/environments/environment';
import {
  isForOtherHost,
  verdictWords,
  hostOf,
  keyLabel,
  prodHostLine,
  prodHostMark,
  readKey,
} from '../shell/environmentLabels';
import type { Services } from '../shell/services';

/** An environment in the tree; also what its menus give to commands. */
export class EnvironmentNode {
  constructor(readonly environment: Environment) {}
}

/** The environments: where each goes, whether it has a key, and which one is active. */
export class EnvironmentsTree implements TreeDataProvider<EnvironmentNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(private readonly services: Services) {
    const { environment, sandbox, keyRing, onDidChangeKey, onDidAcceptKey } = services;
    const refresh = () => this.#changed.fire(undefined);
    this.#disposables = [
      this.#changed,
      window.registerTreeDataProvider('eccaex.environments', this),
      environment.onDidChange(refresh),
      sandbox.onDidChange(refresh),
      onDidChangeKey(refresh),
      onDidAcceptKey(refresh),
      keyRing.onDidVerify(refresh),
      workspace.onDidGrantWorkspaceTrust(refresh),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('eccaex.baseUrl')) refresh();
      }),
    ];
  }

  getChildren(node?: EnvironmentNode): EnvironmentNode[] {
    return node ? [] : ENVIRONMENTS.map((environment) => new EnvironmentNode(environment));
  }

  async getTreeItem({ environment }: EnvironmentNode): Promise<TreeItem> {
    const { services } = this;
    const isActive = services.environment.get() === environment;
    const reading = await readKey(environment, services);
    const host = environment === 'sandbox' ? sandboxWords(services) : hostOf(environment, services);
    const mark = prodHostMark(environment, services);
    const key = keyLabel(environment, reading, services);
    const last = this.#lastVerification(environment, reading);
    const item = new TreeItem(environment);
    item.id = environment;
    item.description = [isActive ? 'active' : '', last ? doubtOf(last) : '', host, mark, key]
      .filter((part) => part !== '')
      .join(' · ');
    const isUnusable = last?.verdict.result === 'refused' || isForOtherHost(environment, reading, services);
    item.iconPath = isUnusable ? REFUSED : iconOf(environment, isActive);
    const facts = this.#facts(environment, reading);
    item.tooltip = facts.join('\n');
    item.contextValue = [
      'environment',
      environment === 'sandbox' ? (services.sandbox.isRunning() ? 'running' : 'stopped') : 'remote',
      isActive ? 'active' : 'other',
      reading && reading.state !== 'absent' ? 'key' : 'keyless',
    ].join(' ');
    const words = [environment, ...item.description.split(' · '), ...facts];
    item.accessibilityInformation = { label: words.join(', ') };
    return item;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #facts(environment: Environment, reading: KeyReading | undefined): string[] {
    const { settings } = this.services;
    const where =
      environment === 'sandbox'
        ? ['A server on this machine: nothing leaves it.']
        : [`Base URL: ${settings.baseUrl(environment)}`, ...prodHostLine(environment, this.services)];
    if (reading?.state !== 'present') return where;
    const { origin, storedAt, acceptedAt } = reading.stored;
    const set = [...where, ...dated('Key set', storedAt)];
    if (environment === 'sandbox') return set;
    return [
      ...set,
      `Key given for: ${origin}`,
      ...this.#said(environment, reading),
      ...(acceptedAt === undefined
        ? ['Not accepted by the API yet: verify it, or send with it.']
        : dated('Last accepted by the API', acceptedAt)),
    ];
  }

  /** What came of the last verification, unless that is the acceptance which is told anyway. */
  #said(environment: Environment, reading: KeyReading): string[] {
    const last = this.#lastVerification(environment, reading);
    if (!last || last.verdict.result === 'accepted') return [];
    return [`${verdictWords(environment, last.verdict)} (${momentOf(last.at, new Date())})`];
  }

  #lastVerification(environment: Environment, reading: KeyReading | undefined): LastVerification | undefined {
    return reading?.state === 'present'
      ? this.services.keyRing.lastVerification(environment, reading.stored)
      : undefined;
  }
}

const REFUSED = new ThemeIcon('error', new ThemeColor('list.errorForeground'));

/** What to know of a key before it is used: that the API refused it, or could not be asked. */
function doubtOf({ verdict: { result } }: LastVerification): string {
  return result === 'refused' ? 'key refused' : result === 'unclear' ? 'key not verified' : '';
}

function dated(what: string, when: string): string[] {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? [] : [`${what}: ${momentOf(date, new Date())}`];
}

function sandboxWords({ sandbox }: Services): string {
  return sandbox.isRunning() ? 'running on this machine' : 'starts when needed';
}

function iconOf(environment: Environment, isActive: boolean): ThemeIcon {
  const name = environment === 'sandbox' ? 'beaker' : environment === 'prod' ? 'warning' : 'globe';
  if (!isActive) return new ThemeIcon(name);
  const color = environment === 'prod' ? 'list.errorForeground' : 'testing.iconPassed';
  return new ThemeIcon(environment === 'prod' ? name : 'pass-filled', new ThemeColor(color));
}
