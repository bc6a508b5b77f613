/** Where a URL ends in a text, in JSON, where `/` and what separates its parts may be escaped, or in prose. */
const ADDRESS = /\bhttps?:(?:\\?\/){2}(?:[^\s"'<>`\\]|\\\/|\\u00[234][0-9a-f])+/gi;

/** The escapes of what separates the parts of a URL: `/`, `#`, `&`, `:`, `=`, `?`, `@`. */
const ESCAPED = /\\(?:\/|u00(?:2[36f]|3[adf]|40))/gi;

/** A text whose URLs have neither a password nor values in query and fragment: a callback often carries a token there. */
export function withoutSecrets(text: string): string {
  return text.replace(ADDRESS, (address) => {
    const plain = address.replace(ESCAPED, (escaped) => JSON.parse(`"${escaped}"`) as string);
    const safe = addressWithoutSecrets(plain);
    return safe === plain ? address : safe;
  });
}

/** The same of one URL, relative ones included. */
export function addressWithoutSecrets(address: string): string {
  const [, front = '', rest = ''] = /^([^?#]*)([^]*)$/.exec(address) ?? [];
  return front.replace(/^(\w*:?\/\/)[^/]*@/, '$1') + rest.replace(/=[^&#]*/g, '=…');
}
