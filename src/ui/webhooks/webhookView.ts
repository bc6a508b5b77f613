import { commands, ViewColumn, type Uri, type WebviewPanel } from 'vscode';
import type { WebhookRoom } from '../../app/webhooks/listener';
import { base64Of } from '../../core/base64';
import { headerOf } from '../../core/webhook/event';
import { IDEMPOTENCY_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../../core/webhook/signature';
import { readMessage, readRestored, type FromView } from '../../webview/webhook/protocol';
import { inBackground } from '../shell/log';
import { copyText } from '../shell/notify';
import type { Services } from '../shell/services';
import { WebviewHost } from '../shell/webviewHost';
import type { Restorable } from '../shell/webviewSerializer';
import { shownWebhook } from './shownWebhook';
import { nameOfWebhook } from '../../core/webhook/words';

/** The one webview that shows a webhook, and follows what becomes of it. */
export class WebhookView implements Restorable {
  readonly #host: WebviewHost;
  #id: string | undefined;
  #room: WebhookRoom | undefined;
  #watching: { dispose(): void } | undefined;

  constructor(
    private readonly services: Pick<Services, 'webhooks' | 'log' | 'random'>,
    extension: Uri,
  ) {
    const kind = { viewType: 'eccaex.webhook', name: 'webhook', title: 'Webhook', column: ViewColumn.Beside };
    this.#host = new WebviewHost(kind, extension, services.random.uuid, {
      // It is read from the journal; where that no longer keeps it, the page says so.
      restored: (state) => {
        this.#id = readRestored(state);
        return this.#id !== undefined;
      },
      received: (message) => {
        const asked = readMessage(message);
        if (asked) inBackground(services.log, this.#answer(asked));
      },
    });
  }

  show(id: string, preserveFocus: boolean): void {
    this.#id = id;
    this.#host.open(preserveFocus);
    inBackground(this.services.log, this.#show());
  }

  restore(panel: WebviewPanel, state: unknown): void {
    this.#host.restore(panel, state);
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#host.dispose();
  }

  async #show(): Promise<void> {
    if (!this.#room) {
      const room = (this.#room = await this.services.webhooks());
      this.#watching = room.webhooks.onDidChange(() => this.#post());
    }
    this.#post();
  }

  #post(): void {
    const webhook = this.#id === undefined ? undefined : this.#room?.webhooks.get(this.#id);
    if (webhook) this.#host.entitle(`Webhook: ${nameOfWebhook(webhook)}`);
    this.#host.post({ kind: 'show', webhook: webhook && shownWebhook(webhook) });
  }

  /** Why its signature does not hold. */
  async #explain(): Promise<void> {
    const webhook = this.#id === undefined ? undefined : this.#room?.webhooks.get(this.#id);
    if (!webhook) return;
    const { headers, body, receivedAt } = webhook;
    await commands.executeCommand('eccaex.explainSignature', {
      bodyBase64: base64Of(body),
      signature: headerOf(headers, SIGNATURE_HEADER.toLowerCase()) ?? '',
      timestamp: headerOf(headers, TIMESTAMP_HEADER.toLowerCase()) ?? '',
      idempotencyKey: headerOf(headers, IDEMPOTENCY_HEADER.toLowerCase()) ?? '',
      receivedAt: Date.parse(receivedAt) / 1000,
    });
  }

  async #answer(asked: FromView): Promise<void> {
    const given = { webhook: this.#id };
    switch (asked.kind) {
      case 'ready':
        this.#host.ready();
        await this.#show();
        return;
      case 'copy':
        await copyText(asked.text);
        return;
      case 'replay':
        await commands.executeCommand('eccaex.replayWebhook', given);
        return;
      case 'replay-signed-now':
        await commands.executeCommand('eccaex.replayWebhookSignedNow', given);
        return;
      case 'edit':
        await commands.executeCommand('eccaex.editWebhook', given);
        return;
      case 'save':
        await commands.executeCommand('eccaex.saveWebhook', given);
        return;
      case 'explain':
        await this.#explain();
        return;
      case 'compare':
        await commands.executeCommand('eccaex.compareWebhooks', given);
        return;
    }
  }
}
