import { languages, window } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { isObject } from '../../core/json';
import {
  HANDLER_LANGUAGES,
  HANDLERS,
  isHandlerLanguage,
  type HandlerLanguage,
} from '../../core/webhook/handlers/handlers';
import { openUnsaved } from '../authoring/newRequest';
import type { Services } from '../shell/services';

/** Opens a webhook handler to start from as an unsaved file; gives its URI. `first`: `{language}`. */
export async function newWebhookHandler(
  { webhookSettings }: Pick<Services, 'webhookSettings'>,
  first: unknown,
): Promise<string | undefined> {
  const given = isObject(first) ? first.language : undefined;
  const language = isHandlerLanguage(given) ? given : await pickLanguage();
  if (!language) return undefined;
  const { file, source, language: id } = HANDLERS[language];
  const document = await openUnsaved(file, source(webhookSettings.scheme()));
  const shown = await window.showTextDocument(
    document.languageId === id ? document : await languages.setTextDocumentLanguage(document, id),
  );
  return shown.document.uri.toString();
}

async function pickLanguage(): Promise<HandlerLanguage | undefined> {
  const items = HANDLER_LANGUAGES.map((language) => {
    const { title, file } = HANDLERS[language];
    return { label: title, description: file, language };
  });

  const picked = await pickOne(items, {
    title: 'New Webhook Handler',
    placeHolder: 'Language or framework',
  });
  return picked?.language;
}
