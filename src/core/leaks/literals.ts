import type { Span } from '../document/positions';
import { columnsIn } from './columns';
import { optionBefore } from './commands';
import { elementValue } from './elements';
import { itemValue } from './items';
import { isEncrypted, isLabel, keyNamesIn, type KeyName, type NamedPlace } from './keyNames';
import { assignedLater, comparedBefore } from './laterValue';
import { namelessKeysIn } from './nameless';
import { Reader, type Literal } from './reader';
import { quoteBefore } from './tokens';

/** What a key is made of that stands without quotes; what follows it in a sentence or a command may look like more of it. */
const BARE_KEY = /^[A-Za-z0-9](?:[\w.~+/=-]*[\w=])?$/;

/** How far from its name a value can stand, in characters. */
const REACH = 2_000;

/**
 * Places where a key is written into a request or a variable, instead of a placeholder. In the order of the text. From
 * each name the text is read forward, over what cannot be a value, to the first text that can be a key; it ends with
 * the statement, the item or the element, and with the next name. A value before its name counts in the same item alone.
 */
export function literalKeysIn(text: string): Literal[] {
  const found = new Map<number, Literal>();
  const names = [...keyNamesIn(text)];
  for (const [place, name] of names.entries()) {
    const end = name.offset + name.length;
    const from = Math.max(endOf(names[place - 1]), name.offset - REACH);
    const to = Math.min(names[place + 1]?.offset ?? text.length, end + REACH);
    const span = valueOf({ text, name, from, to });
    const kind = name.isWebhookSecret ? { isWebhookSecret: name.isWebhookSecret } : {};
    if (!span || found.has(span.offset)) continue;
    found.set(span.offset, { ...span, isCertain: span.isCertain && isWhole(text, span), ...kind });
  }
  for (const span of [...namelessKeysIn(text), ...columnsIn(text, names)])
    if (!found.has(span.offset)) found.set(span.offset, { ...span, isCertain: false });
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

/** Whether a place is all that is in its quotes, or in no quotes and a key for sure from its first character to its last. */
function isWhole(text: string, { offset, length }: Span): boolean {
  const quote = quoteBefore(text, offset);
  if (quote !== '' && text.startsWith(quote, offset + length)) return true;
  return BARE_KEY.test(text.slice(offset, offset + length));
}

const endOf = (name: KeyName | undefined) => (name ? name.offset + name.length : 0);

function valueOf(place: NamedPlace): Literal | undefined {
  if (isEncrypted(place) || isLabel(place)) return undefined;
  const element = elementValue(place);
  const item = element === 'none' ? itemValue(place) : element;
  if (item !== 'none') return item && { ...item, isCertain: item.offset > place.name.offset };
  const read = new Reader(place).read();
  if (read) return read;
  const elsewhere = optionBefore(place) ?? comparedBefore(place) ?? assignedLater(place);
  return elsewhere && { ...elsewhere, isCertain: false };
}
