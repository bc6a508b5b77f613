import { SnippetString, Uri, window, workspace, type TextDocument } from 'vscode';
import type { Services } from '../services';

/** Opens an unsaved request with the documented fields to fill in. */
export async function newInvoiceRequest({ settings, random }: Services): Promise<void> {
  const id = `order-${random.uuid().slice(0, 8)}`;
  const editor = await window.showTextDocument(await openUnsaved(`${id}.invoice.json`));
  const urls = settings.defaultUrls();
  const fields = [
    ['amount', '1500.00'],
    ['currency_code', 'UAH'],
    ['customer_id', 'user_12345'],
    ['external_id', id],
    ['purpose', 'Premium subscription'],
    ...Object.entries(urls),
  ];
  const snippet = new SnippetString('{\n');
  fields.forEach(([name = '', value = ''], place) => {
    snippet
      .appendText(`  "${name}": "`)
      .appendPlaceholder(value, place + 1)
      .appendText(place < fields.length - 1 ? '",\n' : '"\n}\n');
  });
  await editor.insertSnippet(snippet);
}

/** With the name of a request file it is checked from the start, and can be sent with the button above it. */
async function openUnsaved(name: string): Promise<TextDocument> {
  const [folder] = workspace.workspaceFolders ?? [];
  // What is not saved yet can have a place on the disk alone.
  if (folder?.uri.scheme !== 'file') return workspace.openTextDocument({ language: 'json' });
  return workspace.openTextDocument(Uri.joinPath(folder.uri, name).with({ scheme: 'untitled' }));
}
