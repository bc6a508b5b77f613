import { parseJson } from '../../core/response/answer';
import { prettyJson } from '../../core/response/prettyJson';
import type { ReadOnlyTexts } from './readOnlyTexts';

/** Opens what a server sent as a document: JSON with one value a line, anything else as it came. */
export async function openText(texts: ReadOnlyTexts, name: string, body: string): Promise<void> {
  const isJson = parseJson(body) !== undefined;
  await texts.open(`${name}.${isJson ? 'json' : 'txt'}`, isJson ? prettyJson(body) : body);
}
