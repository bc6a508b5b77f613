/** Where a URL ends in a text, in JSON or in prose. */
const ADDRESS = /\bhttps?:\/\/[^\s"'<>`\\]+/gi;

/** A text whose URLs have neither a password nor values in their query: a callback often carries a token there. */
export function withoutSecrets(text: string): string {
  return text.replace(ADDRESS, (address) => {
    const withoutUser = address.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
    const [, front = '', query] = /^([^?#]*)\?([^#]*)/.exec(withoutUser) ?? [];
    if (query === undefined) return withoutUser;
    return `${front}?${query.replace(/=[^&]*/g, '=…')}`;
  });
}
