import type { Span } from '../document/positions';
import { ARGUMENT, DECLARES, DEFINES, DEFINES_OPTION, DIGESTS, FIRST_OF, RAISES } from './idioms';
import type { NamedPlace } from './keyNames';
import { indentationAt, lineStartAt, quoteAt, quoteBefore } from './tokens';

/** How much before a name tells what it is there, in characters. */
const REACH = 120;

/** A list that is called something else than headers: `redact: ["X-Api-Key", "…"]`. */
const OTHER_LIST = /(?<!headers?)["']?\s{0,9}[:=]\s{0,9}$/i;

/** Where a name stands, as far as that decides which value can be its own. */
export class NameSite {
  readonly #before: string;
  /** Whether the name alone is in quotes. */
  readonly isQuoted: boolean;
  /** The quote that the name stands in with other text: what comes after it is no text. Empty for none. */
  readonly enclosing: string = '';
  /** Where what follows the name begins, after the quote that closes it. */
  readonly end: number;

  constructor(private readonly place: NamedPlace) {
    const { text, name } = place;
    const end = name.offset + name.length;
    this.#before = text.slice(Math.max(0, name.offset - REACH), name.offset);
    const closing = quoteAt(text, end);
    this.isQuoted = closing !== '' && /["'`;][^\s"'`]{0,80}$/.test(this.#before);
    if (!this.isQuoted) this.enclosing = closing === '' ? quoteBefore(text, name.offset) : closing;
    this.end = this.isQuoted ? end + closing.length : end;
  }

  /** Whether the value of a method is its body: `def eccaex_api_key`. */
  get isMethod(): boolean {
    return /\bdef\s(?:self\.)?$/.test(this.#before);
  }

  /** Whether it is an argument of what gives the first of its arguments that there is. */
  get isOfMany(): boolean {
    return FIRST_OF.test(this.#before);
  }

  /** Whether what follows its call is about what the call gives, and not about the key. */
  get isConsumed(): boolean {
    return (!this.isQuoted && ARGUMENT.test(this.#before)) || DIGESTS.test(this.#before);
  }

  get isRaised(): boolean {
    return RAISES.test(this.#before);
  }

  get definesOption(): boolean {
    return DEFINES_OPTION.test(this.#before);
  }

  get isType(): boolean {
    return DECLARES.test(this.#before);
  }

  /** `set env(ECCAEX_API_KEY) "…"` */
  get isInEnv(): boolean {
    return /\benv\($/.test(this.#before);
  }

  /** Whether it goes on a word: `agent-x-api-key`. */
  get isPartOfWord(): boolean {
    return /\w-$/.test(this.#before);
  }

  get beginsLine(): boolean {
    return /(?:^|\n)$/.test(this.#before);
  }

  /** `##vso[task.setvariable variable=ECCAEX_API_KEY` */
  get isOfPipeline(): boolean {
    return /##vso\[task\.\w{1,20} [^\]]{0,60}$/.test(this.#before);
  }

  /** Whether a place in a list or a map is given by it: `["X-Api-Key"]`. */
  get isIndex(): boolean {
    return this.place.text.startsWith('[', this.place.name.offset - 2);
  }

  /** How deep its line is. */
  get indentation(): number {
    const { text, name } = this.place;
    return indentationAt(text, lineStartAt(text, name.offset));
  }

  get isInItem(): boolean {
    const { text, name } = this.place;
    const start = lineStartAt(text, name.offset);
    return text[start + indentationAt(text, start)] === '-';
  }

  /** Whether it is that of a variable which may get the value of another one: `const KEY = `, or what a mark ends. */
  mayGetVariable({ offset, length }: Span): boolean {
    const { text, name } = this.place;
    if (!name.isIdentifier) return false;
    const end = name.offset + name.length;
    return /[ \t]=/.test(text.slice(end, end + 2)) || /[,;)}]/.test(text.charAt(offset + length));
  }

  /** Whether it is the first of two arguments or cells, and not the value of a member. */
  get beginsPair(): boolean {
    const before = this.#before;
    if (!this.isQuoted) return /(?:^|[\r\n]|[\s,(]:)$/.test(before) || DEFINES.test(before);
    const quote = quoteBefore(this.place.text, this.place.name.offset);
    return !/[^:]:\s{0,9}$|[^=]=\s{0,9}$/.test(before.slice(0, before.length - quote.length));
  }

  /**
   * Whether it and the text after it, which has this end, are two of the texts of a list, and no pair: `["X-Api-Key",
   * "…", "…"]`. The arguments of a command are a list of pairs.
   */
  isListed(end: number): boolean {
    const { text, name } = this.place;
    const { offset } = name;
    if (text.startsWith('--', offset - 2)) return false;
    let depth = 0;
    for (let at = offset - 1; at >= 0 && offset - at < 300; at--) {
      const character = text.charAt(at);
      if (')]}'.includes(character)) depth++;
      else if ('([{'.includes(character) && --depth < 0) {
        const isPair = offset - at < 4 && /^,?\s{0,99}[\])}]/.test(text.slice(end, end + 101));
        return character === '[' && (!isPair || OTHER_LIST.test(text.slice(Math.max(0, at - 30), at)));
      }
    }
    return false;
  }
}
