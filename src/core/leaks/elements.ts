import type { Span } from '../document/positions';
import type { NamedPlace } from './keyNames';
import { quoteBefore } from './tokens';
import { isNameLike, isValueLike, keyIn, unwrapped } from './values';

/** How long a tag and the space around a text can be, in characters. */
const LONGEST_TAG = 600;
const MOST_SPACE = 100;

const ATTRIBUTE = /([\w.:-]{1,60})\s{0,9}=\s{0,9}(["'])/g;
/** Elements that have no content. */
const VOID = /^<(?:input|meta|img|link|param|source)\b/i;
/** Elements that are about the look of a text. */
const INLINE = /^<\/?(?:code|b|strong|em|i|span|tt|kbd|a|p)\b/i;

/**
 * The key in an element of XML or HTML: `<X-Api-Key>…</`, `<header name="X-Api-Key" value="…"/>`,
 * `<set-header name="X-Api-Key"><value>…</`, `<key>X-Api-Key</key><string>…</`. `none` where the name is neither that
 * of an element or attribute, nor alone in one.
 */
export function elementValue({ text, name, from, to }: NamedPlace): Span | 'none' | undefined {
  const end = name.offset + name.length;
  const before = text.slice(Math.max(from, name.offset - LONGEST_TAG), name.offset);
  const open = before.lastIndexOf('<');
  const tag = before.slice(open);
  if (open >= 0 && /^<[A-Za-z]/.test(`${tag}a`) && !tag.includes('>')) {
    if (/^<[\w.:-]*$/.test(tag)) return ofElement(text, end, to);
    const prefix = /[\w/.-]*$/.exec(tag)?.[0].length ?? 0;
    const quote = quoteBefore(text, name.offset - prefix);
    if (
      quote === '' ||
      !text.startsWith(quote, end) ||
      !tag.slice(0, tag.length - prefix).endsWith(`=${quote}`)
    )
      return 'none';
    return ofAttribute(text, name.offset - tag.length, end + quote.length, to);
  }
  const isAlone =
    before.trimEnd().endsWith('>') && /^\s*<\//.test(text.slice(end, Math.min(to, end + MOST_SPACE)));
  if (!isAlone) return 'none';
  return inSiblings(text, end, to) ?? beforeSibling(before);

  function beforeSibling(left: string): Span | undefined {
    // `<value>…</value><name>X-Api-Key`: two tags stand between.
    const tags = left.trimEnd().split('<');
    const [valueTag = '', closing = '', nameTag = ''] = tags.slice(-3);
    const [called = '', content = ''] = valueTag.split('>');
    if (!closing.startsWith('/') || /^\//.test(nameTag) || !isValueLike(called.split(/\s/)[0] ?? ''))
      return undefined;
    const length = `${content}<${closing}<${nameTag}`.length + (left.length - left.trimEnd().length);
    return contentKey(text, { offset: name.offset - length, length: content.length });
  }
}

/** After the name of an element: `<X-Api-Key type="text">…</`. */
function ofElement(text: string, end: number, to: number): Span | 'none' | undefined {
  const close = endOfTag(text, end, to);
  if (close === undefined || !/[\s>/]/.test(text.charAt(end))) return 'none';
  const attribute = inAttributes(text, end, close);
  return attribute === 'none' ? inContent(text, close, to) : attribute;
}

function ofAttribute(text: string, tag: number, end: number, to: number): Span | 'none' | undefined {
  const close = endOfTag(text, end, to);
  const attribute = inAttributes(text, tag, close ?? Math.min(to, end + LONGEST_TAG));
  if (attribute !== 'none') return attribute;
  return close === undefined || VOID.test(text.slice(tag, tag + 8)) ? undefined : inContent(text, close, to);
}

/** The place of the `>` that ends a tag. */
function endOfTag(text: string, from: number, to: number): number | undefined {
  const place = text.slice(from, Math.min(to, from + LONGEST_TAG)).indexOf('>');
  return place < 0 ? undefined : from + place;
}

/** The key in the attribute for the value. `none` where there is no such attribute. */
function inAttributes(text: string, from: number, to: number): Span | 'none' | undefined {
  let found: 'none' | undefined = 'none';
  for (const { name, value } of attributesIn(text, from, to)) {
    if (!isValueLike(name)) continue;
    const key = contentKey(text, value);
    if (key) return key;
    found = undefined;
  }
  return found;
}

function* attributesIn(text: string, from: number, to: number): Generator<{ name: string; value: Span }> {
  const tag = text.slice(from, to);
  for (const { 0: start, 1: name = '', 2: quote = '', index } of tag.matchAll(ATTRIBUTE)) {
    const begin = index + start.length;
    const end = tag.indexOf(quote, begin);
    if (end >= 0) yield { name, value: { offset: from + begin, length: end - begin } };
  }
}

/** Whether an element has a name of its own, so that its value is of that. */
function isNamed(text: string, from: number, to: number): boolean {
  for (const { name, value } of attributesIn(text, from, to)) {
    const called = text.slice(value.offset, value.offset + value.length);
    if (isNameLike(name) && !isValueLike(called)) return true;
  }
  return false;
}

/** Between the `>` of a tag and the tag that closes its element: its own text, or the value in an element of it. */
function inContent(text: string, close: number, to: number): Span | undefined {
  return text[close - 1] === '/' ? undefined : firstKey(text, close, to, 1);
}

/** In the elements beside that of the name, up to the end of the element that they are all in. */
function inSiblings(text: string, from: number, to: number): Span | undefined {
  const tag = nextTag(text, from, to);
  const close = endOfTag(text, tag, to);
  // `<td><code>X-Api-Key</code></td><td>…`: the cell is around it.
  const depth = INLINE.test(text.slice(tag, tag + 9)) ? 2 : 1;
  if (close === undefined) return undefined;
  return firstKey(text, close, to, depth) ?? namedSibling(text, close, to);
}

/** `<type>Main</type><value>…</value>`: an element beside that of the name that is called `value`. */
function namedSibling(text: string, close: number, to: number): Span | undefined {
  const siblings = text.slice(close + 1, Math.min(to, close + LONGEST_TAG));
  const value =
    /^(?:\s{0,99}<(\w{1,40})>[^<>]{0,200}<\/\1>){1,6}?\s{0,99}<([\w:.-]{0,20}value)>(?=[^<>\s])/i.exec(
      siblings,
    );
  if (!value) return undefined;
  const offset = close + 1 + value[0].length;
  return contentKey(text, { offset, length: nextTag(text, offset, to) - offset });
}

/** The first text after a `>`; one that cannot be a key ends the search, and so does the end of the elements around. */
function firstKey(text: string, close: number, to: number, depth: number): Span | undefined {
  let [at, level] = [close + 1, depth];
  while (at < to && level > 0) {
    const end = nextTag(text, at, to);
    if (/\w/.test(text.slice(at, end))) return contentKey(text, { offset: at, length: end - at });
    if (text.startsWith('<![CDATA[', end)) {
      const last = text.slice(end, to).indexOf(']]>');
      return last < 0 ? undefined : contentKey(text, { offset: end + 9, length: last - 9 });
    }
    const tagEnd = endOfTag(text, end, to);
    if (tagEnd === undefined) return undefined;
    if (INLINE.test(text.slice(end, end + 9))) level += 0;
    else if (text.startsWith('</', end)) level--;
    else if (text[tagEnd - 1] !== '/' && !/^<[!?]/.test(text.slice(end, end + 2))) level++;
    if (!text.startsWith('</', end)) {
      if (isNamed(text, end, tagEnd)) return undefined;
      const key = inAttributes(text, end, tagEnd);
      if (key !== 'none') return key;
    }
    at = tagEnd + 1;
  }
  return undefined;
}

function nextTag(text: string, from: number, to: number): number {
  const place = text.slice(from, to).indexOf('<');
  return place < 0 ? to : from + place;
}

function contentKey(text: string, place: Span): Span | undefined {
  return keyIn(text, unwrapped(text, place));
}
