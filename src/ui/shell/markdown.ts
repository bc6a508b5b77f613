/**
 * Any text as Markdown that shows just that text: no link, no image, no HTML, no line of its own.
 * `MarkdownString.appendText` does the same, but makes every space a hard one, so that nothing wraps.
 */
export function plainMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A text of a notification in which nothing is a link: VS Code takes `[title](target)` alone for one. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** Lenses and lists draw `$(name)` as an icon; what a server or a file says is drawn as it is. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
