import { EventEmitter, ThemeIcon, TreeItem, window, type TreeDataProvider } from 'vscode';
import { CREATE_INVOICE, ENDPOINT_NAMES, ENDPOINTS, type EndpointName } from '../../core/contract/endpoints';
import type { Services } from '../shell/services';
import { momentOf } from '../../core/times';

/** An endpoint in the tree; also what its menus give to commands. */
class ApiNode {
  constructor(readonly endpoint: EndpointName | typeof CREATE_INVOICE.path) {}
}

const NODES: readonly ApiNode[] = [
  new ApiNode(CREATE_INVOICE.path),
  ...ENDPOINT_NAMES.map((name) => new ApiNode(name)),
];

/** The documented endpoints. A click calls one that reads, and writes a request for the one that creates. */
export class ApiTree implements TreeDataProvider<ApiNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(private readonly services: Services) {
    const refresh = () => this.#changed.fire(undefined);
    this.#disposables = [
      this.#changed,
      window.registerTreeDataProvider('eccaex.api', this),
      services.endpoints.merchant.onDidChange(refresh),
      services.environment.onDidChange(refresh),
    ];
  }

  getChildren(node?: ApiNode): ApiNode[] {
    return node ? [] : [...NODES];
  }

  getTreeItem({ endpoint }: ApiNode): TreeItem {
    return endpoint === CREATE_INVOICE.path ? createItem() : this.#readItem(endpoint);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #readItem(name: EndpointName): TreeItem {
    const { method, path, description } = ENDPOINTS[name];
    const item = new TreeItem(`${method} /${path}`);
    const fetched = this.#fetched(name);
    item.id = name;
    item.description = fetched ?? description;
    item.tooltip = [description, ...(fetched === undefined ? [] : [fetched])].join('\n');
    item.accessibilityInformation = { label: `${method} /${path}, ${item.description}` };
    item.iconPath = new ThemeIcon('cloud-download');
    item.contextValue = 'endpoint read';
    item.command = { title: 'Call', command: 'eccaex.callEndpoint', arguments: [{ endpoint: name }] };
    return item;
  }

  /** When what the checks of requests go by was fetched. */
  #fetched(name: EndpointName): string | undefined {
    const environment = this.services.environment.get();
    const merchant = this.services.endpoints.merchant.of(environment);
    const times =
      name === 'currencies'
        ? [merchant?.currencies?.at]
        : name === 'payment-methods'
          ? [...(merchant?.methods.values() ?? [])].map(({ at }) => at)
          : [];
    const last = times
      .filter((time) => time !== undefined)
      .sort()
      .at(-1);
    if (last === undefined) return undefined;
    return `fetched from ${environment}, ${momentOf(new Date(last), this.services.clock.now())}`;
  }
}

function createItem(): TreeItem {
  const { method, path } = CREATE_INVOICE;
  const label = `${method} /${path}`;
  const item = new TreeItem(label);
  item.id = path;
  item.description = 'A new request';
  item.tooltip = 'Creates an invoice with a payment link. Opens a new request to fill in; nothing is sent.';
  item.accessibilityInformation = { label: `${label}, a new request` };
  item.iconPath = new ThemeIcon('cloud-upload');
  item.contextValue = 'endpoint create';
  item.command = { title: 'New Request', command: 'eccaex.newInvoiceRequest' };
  return item;
}
