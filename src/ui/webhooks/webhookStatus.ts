import { StatusBarAlignment, window } from 'vscode';
import type { WebhookRoom } from '../../app/webhooks/listener';
import { setContext } from '../shell/commandIds';

/** The listener in the status bar while it runs. */
export class WebhookStatus {
  readonly #item = window.createStatusBarItem('eccaex.webhooks', StatusBarAlignment.Left, 49);
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(private readonly room: WebhookRoom) {
    this.#item.name = 'EccaEx Webhooks';
    this.#item.command = 'eccaex.forwardWebhooks';
    const show = () => this.#show();
    this.#disposables = [this.#item, room.listener.onDidChange(show), room.webhooks.onDidChange(show)];
    show();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #show(): void {
    const { listener, webhooks } = this.room;
    const { running } = listener;
    setContext('eccaex.webhooksRunning', running !== undefined);
    if (!running) {
      this.#item.hide();
      return;
    }
    const { target } = webhooks;
    this.#item.text = `$(radio-tower) Webhooks :${running.port}`;
    this.#item.tooltip = [
      `Listening for webhooks at ${running.url}`,
      target ? `Forwarding to ${target.url}` : 'Not forwarding',
      ...(running.isOnSetPort ? [] : ['Another window or program has the set port, and the public URLs.']),
      'Click to change where webhooks are forwarded.',
    ].join('\n');
    this.#item.accessibilityInformation = {
      label: `EccaEx webhooks: listening on port ${running.port}, ${target ? `forwarding to ${target.url}` : 'not forwarding'}`,
      role: 'button',
    };
    this.#item.show();
  }
}
