/** Lenses and lists draw `$(name)` as an icon; what a server or a file says is drawn as it is. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
