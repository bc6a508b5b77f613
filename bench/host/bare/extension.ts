import { randomUUID } from 'node:crypto';
import fetch from 'node-fetch';
import { commands, window, type ExtensionContext } from 'vscode';

/** What a send cannot do without: it reads the active document and a key, and sends. */
export function activate({ secrets, subscriptions }: ExtensionContext): void {
  subscriptions.push(
    commands.registerCommand('bench.send', async (baseUrl: string) => {
      const text = window.activeTextEditor?.document.getText() ?? '';
      const body = { ...(JSON.parse(text) as object), external_id: randomUUID() };
      const key = (await secrets.get('bench.key')) ?? 'sandbox_active';
      const response = await fetch(`${baseUrl}/create-invoice`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Api-Key': key },
        body: JSON.stringify(body),
      });
      await response.text();
      return response.status;
    }),
  );
}
