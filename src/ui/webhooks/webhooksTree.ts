import { EventEmitter, TreeItem, window, type TreeDataProvider } from 'vscode';
import type { Webhooks } from '../../app/webhooks/webhooks';
import type { Webhook } from '../../core/webhook/webhook';
import { setContext } from '../shell/commandIds';
import { iconOfWebhook } from './webhookIcons';
import { deliveryWords, nameOfWebhook, signatureWords } from '../../core/webhook/words';
import { signatureSentence, timeWords } from './webhookWords';

/** A webhook in the tree; also what its menus give to commands. */
export class WebhookNode {
  constructor(readonly webhook: Webhook) {}
}

/** More are found in the history. */
const MOST_SHOWN = 300;

/** The webhooks of this window, newest first. */
export class WebhooksTree implements TreeDataProvider<WebhookNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView<WebhookNode>('eccaex.webhooks', {
    treeDataProvider: this,
    canSelectMany: true,
  });
  #webhooks: Webhooks | undefined;
  #watching: { dispose(): void } | undefined;

  constructor() {
    setContext('eccaex.webhooksEmpty', true);
  }

  /** Shows these from now on: they are loaded when the first is needed. */
  attach(webhooks: Webhooks): void {
    this.#webhooks = webhooks;
    this.#watching = webhooks.onDidChange(() => this.#show());
    this.#show();
  }

  getChildren(node?: WebhookNode): WebhookNode[] {
    if (node) return [];
    return (this.#webhooks?.all ?? []).slice(0, MOST_SHOWN).map((webhook) => new WebhookNode(webhook));
  }

  getTreeItem({ webhook }: WebhookNode): TreeItem {
    const { id, event, receivedAt, source, deliveries } = webhook;
    const item = new TreeItem(nameOfWebhook(webhook));
    const facts = [
      event.status ?? 'no status',
      signatureWords(webhook),
      deliveryWords(deliveries.at(-1)),
      ...(source === 'made' ? ['edited'] : []),
      timeWords(receivedAt),
    ];
    item.id = id;
    item.description = facts.join(' · ').replace(/\$\(/g, '$\u200b(');
    item.iconPath = iconOfWebhook(webhook);
    item.tooltip = [nameOfWebhook(webhook), event.eventId ?? '', signatureSentence(webhook), receivedAt].join(
      '\n',
    );
    item.accessibilityInformation = { label: `Webhook ${nameOfWebhook(webhook)}, ${facts.join(', ')}` };
    item.contextValue = webhook.changed === undefined ? 'webhook' : 'webhook.changed';
    item.command = {
      command: 'eccaex.openWebhook',
      title: 'Open',
      arguments: [{ webhook: id, preserveFocus: true }],
    };
    return item;
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #show(): void {
    const all = this.#webhooks?.all ?? [];
    setContext('eccaex.webhooksEmpty', all.length === 0);
    this.#view.message = all.length > MOST_SHOWN ? `The newest ${MOST_SHOWN} of ${all.length}.` : '';
    this.#changed.fire(undefined);
  }
}
