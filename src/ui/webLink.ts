import { env, type Uri } from 'vscode';

/** As it stands: VS Code takes a text, too, and a `Uri` would decode `%26`, which makes another link of it. */
export function openWebLink(link: string): Thenable<boolean> {
  return env.openExternal(link as unknown as Uri);
}
