import { env, type Uri } from 'vscode';

/**
 * Opens a link of the web, to the letter. VS Code takes it as a text, too, and keeps that where it opens it as it is;
 * as a `Uri` it would be written anew, where `%26` in a query becomes `&`.
 */
export function openWebLink(link: string): Thenable<boolean> {
  return env.openExternal(link as unknown as Uri);
}
