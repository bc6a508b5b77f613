import type { Span } from '../document/positions';
import { afterHereMark, afterOption, isValueOption } from './commands';
import {
  ACCESSORS,
  BARE_TEXT,
  FAILS,
  FALLBACK,
  FORMAT,
  GIVES,
  LENGTH,
  LOOKS_UP,
  OTHER_MEMBER,
  READS_VARIABLE,
} from './idioms';
import type { KeyName, NamedPlace } from './keyNames';
import { NameSite } from './nameSite';
import { indentationAt, quoteAt, tokenAt, type Token } from './tokens';
import { bareAt, isValueLike, keyAt, keyIn, keyInBlock, memberAt, unwrapped } from './values';

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
  readonly #site: NameSite;
  /** The quote that the name stands in with other text, until that is closed. */
  #enclosing: string;
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

  constructor(place: NamedPlace) {
    this.#text = place.text;
    this.#name = place.name;
    this.#to = place.to;
    this.#site = new NameSite(place);
    this.#at = this.#site.end;
    this.#enclosing = this.#site.enclosing;
    if (this.#site.isMethod) this.#linked('=');
  }

  read(): Literal | undefined {
    if (this.#name.isExpansion && !this.#readDefault()) return undefined;
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
      if (this.#skips(FORMAT, token.start)) {
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
    if (this.#state === 'name' && (this.#words > 0 || (this.#isClosed && !this.#site.isOfMany)))
      return undefined;
    if (this.#state === 'value' && this.#link === ',' && this.#site.isListed(token.end)) return undefined;
    const mustBeCertain = this.#state === 'expression' || this.#site.isIndex;
    const key = keyIn(this.#text, unwrapped(this.#text, token.span), mustBeCertain);
    if (key) return key;
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
    if (this.#depth > 0 || (this.#state === 'value' && this.#link === ',')) return 'on';
    const { indentation, isInItem } = this.#site;
    // YAML has the list of a member as deep as the member, unless that is in an item itself.
    const isItem = this.#link === ':' && this.#text.startsWith('- ', this.#at) && !isInItem;
    const isDeeper = span.length > indentation || (isItem && span.length === indentation);
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
    if (!span || (this.#link === ',' && this.#site.isListed(span.offset + span.length))) return undefined;
    return keyIn(this.#text, span, this.#mayBeVariable(span));
  }

  /** Whether a value without quotes may be the name of a variable: `const KEY = apiKey2024;`, `{ KEY: apiKey2024 }`. */
  #mayBeVariable(span: Span): boolean {
    if (this.#link === ',' || this.#link === '|' || this.#link === ' ') return true;
    if (this.#name.isExpansion) return false;
    return this.#site.isQuoted || this.#isClosed || this.#depth > 0 || this.#site.mayGetVariable(span);
  }

  #word(token: Token, begin: number): Span | 'on' | undefined {
    const { is } = token;
    BARE_TEXT.lastIndex = token.start;
    const [opening] = BARE_TEXT.exec(this.#text) ?? [];
    if (opening !== undefined)
      return keyIn(this.#text, bareAt(this.#text, token.start + opening.length, this.#to), true);
    if (
      FAILS.test(is) ||
      /^where$/i.test(is) ||
      (is === 'system' && this.#text[token.start - 1] === ':') ||
      (is === '&&' && this.#state !== 'name' && this.#depth === 0)
    )
      return undefined;
    // `${{ secrets.NAME || '…' }}`
    if (is === '$' && this.#text.startsWith('{{ ', token.end)) return 'on';
    if (/^[%$#]$/.test(is) && /[[({]/.test(this.#text.charAt(token.end))) return undefined;
    return this.#state === 'value' ? this.#wordOfValue(token) : this.#wordOfName(token, begin);
  }

  #wordOfValue({ is, end }: Token): 'on' | undefined {
    // `!vault`, `!Ref`: the value is elsewhere, or encrypted.
    if (is.startsWith('!') && !is.startsWith('!!') && is !== '!') return undefined;
    // A number is the whole value; prose goes on: `is missing in …`, `, then …`.
    if (/^[=:]$/.test(this.#link) && /^\d{1,9}$/.test(is)) return undefined;
    if (this.#link === 'is' && !/^(?:set|to|now|always|the)$/.test(is)) return undefined;
    if (this.#link === ',' && /^[a-z]+$/.test(is) && /^[ \t]["'`]/.test(this.#text.slice(end, end + 2)))
      return undefined;
    const isPrefix = is.length <= 2 && quoteAt(this.#text, end) !== '';
    const isMark = /^(?:[-+*>]+|&\w+|!!\w+|\*\*|new|await)$/.test(is);
    if (!isPrefix && !isMark) this.#state = 'expression';
    return 'on';
  }

  /** Before what leads to a value, or behind a value that is none. */
  #wordOfName({ is, start, end }: Token, begin: number): Span | 'on' | undefined {
    const isOption = /^-{1,2}[A-Za-z]/.test(is);
    if (isOption && this.#state === 'name' && isValueOption(is)) return this.#linked(' ');
    if (isOption && !isValueOption(is)) {
      this.#at = afterOption(this.#text, start) ?? end;
      return 'on';
    }
    if (this.#state === 'expression') return FALLBACK.test(is) && this.#depth === 0 ? this.#linked(is) : 'on';
    if (FALLBACK.test(is) || /^(?:->|to|is|As|password)$/.test(is)) return this.#linked(is);
    if (this.#words > 0 && /^(?:value|default)$/i.test(is)) return this.#linked(' ');
    if (!/\w/.test(is)) return 'on';
    const isFirst = this.#words++ === 0;
    if (this.#words > 6) return undefined;
    // The cells of Robot Framework are apart by two spaces.
    const isApart = start - begin >= (this.#isClosed ? 2 : 1);
    if (!isFirst || !isApart || this.#site.isPartOfWord || this.#enclosing !== '') return 'on';
    return keyIn(this.#text, bareAt(this.#text, start, this.#to), true) ?? 'on';
  }

  /** Goes on after what a pattern has at a place. */
  #skips(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
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
        if (is === '{' && this.#text.charAt(this.#at) === '{' && this.#state === 'value')
          this.#isInTemplate = true;
        return is !== '{' && this.#state === 'expression' ? this.#openInExpression(is) : this.#open(is);
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
        return this.#state !== 'value' || this.#last?.is === '|' ? this.#linked('|') : 'on';
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
      default:
        if (is === this.#enclosing) this.#enclosing = '';
        return 'on';
    }
  }

  /** `##vso[task.setvariable variable=ECCAEX_API_KEY;issecret=true]…`, and CSV: `eccaex_api_key;…`. */
  #afterProperty(): 'on' | undefined {
    if (this.#state !== 'name') return undefined;
    const rest = this.#text.slice(this.#at, this.#at + 514);
    if (this.#site.beginsLine && /^[^\s;,"']{8,512}(?:\r?\n|$)/.test(rest)) return this.#linked(',');
    const close = this.#site.isOfPipeline ? rest.indexOf(']') : -1;
    if (close < 0) return undefined;
    this.#at += close + 1;
    return this.#linked('=');
  }

  #openInExpression(is: string): 'on' {
    const last = this.#last?.kind === 'word' ? this.#last.is : '';
    const called = is === '(' ? tokenAt(this.#text, this.#at, this.#to) : undefined;
    const variable = called?.kind === 'text' && READS_VARIABLE.test(last) ? called : undefined;
    const hasDefault = variable && /^\s{0,9},/.test(this.#text.slice(variable.end, variable.end + 10));
    // Terraform's `lookup` has a map before what it falls back to.
    const isLookup =
      is === '(' &&
      !hasDefault &&
      LOOKS_UP.test(last) &&
      (last !== 'lookup' || quoteAt(this.#text, this.#at) !== '');
    const isIndex = is === '[' && /[\w)\]]/.test(this.#text.charAt(this.#at - 2));
    if (isLookup || isIndex) this.#lookup = Math.min(this.#lookup, this.#depth);
    if (variable) this.#at = variable.end;
    return 'on';
  }

  #open(is: string): Span | 'on' | undefined {
    if (this.#words > 0 && this.#skips(LENGTH, this.#at - 1)) {
      this.#depth--;
      return 'on';
    }
    if (is === '[' || (is === '(' && this.#state !== 'name')) return 'on';
    if (is === '{' && this.#skips(ACCESSORS, this.#at - 1)) {
      this.#depth--;
      return 'on';
    }
    if (is === '(' && this.#words > 0 && !GIVES.test(this.#last?.is ?? '')) return undefined;
    // `Renamed X-Api-Key (4f1c09d)` says something of it.
    if (is === '(' && /\s/.test(this.#text.charAt(this.#at - 2)) && quoteAt(this.#text, this.#at) === '')
      return undefined;
    const inner = is === '{' ? keyInBlock(this.#text, this.#at, this.#to) : 'none';
    if (inner !== 'none') return inner;
    if (is === '{' && this.#site.isType) return undefined;
    if (this.#state === 'name') this.#linked(is);
    return 'on';
  }

  #close(): 'on' | undefined {
    if (this.#depth > 0) {
      if (--this.#depth < this.#lookup) this.#lookup = Infinity;
      if (this.#state === 'value') this.#state = this.#link === '[' ? 'name' : 'expression';
      return 'on';
    }
    if (this.#state !== 'name' || this.#site.isConsumed) return undefined;
    this.#isClosed = !this.#site.isInEnv;
    return 'on';
  }

  #comma(): Span | 'on' | undefined {
    if (this.#depth > 0) return 'on';
    if (this.#site.isOfMany && (this.#isClosed || !this.#site.isQuoted)) return this.#linked(',');
    if (this.#site.isRaised) return undefined;
    if (this.#site.definesOption) return this.#state === 'name' ? this.#linked(',') : 'on';
    if (this.#isClosed && /[\]}]/.test(this.#last?.is ?? '')) {
      // `EnvVars: []string{"ECCAEX_API_KEY"}, Value: "…"`
      const token = tokenAt(this.#text, this.#at, this.#to);
      const member = token && memberAt(this.#text, token, this.#to);
      if (member && isValueLike(member.name)) return keyAt(this.#text, member.at, this.#to);
    }
    if (this.#state !== 'name' || this.#isClosed || this.#words > 0) return undefined;
    return this.#site.beginsPair ? this.#linked(',') : undefined;
  }
}
