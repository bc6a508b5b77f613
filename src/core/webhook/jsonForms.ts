import { isTooDeep } from '../json';

/** A JSON value as it was written: texts and numbers keep their spelling. */
type Node =
  | { readonly kind: 'leaf'; readonly raw: string }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] };

interface Member {
  /** With its quotes. */
  readonly key: string;
  readonly value: Node;
  /** Where the value stands in the text. */
  readonly start: number;
  readonly end: number;
}

export interface JsonText {
  readonly text: string;
  readonly root: Node;
}

/** `undefined` where a text is not JSON, or nests deeper than any webhook. */
export function readJson(text: string): JsonText | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return { text, root: new Reader(text).value() };
}

/** Reads text that is known to be JSON. */
class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  value(): Node {
    this.#skip();
    const first = this.text[this.#at];
    if (first === '{') return { kind: 'object', members: this.#items('}', () => this.#member()) };
    if (first === '[') return { kind: 'list', items: this.#items(']', () => this.value()) };
    return { kind: 'leaf', raw: this.#leaf() };
  }

  #items<Item>(closing: string, item: () => Item): readonly Item[] {
    const items: Item[] = [];
    this.#at++;
    this.#skip();
    while (this.text[this.#at] !== closing) {
      items.push(item());
      this.#skip();
      if (this.text[this.#at] === ',') this.#at++;
      this.#skip();
    }
    this.#at++;
    return items;
  }

  #member(): Member {
    const key = this.#leaf();
    this.#skip();
    this.#at++;
    this.#skip();
    const start = this.#at;
    const value = this.value();
    return { key, value, start, end: this.#at };
  }

  #leaf(): string {
    const start = this.#at;
    if (this.text[start] === '"') {
      this.#at++;
      while (this.text[this.#at] !== '"') this.#at += this.text[this.#at] === '\\' ? 2 : 1;
      this.#at++;
    } else {
      while (!',]} \t\r\n'.includes(this.text[this.#at] ?? ',')) this.#at++;
    }
    return this.text.slice(start, this.#at);
  }

  #skip(): void {
    while (' \t\r\n'.includes(this.text[this.#at] ?? '.')) this.#at++;
  }
}

/** The members of the object that a text is; none where it is something else. */
export function membersOf({ root }: JsonText): readonly (Member & { readonly name: string })[] {
  const members = root.kind === 'object' ? root.members : [];
  return members.map((member) => ({ ...member, name: JSON.parse(member.key) as string }));
}

/** How a serializer writes. */
export interface JsonStyle {
  readonly comma: string;
  readonly colon: string;
  /** One level of it; `undefined` writes everything on one line. */
  readonly indent?: string;
  /** Writes a text, given with its quotes and as it was spelled. */
  readonly text: (raw: string) => string;
  readonly number: (raw: string) => string;
  /** Writes `true`, `false` and `null`; left out, as they are. */
  readonly literal?: (raw: string) => string | undefined;
  /** By the UTF-16 codes of the names, as most languages sort. */
  readonly isSorted?: boolean;
  readonly withoutNulls?: boolean;
}

export function written({ root }: JsonText, style: JsonStyle): string {
  return write(root, style, '\n');
}

function write(node: Node, style: JsonStyle, lineBreak: string): string {
  if (node.kind === 'leaf') {
    const { raw } = node;
    if (raw.startsWith('"')) return style.text(raw);
    return /^[-\d]/.test(raw) ? style.number(raw) : (style.literal?.(raw) ?? raw);
  }
  const inner = style.indent === undefined ? '' : lineBreak + style.indent;
  const between = style.comma + inner;
  const [opening, closing] = node.kind === 'object' ? '{}' : '[]';
  let text = '';
  if (node.kind === 'list')
    for (const item of node.items) text += (text === '' ? inner : between) + write(item, style, inner);
  else
    for (const { key, value } of style.isSorted ? sorted(node.members) : node.members) {
      if (style.withoutNulls && value.kind === 'leaf' && value.raw === 'null') continue;
      text += (text === '' ? inner : between) + style.text(key) + style.colon + write(value, style, inner);
    }
  const end = text !== '' && style.indent !== undefined ? lineBreak : '';
  return `${opening}${text}${end}${closing}`;
}

function sorted(members: readonly Member[]): readonly Member[] {
  const named = members.map((member) => ({ member, name: JSON.parse(member.key) as string }));
  return named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(({ member }) => member);
}

const asIs = (raw: string) => raw;
const shortest = (raw: string) => JSON.stringify(JSON.parse(raw) as string);
const escapedBy =
  (pattern: RegExp, escape: (character: string) => string = lowerEscape) =>
  (raw: string) =>
    shortest(raw).replace(pattern, escape);

function lowerEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function upperEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const slashed = (text: string) => text.replaceAll('/', '\\/');

/** How serializers write texts. Each begins with the shortest form, in which JavaScript's `JSON.stringify` writes. */
export const TEXTS = {
  asIs,
  shortest,
  /** Python's `json.dumps`. */
  ascii: escapedBy(/[\u007f-\uffff]/g, (character) =>
    character === '\u007f' ? character : lowerEscape(character),
  ),
  /** PHP's `json_encode` without flags. */
  php: (raw: string) => slashed(shortest(raw)).replace(/[\u0080-\uffff]/g, lowerEscape),
  /** With JSON_UNESCAPED_UNICODE. */
  phpUnicode: (raw: string) => slashed(shortest(raw)).replace(/[\u2028\u2029]/g, lowerEscape),
  /** With JSON_UNESCAPED_SLASHES. */
  phpSlashes: escapedBy(/[\u0080-\uffff]/g),
  /** Go's `json.Marshal`. */
  go: escapedBy(/[<>&\u2028\u2029]/g),
  /** .NET's System.Text.Json; it spells quotes in the same way. */
  dotNet: (raw: string) =>
    shortest(raw)
      .replace(/\\"/g, '\\u0022')
      .replace(/[<>&'+`\u007f-\uffff]/g, upperEscape),
} as const;

/** How serializers write numbers. */
export const NUMBERS = {
  asIs,
  /** JavaScript has no number but a double. */
  double: (raw: string) => JSON.stringify(Number(raw)),
  /** PHP's: whole numbers keep their digits, and a fraction of zero is lost. */
  php: (raw: string) => (/^-?\d+$/.test(raw) ? raw : JSON.stringify(Number(raw))),
  /** A double of Python keeps its `.0`. */
  float: (raw: string) => {
    const value = Number(raw);
    if (!/[.e]/i.test(raw) || !Number.isFinite(value)) return raw;
    return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
  },
  /** `41.5` from a `41.50` that a reader took for a number. */
  twoDecimals: (raw: string) => (/^-?\d+\.\d$/.test(raw) ? `${raw}0` : raw),
} as const;
