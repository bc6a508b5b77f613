import type { Span } from '../document/positions';
import { elementValue } from './elements';
import { itemValue } from './items';
import { isEncrypted, isLabel, keyNamesIn, type KeyName, type NamedPlace } from './keyNames';
import { namelessKeysIn } from './nameless';
import { isCertainlyKey, looksLikeKey } from './standIn';
import { indentationAt, lineStartAt, quoteAt, quoteBefore, tokenAt, type Token } from './tokens';
import { bareAt, keyInBlock, unwrapped } from './values';

/** How far from its name a value can stand, in characters. */
const REACH = 2_000;

/** What leads to another value where the first one is missing. */
const FALLBACK = /^(?:\|\||\?\?=?|\?:?|or|else|\/\/)$/;
/** Functions that give the first of their arguments that there is. */
const FIRST_OF = /(?:\bor|coalesce|default|fallback|first\w{0,20}|nvl|ifnull|either)\([^;,]{0,80}$/i;
/** Functions whose text says where something is: `credentials('…')`, `vault.read('…')`. */
const LOOKS_UP =
  /(?:credentials?|secrets?|vault|lookup|ref|param|parameter|decrypt|require|open|\w{0,20}file|path|(?:read|get|find|load|fetch|import|resolve)\w{0,30})$/i;
/** `%[str(…)]`, `str(…)`: a text without quotes. */
const BARE_TEXT = /(?:%\[)?str\((?=[^\s"'()]{8,512}\))/y;
/** `{ get; set; }`. */
const ACCESSORS = /\{\s{0,9}(?:(?:private |internal |protected )?(?:get|set|init);\s{0,9}){1,3}\}/y;

/** A key after its name, and whether nothing but the name and what leads to a value stands between. */
export interface Literal extends Span {
  readonly isCertain: boolean;
}

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
    if (span && !found.has(span.offset)) found.set(span.offset, span);
  }
  for (const span of namelessKeysIn(text))
    if (!found.has(span.offset)) found.set(span.offset, { ...span, isCertain: false });
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

const endOf = (name: KeyName | undefined) => (name ? name.offset + name.length : 0);

function valueOf(place: NamedPlace): Literal | undefined {
  if (isEncrypted(place) || isLabel(place)) return undefined;
  const element = elementValue(place);
  const item = element === 'none' ? itemValue(place) : element;
  if (item === 'none') return new Reader(place).read();
  return item && { ...item, isCertain: item.offset > place.name.offset };
}

/** What the reader knows of the place where it is. */
type State =
  /** After the name: nothing but its own quote, brackets, and words. */
  | 'name'
  /** After what leads to a value. */
  | 'value'
  /** In an expression that did not begin with a key: a call, or what has another value to fall back to. */
  | 'expression';

/** Reads forward from a name, token by token. */
class Reader {
  readonly #text: string;
  readonly #name: KeyName;
  readonly #to: number;
  /** The quote that the name stands in with other text: what comes after it is no text. */
  #enclosing = '';
  readonly #isQuoted: boolean;
  readonly #isExpansion: boolean;
  readonly #isOfMany: boolean;
  #at: number;
  #state: State = 'name';
  #depth = 0;
  #isClosed = false;
  #words = 0;
  #link = '';
  #last: Token | undefined;
  /** How deep the call is that looks something up, while it is read. */
  #lookup = Infinity;

  constructor({ text, name, to }: NamedPlace) {
    this.#text = text;
    this.#name = name;
    this.#to = to;
    const end = name.offset + name.length;
    this.#at = end;
    const closing = quoteAt(text, end);
    this.#isQuoted = closing !== '';
    if (this.#isQuoted) this.#at += closing.length;
    else this.#enclosing = quoteBefore(text, name.offset);
    this.#isOfMany = FIRST_OF.test(text.slice(Math.max(0, name.offset - 120), name.offset));
    this.#isExpansion = name.isExpansion;
  }

  read(): Literal | undefined {
    if (this.#isExpansion) this.#readDefault();
    for (;;) {
      const token = tokenAt(this.#text, this.#at, this.#to);
      if (!token) return undefined;
      const begin = this.#at;
      this.#at = token.end;
      const isCertain = this.#state === 'value' && this.#depth === 0;
      const next = this.#next(token, begin);
      if (next !== 'on') return next && { ...next, isCertain };
      this.#last = token;
    }
  }

  /** `${NAME:-…}`, `${NAME:…}`, ${NAME, …}`. */
  #readDefault(): void {
    const [operator] = /^:?[-=]|^[:,]/.exec(this.#text.slice(this.#at, this.#at + 2)) ?? [];
    if (operator === undefined) return;
    this.#at += operator.length;
    this.#state = 'value';
    this.#link = operator;
  }

  /** What comes of a token: a key, nothing, or the next token. */
  #next(token: Token, begin: number): Span | 'on' | undefined {
    if (token.kind === 'line') return this.#line(token);
    if (token.kind === 'text') return this.#textToken(token);
    if (this.#state === 'value') {
      const bare = this.#bare(token.start);
      if (bare) return bare;
    }
    return token.kind === 'word' ? this.#word(token, begin) : this.#mark(token);
  }

  #textToken(token: Token): Span | 'on' | undefined {
    if (this.#enclosing !== '' && quoteAt(this.#text, token.start) === this.#enclosing) {
      // The text that the name stands in ends here: `'X-Api-Key: ' + "…"`.
      this.#at = token.start + this.#enclosing.length;
      this.#enclosing = '';
      return this.#state === 'name' && this.#words > 0 ? undefined : 'on';
    }
    if (this.#depth >= this.#lookup) return 'on';
    if (this.#state === 'name' && (this.#words > 0 || this.#isClosed)) return undefined;
    const span = unwrapped(this.#text, token.span);
    const value = this.#text.slice(span.offset, span.offset + span.length);
    if (this.#state === 'value' && this.#link === ',' && this.#isInList(token.end)) return undefined;
    if (
      this.#state === 'expression' || this.#text.startsWith('[', this.#name.offset - 2)
        ? isCertainlyKey(value)
        : looksLikeKey(value)
    )
      return span;
    if (token.span.length > 0 && this.#state === 'value') this.#state = 'expression';
    return 'on';
  }

  /**
   * Whether the name and the text after it are two of the texts of a list, and no pair: `["X-Api-Key", "…", "…"]`. The
   * arguments of a command are a list of pairs.
   */
  #isInList(end: number): boolean {
    const { offset } = this.#name;
    const text = this.#text;
    if (text.startsWith('--', offset - 2)) return false;
    let depth = 0;
    for (let at = offset - 1; at >= 0 && offset - at < 300; at--) {
      const character = text.charAt(at);
      if (')]}'.includes(character)) depth++;
      else if ('([{'.includes(character) && --depth < 0) {
        const isPair = offset - at < 4 && /^,?\s{0,99}[\])}]/.test(text.slice(end, end + 101));
        return character === '[' && !isPair;
      }
    }
    return false;
  }

  #line({ span }: Token): Span | 'on' | undefined {
    const indentation = indentationAt(this.#text, lineStartAt(this.#text, this.#name.offset));
    const isDeeper = span.length > indentation;
    if (this.#depth > 0 || (this.#state === 'value' && this.#link === ',')) return 'on';
    const next = tokenAt(this.#text, this.#at, this.#to);
    const goesOn = next !== undefined && /^(?:\|\||\?\?|\?|\.|\+|\|>|or$|else$|&&)/.test(next.is);
    const hangs = this.#last !== undefined && /^(?:\|\||\?\?|\?|\+|or|else|\||:|=)$/.test(this.#last.is);
    if (this.#state === 'name') return goesOn ? 'on' : undefined;
    if (this.#state === 'value') {
      if (FALLBACK.test(this.#link)) return 'on';
      if (!isDeeper) return undefined;
      const inner = keyInBlock(this.#text, this.#at, this.#to, indentation);
      return inner === 'none' ? 'on' : inner;
    }
    return goesOn || (hangs && isDeeper) ? 'on' : undefined;
  }

  #bare(start: number): Span | undefined {
    const span = bareAt(this.#text, start, this.#to);
    if (!span) return undefined;
    const value = this.#text.slice(span.offset, span.offset + span.length);
    return (this.#isCode(span) ? isCertainlyKey(value) : looksLikeKey(value)) ? span : undefined;
  }

  /** Whether a value without quotes may be the name of a variable: `const KEY = apiKey2024;`, `{ KEY: apiKey2024 }`. */
  #isCode({ offset, length }: Span): boolean {
    if (this.#link === ',' || this.#link === '|' || this.#link === ' ') return true;
    if (this.#isExpansion) return false;
    if (this.#isQuoted || this.#isClosed || this.#depth > 0) return true;
    if (!this.#name.isIdentifier) return false;
    const end = this.#name.offset + this.#name.length;
    return /[ \t]=/.test(this.#text.slice(end, end + 2)) || /[,;)}]/.test(this.#text.charAt(offset + length));
  }

  #word(token: Token, begin: number): Span | 'on' | undefined {
    const { is } = token;
    BARE_TEXT.lastIndex = token.start;
    const [opening] = BARE_TEXT.exec(this.#text) ?? [];
    if (opening !== undefined) {
      const bare = bareAt(this.#text, token.start + opening.length, this.#to);
      return bare && isCertainlyKey(this.#text.slice(bare.offset, bare.offset + bare.length))
        ? bare
        : undefined;
    }
    if (/^[%$#]$/.test(is) && /[[({]/.test(this.#text.charAt(token.end))) return undefined;
    if (this.#state === 'value') {
      // `!vault`, `!Ref`: the value is elsewhere, or encrypted.
      if (is.startsWith('!') && !is.startsWith('!!') && is !== '!') return undefined;
      const next = quoteAt(this.#text, token.end);
      const isPrefix = next !== '' && is.length <= 2;
      const isMark = /^(?:[-+*>]+|&\w+|!!\w+|\*\*|new|await)$/.test(is);
      if (!isPrefix && !isMark) this.#state = 'expression';
      return 'on';
    }
    if (this.#state === 'expression') return this.#isFallback(is);
    if (FALLBACK.test(is) || /^(?:->|to|is|As)$/.test(is)) return this.#linked(is);
    if (/^-{1,2}[A-Za-z]/.test(is)) return this.#linked(' ');
    if (!/\w/.test(is)) return 'on';
    const isFirst = this.#words++ === 0;
    if (this.#words > 6) return undefined;
    // The cells of Robot Framework are apart by two spaces.
    const isApart = token.start - begin >= (this.#isClosed ? 2 : 1);
    if (!isFirst || !isApart || this.#enclosing !== '') return 'on';
    const bare = bareAt(this.#text, token.start, this.#to);
    const value = bare && this.#text.slice(bare.offset, bare.offset + bare.length);
    return value !== undefined && isCertainlyKey(value) ? bare : 'on';
  }

  #isFallback(is: string): 'on' {
    if (FALLBACK.test(is) && this.#depth === 0) this.#linked(is);
    return 'on';
  }

  #linked(link: string): 'on' {
    this.#state = 'value';
    this.#link = link;
    return 'on';
  }

  #mark({ is }: Token): Span | 'on' | undefined {
    switch (is) {
      case '(':
      case '[':
      case '{':
        this.#depth++;
        if (
          is === '(' &&
          this.#last?.kind === 'word' &&
          this.#state === 'expression' &&
          LOOKS_UP.test(this.#last.is) &&
          // Terraform's `lookup` has a map before what it falls back to.
          (this.#last.is !== 'lookup' || quoteAt(this.#text, this.#at) !== '')
        )
          this.#lookup = Math.min(this.#lookup, this.#depth);
        return this.#open(is);
      case ')':
      case ']':
      case '}':
        return this.#close();
      case ',':
        return this.#comma();
      case ';':
        return undefined;
      case '=':
      case ':':
        if (this.#state !== 'name') return 'on';
        // `NAME is missing, trace=…` is another name's.
        if (this.#words > 0 && (is === ':' || !/\s/.test(this.#text.charAt(this.#at - 2)))) return undefined;
        return this.#linked(is);
      case '|':
        if (this.#text.charAt(this.#at) === '|') this.#at++;
        return this.#state === 'name' || this.#last?.is === '|' || this.#state === 'expression'
          ? this.#linked('|')
          : 'on';
      case '<':
        // A shell's own text for a command's input.
        if (this.#state !== 'name' || !this.#text.startsWith('<<', this.#at)) return 'on';
        this.#at += 2;
        return this.#linked('=');
      case '>':
        return 'on';
      default:
        if (is === this.#enclosing) this.#enclosing = '';
        return 'on';
    }
  }

  #open(is: string): Span | 'on' | undefined {
    if (is !== '{' && this.#state !== 'name') return 'on';
    if (is === '[') return 'on';
    ACCESSORS.lastIndex = this.#at - 1;
    if (is === '{' && ACCESSORS.test(this.#text)) {
      this.#at = ACCESSORS.lastIndex;
      this.#depth--;
      return 'on';
    }
    if (is === '(' && this.#words > 0 && this.#last?.is.startsWith('.') !== true) return undefined;
    const inner = is === '{' ? keyInBlock(this.#text, this.#at, this.#to) : 'none';
    if (inner !== 'none') return inner;
    if (this.#state === 'name') this.#linked(is);
    return 'on';
  }

  #close(): 'on' | undefined {
    if (this.#depth > 0) {
      if (--this.#depth < this.#lookup) this.#lookup = Infinity;
      if (this.#state === 'value') this.#state = this.#link === '[' ? 'name' : 'expression';
      return 'on';
    }
    if (this.#state !== 'name') return undefined;
    this.#isClosed = true;
    return 'on';
  }

  #comma(): 'on' | undefined {
    if (this.#depth > 0) return 'on';
    if (this.#isOfMany && (this.#isClosed || !this.#isQuoted)) return this.#linked(',');
    if (this.#state !== 'name' || this.#isClosed || this.#words > 0) return undefined;
    return this.#beginsPair() ? this.#linked(',') : undefined;
  }

  /** Whether the name is the first of two arguments or cells, and not the value of a member. */
  #beginsPair(): boolean {
    const { offset } = this.#name;
    const before = this.#text.slice(Math.max(0, offset - 20), offset);
    if (!this.#isQuoted) return /(?:^|[\r\n]|[\s,(]:)$/.test(before);
    return !/[^:]:\s{0,9}$|[^=]=\s{0,9}$/.test(
      before.slice(0, before.length - quoteBefore(this.#text, offset).length),
    );
  }
}
