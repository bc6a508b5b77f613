import { SnippetString, window, workspace } from 'vscode';
import type { Services } from '../services';

/** Opens an unsaved request with the documented fields to fill in. */
export async function newInvoiceRequest({ settings, random }: Services): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'json' });
  const editor = await window.showTextDocument(document);
  const urls = settings.defaultUrls();
  const fields = [
    ['amount', '1500.00'],
    ['currency_code', 'UAH'],
    ['customer_id', 'user_12345'],
    ['external_id', `order-${random.uuid().slice(0, 8)}`],
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
