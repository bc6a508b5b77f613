import { window, type QuickPickItem, type QuickPickOptions } from 'vscode';
import { withoutIcons } from './markdown';

/**
 * Lets a person pick one of a list; `undefined` where they do not. VS Code draws `$(name)` in a list as an icon: what
 * a server, a file or its name says is drawn as it is, and an icon of ours is an item's `iconPath`.
 */
export async function pickOne<Item extends QuickPickItem>(
  items: readonly Item[],
  options: QuickPickOptions & { readonly title: string },
): Promise<Item | undefined> {
  const drawn = items.map((item) => ({
    ...item,
    label: withoutIcons(item.label),
    ...(item.description === undefined ? {} : { description: withoutIcons(item.description) }),
    ...(item.detail === undefined ? {} : { detail: withoutIcons(item.detail) }),
  }));
  const picked = await window.showQuickPick(drawn, options);
  return picked && items[drawn.indexOf(picked)];
}
