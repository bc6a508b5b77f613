import type { Span } from '../document/positions';
import { afterHereMark, afterOption, isValueOption } from './commands';
import {
  ACCESSORS,
  ARGUMENT,
  BARE_TEXT,
  DECLARES,
  DEFINES_OPTION,
  DIGESTS,
  FAILS,
  FALLBACK,
  FIRST_OF,
  FORMAT,
  GIVES,
  LENGTH,
  LOOKS_UP,
  OTHER_MEMBER,
  RAISES,
  READS_ENV,
} from './idioms';
import type { KeyName, NamedPlace } from './keyNames';
import { isCertainlyKey, looksLikeKey } from './standIn';
import { beginsPair, isInList } from './pairs';
import { indentationAt, lineStartAt, quoteAt, quoteBefore, tokenAt, type Token } from './tokens';
import { bareAt, isValueLike, keyAt, keyInBlock, memberAt, unwrapped } from './values';

/** A key after its name, and whether nothing but the name and what leads to a value stands between. */
export interface Literal extends Span {
  readonly isCertain: boolean;
  /** Absent for an API key. */
  readonly isWebhookSecret?: true;
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
export class Reader {
  readonly #text: string;
  readonly #name: KeyName;
  readonly #to: number;
  /** The quote that the name stands in with other text: what comes after it is no text. */
  #enclosing = '';
  readonly #isQuoted: boolean;
  readonly #isExpansion: boolean;
  readonly #isOfMany: boolean;
  readonly #before: string;
  /** Whether texts are arguments of templates: `{{ key "…" }}`. */
  #isInTemplate = false;
  #beforeLast: Token | undefined;
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
    this.#before = text.slice(Math.max(0, name.offset - 120), name.offset);
    const closing = quoteAt(text, end);
    this.#isQuoted = closing !== '' && new RegExp(`["'\`;][^\\s"'\`]{0,80}$`).test(this.#before);
    if (this.#isQuoted) this.#at += closing.length;
    else this.#enclosing = closing === '' ? quoteBefore(text, name.offset) : closing;
    this.#isOfMany = FIRST_OF.test(this.#before);
    if (/\bdef\s(?:self\.)?$/.test(this.#before)) this.#linked('=');
    this.#isExpansion = name.isExpansion;
  }

  read(): Literal | undefined {
    if (this.#isExpansion && !this.#readDefault()) return undefined;
    for (;;) {
      const token = tokenAt(this.#text, this.#at, this.#to);
      if (!token) return undefined;
      const begin = this.#at;
      this.#at = token.end;
      const isCertain = this.#state === 'value' && this.#depth === 0;
      const next = this.#next(token, begin);
      if (next !== 'on') return next && { ...next, isCertain };
      this.#beforeLast = this.#last;
      this.#last = token;
    }
  }

  /** `${NAME:-…}`, `${NAME:…}`, `${NAME, …}`; false for `${NAME:?…}` and `${NAME:+…}`, which have no default. */
  #readDefault(): boolean {
    const next = this.#text.slice(this.#at, this.#at + 2);
    const [operator] = /^:?[-=]|^[:,]/.exec(next) ?? [];
    if (/^:?[?+]/.test(next)) return false;
    if (operator === undefined) return true;
    this.#at += operator.length;
    this.#linked(operator);
    return true;
  }

  /** What comes of a token: a key, nothing, or the next token. */
  #next(token: Token, begin: number): Span | 'on' | undefined {
    if (token.kind === 'line') return this.#line(token);
    if (token.kind === 'text') return this.#textToken(token);
    if (this.#state === 'value') {
      FORMAT.lastIndex = token.start;
      if (FORMAT.test(this.#text)) {
        this.#at = FORMAT.lastIndex;
        this.#enclosing = '';
        return 'on';
      }
      const bare = this.#text.startsWith('((', token.start - 2) ? undefined : this.#bare(token.start);
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
    if (this.#depth >= this.#lookup || this.#isOfOther()) return 'on';
    if (this.#state === 'name' && (this.#words > 0 || (this.#isClosed && !this.#isOfMany))) return undefined;
    const span = unwrapped(this.#text, token.span);
    const value = this.#text.slice(span.offset, span.offset + span.length);
    if (this.#state === 'value' && this.#link === ',' && isInList(this.#text, this.#name, token.end))
      return undefined;
    if (
      this.#state === 'expression' || this.#text.startsWith('[', this.#name.offset - 2)
        ? isCertainlyKey(value)
        : looksLikeKey(value)
    )
      return span;
    if (token.span.length > 0 && this.#state === 'value') this.#state = 'expression';
    return 'on';
  }

  /** Whether a text is that of another member, or what a template reads. */
  #isOfOther(): boolean {
    const [last, before] = [this.#last, this.#beforeLast];
    if (last?.kind === 'word')
      return this.#isInTemplate && !/^(?:default|or|coalesce|ternary|else|quote|print)$/.test(last.is);
    return (
      this.#depth > 0 &&
      (last?.is === ':' || last?.is === '=') &&
      (before?.kind === 'word' || before?.kind === 'text') &&
      OTHER_MEMBER.test(before.is)
    );
  }

  #line({ span }: Token): Span | 'on' | undefined {
    const start = lineStartAt(this.#text, this.#name.offset);
    const indentation = indentationAt(this.#text, start);
    // YAML has the list of a member as deep as the member, unless that is in an item itself.
    const isItem =
      this.#link === ':' && this.#text.startsWith('- ', this.#at) && this.#text[start + indentation] !== '-';
    const isDeeper = span.length > indentation || (isItem && span.length === indentation);
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
    if (this.#link === ',' && isInList(this.#text, this.#name, span.offset + span.length)) return undefined;
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
    if (
      FAILS.test(is) ||
      /^where$/i.test(is) ||
      (is === 'system' && this.#text[token.start - 1] === ':') ||
      (is === '&&' && this.#state !== 'name' && this.#depth === 0)
    )
      return undefined;
    if (/^[%$#]$/.test(is) && /[[({]/.test(this.#text.charAt(token.end))) return undefined;
    if (this.#state === 'value') {
      // `!vault`, `!Ref`: the value is elsewhere, or encrypted.
      if (is.startsWith('!') && !is.startsWith('!!') && is !== '!') return undefined;
      const next = quoteAt(this.#text, token.end);
      // A number is the whole value; prose goes on: `is missing in …`, `, then …`.
      if (/^[=:]$/.test(this.#link) && /^\d{1,9}$/.test(is)) return undefined;
      if (this.#link === 'is' && !/^(?:set|to|now|always|the)$/.test(is)) return undefined;
      if (
        this.#link === ',' &&
        /^[a-z]+$/.test(is) &&
        /^[ \t]["'`]/.test(this.#text.slice(token.end, token.end + 2))
      )
        return undefined;
      const isPrefix = next !== '' && is.length <= 2;
      const isMark = /^(?:[-+*>]+|&\w+|!!\w+|\*\*|new|await)$/.test(is);
      if (!isPrefix && !isMark) this.#state = 'expression';
      return 'on';
    }
    const isOption = /^-{1,2}[A-Za-z]/.test(is);
    if (isOption && this.#state === 'name' && isValueOption(is)) return this.#linked(' ');
    if (isOption && !isValueOption(is)) {
      this.#at = afterOption(this.#text, token.start) ?? token.end;
      return 'on';
    }
    if (this.#state === 'expression') return this.#isFallback(is);
    if (FALLBACK.test(is) || /^(?:->|to|is|As|password)$/.test(is)) return this.#linked(is);
    if (this.#words > 0 && /^(?:value|default)$/i.test(is)) return this.#linked(' ');
    if (!/\w/.test(is)) return 'on';
    const isFirst = this.#words++ === 0;
    if (this.#words > 6) return undefined;
    // The cells of Robot Framework are apart by two spaces.
    const isApart = token.start - begin >= (this.#isClosed ? 2 : 1);
    const isInner = /\w-$/.test(this.#before);
    if (!isFirst || !isApart || isInner || this.#enclosing !== '') return 'on';
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
        if (is === '(' && this.#state === 'expression' && READS_ENV.test(this.#last?.is ?? '')) {
          const first = tokenAt(this.#text, this.#at, this.#to);
          if (first?.kind === 'text') this.#at = first.end;
        }
        // A place in a list: `keys["…"]`.
        if (is === '[' && this.#state === 'expression' && /[\w)\]]/.test(this.#text.charAt(this.#at - 2)))
          this.#lookup = Math.min(this.#lookup, this.#depth);
        if (is === '{' && this.#text.charAt(this.#at) === '{' && this.#state === 'value')
          this.#isInTemplate = true;
        return this.#open(is);
      case ')':
      case ']':
      case '}':
        return this.#close();
      case ',':
        return this.#comma();
      case ';':
        return this.#afterProperty();
      case '=':
      case ':':
        if (this.#state !== 'name') return 'on';
        // `NAME is missing, trace=…` is another name's.
        if (is === ':' && this.#last?.is === '~default') return this.#linked(is);
        if (this.#words > 0 && (is === ':' || !/[\s\]]/.test(this.#text.charAt(this.#at - 2))))
          return undefined;
        return this.#linked(is);
      case '|':
        if (this.#text.charAt(this.#at) === '|') this.#at++;
        return this.#state === 'name' || this.#last?.is === '|' || this.#state === 'expression'
          ? this.#linked('|')
          : 'on';
      case '<': {
        const here = this.#state === 'expression' ? undefined : afterHereMark(this.#text, this.#at - 1);
        if (here !== undefined) {
          this.#at = here + indentationAt(this.#text, here);
          return this.#linked('=');
        }
        // A shell's own text for a command's input.
        if (this.#state !== 'name' || !this.#text.startsWith('<<', this.#at)) return 'on';
        this.#at += 2;
        return this.#linked('=');
      }
      case '>':
        return 'on';
      default:
        if (is === this.#enclosing) this.#enclosing = '';
        return 'on';
    }
  }

  /** `##vso[task.setvariable variable=ECCAEX_API_KEY;issecret=true]…`, and CSV: `eccaex_api_key;…`. */
  #afterProperty(): 'on' | undefined {
    const isRow =
      /(?:^|\n)$/.test(this.#before) &&
      /^[^\s;,"']{8,512}(?:\r?\n|$)/.test(this.#text.slice(this.#at, this.#at + 514));
    if (isRow && this.#state === 'name') return this.#linked(',');
    if (this.#state !== 'name' || !/##vso\[task\.\w{1,20} [^\]]{0,60}$/.test(this.#before)) return undefined;
    const close = this.#text.slice(this.#at, Math.min(this.#to, this.#at + 80)).indexOf(']');
    if (close < 0) return undefined;
    this.#at += close + 1;
    return this.#linked('=');
  }

  #open(is: string): Span | 'on' | undefined {
    LENGTH.lastIndex = this.#at - 1;
    if (this.#words > 0 && LENGTH.test(this.#text)) {
      this.#at = LENGTH.lastIndex;
      this.#depth--;
      return 'on';
    }
    if (is !== '{' && this.#state !== 'name') return 'on';
    if (is === '[') return 'on';
    ACCESSORS.lastIndex = this.#at - 1;
    if (is === '{' && ACCESSORS.test(this.#text)) {
      this.#at = ACCESSORS.lastIndex;
      this.#depth--;
      return 'on';
    }
    if (is === '(' && this.#words > 0 && !GIVES.test(this.#last?.is ?? '')) return undefined;
    // `Renamed X-Api-Key (4f1c09d)` says something of it.
    if (is === '(' && /\s/.test(this.#text.charAt(this.#at - 2)) && quoteAt(this.#text, this.#at) === '')
      return undefined;
    const inner = is === '{' ? keyInBlock(this.#text, this.#at, this.#to) : 'none';
    if (inner !== 'none') return inner;
    if (is === '{' && DECLARES.test(this.#before)) return undefined;
    if (this.#state === 'name') this.#linked(is);
    return 'on';
  }

  #close(): 'on' | undefined {
    if (this.#depth > 0) {
      if (--this.#depth < this.#lookup) this.#lookup = Infinity;
      if (this.#state === 'value') this.#state = this.#link === '[' ? 'name' : 'expression';
      return 'on';
    }
    if (this.#state !== 'name' || (!this.#isQuoted && ARGUMENT.test(this.#before))) return undefined;
    if (DIGESTS.test(this.#before)) return undefined;
    // `set env(ECCAEX_API_KEY) "…"`
    this.#isClosed = !/\benv\($/.test(this.#before);
    return 'on';
  }

  #comma(): Span | 'on' | undefined {
    if (this.#depth > 0) return 'on';
    if (this.#isOfMany && (this.#isClosed || !this.#isQuoted)) return this.#linked(',');
    if (RAISES.test(this.#before)) return undefined;
    if (DEFINES_OPTION.test(this.#before)) return this.#state === 'name' ? this.#linked(',') : 'on';
    if (this.#isClosed && /[\]}]/.test(this.#last?.is ?? '')) {
      // `EnvVars: []string{"ECCAEX_API_KEY"}, Value: "…"`
      const token = tokenAt(this.#text, this.#at, this.#to);
      const member = token && memberAt(this.#text, token, this.#to);
      if (member && isValueLike(member.name)) return keyAt(this.#text, member.at, this.#to);
    }
    if (this.#state !== 'name' || this.#isClosed || this.#words > 0) return undefined;
    return beginsPair(this.#text, this.#name, this.#isQuoted) ? this.#linked(',') : undefined;
  }
}
