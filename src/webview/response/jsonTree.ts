import { pointerOf } from '../../core/document/pointer';
import { parseJson } from '../../core/response/answer';
import { clipped } from '../shared/text';
import { endOfScalar, endOfString } from '../../core/response/jsonText';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** Room for one number of each node; it grows. */
class Column {
  #values = new Int32Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  at(place: number): number {
    return this.#values[place] ?? -1;
  }

  set(place: number, value: number): void {
    this.#values[place] = value;
  }

  get length(): number {
    return this.#length;
  }
}

/**
 * A JSON text as a tree of numbered nodes, in the order of the text, the root being 0. A node is a few numbers and
 * its text is read when it is shown: a text of 10 MB can have millions. Digits, repeated keys and the order of
 * keys are those of the text.
 */
export class JsonTree {
  /** Where a value begins. */
  readonly #start = new Column();
  /** Where its key begins; -1 where it has none. */
  readonly #key = new Column();
  readonly #parent = new Column();
  /** Its place among the children of its parent. */
  readonly #place = new Column();
  /** The first node after it and all that is in it. */
  readonly #next = new Column();
  readonly #children = new Column();
  readonly #depth = new Column();
  readonly #cut = new Map<number, ReturnType<typeof clipped>>();

  private constructor(readonly text: string) {
    this.#read();
  }

  /** `undefined` for what is no JSON, or is nested too deep. */
  static parse(text: string): JsonTree | undefined {
    return parseJson(text) === undefined ? undefined : new JsonTree(text);
  }

  get size(): number {
    return this.#start.length;
  }

  kind(node: number): JsonKind {
    switch (this.text[this.#start.at(node)]) {
      case '{':
        return 'object';
      case '[':
        return 'array';
      case '"':
        return 'string';
      case 't':
      case 'f':
        return 'boolean';
      case 'n':
        return 'null';
      default:
        return 'number';
    }
  }

  isContainer(node: number): boolean {
    const first = this.text[this.#start.at(node)];
    return first === '{' || first === '[';
  }

  /** -1 for the root. */
  parent(node: number): number {
    return this.#parent.at(node);
  }

  next(node: number): number {
    return this.#next.at(node);
  }

  /** How many values are directly in it. */
  children(node: number): number {
    return this.#children.at(node);
  }

  /** 0 for the root. */
  depth(node: number): number {
    return this.#depth.at(node);
  }

  place(node: number): number {
    return this.#place.at(node);
  }

  /** The name of a member, the place of an element, nothing for the root. */
  key(node: number): string | number | undefined {
    const start = this.#key.at(node);
    if (start >= 0) return decoded(this.text.slice(start, endOfString(this.text, start)));
    return this.parent(node) < 0 ? undefined : this.place(node);
  }

  /** A string without its quotation marks and escapes; a number, `true`, `false` or `null` as it is written. */
  scalar(node: number): string {
    const start = this.#start.at(node);
    if (this.text[start] === '"') return decoded(this.text.slice(start, endOfString(this.text, start)));
    return this.text.slice(start, endOfScalar(this.text, start));
  }

  /** The beginning of a scalar. That of a very long one is kept: to read it takes as long as it is, at each draw. */
  beginning(node: number, limit: number): ReturnType<typeof clipped> {
    const known = this.#cut.get(node);
    if (known) return known;
    const beginning = clipped(this.scalar(node), limit);
    if (beginning.left > 0) this.#cut.set(node, beginning);
    return beginning;
  }

  /** All of its text, as it was received. */
  source(node: number): string {
    const start = this.#start.at(node);
    if (!this.isContainer(node)) {
      const isString = this.text[start] === '"';
      return this.text.slice(start, isString ? endOfString(this.text, start) : endOfScalar(this.text, start));
    }
    let depth = 0;
    for (let place = start; place < this.text.length;) {
      const character = this.text[place];
      if (character === '"') {
        place = endOfString(this.text, place);
        continue;
      }
      if (character === '{' || character === '[') depth++;
      else if ((character === '}' || character === ']') && --depth === 0)
        return this.text.slice(start, place + 1);
      place++;
    }
    return this.text.slice(start);
  }

  /** RFC 6901. */
  pointer(node: number): string {
    const path: (string | number)[] = [];
    for (let at = node; at > 0; at = this.parent(at)) path.unshift(this.key(at) ?? '');
    return pointerOf(path);
  }

  /** The text is JSON: what is not expected cannot come. */
  #read(): void {
    const { text } = this;
    const open: number[] = [];
    let key = -1;
    for (let place = 0; place < text.length;) {
      const character = text.charCodeAt(place);
      if (character === OPEN_OBJECT || character === OPEN_ARRAY) {
        open.push(this.#add(place, key, open));
        key = -1;
        place++;
      } else if (character === CLOSE_OBJECT || character === CLOSE_ARRAY) {
        this.#next.set(open.pop() ?? 0, this.size);
        place++;
      } else if (character === QUOTE) {
        const end = endOfString(text, place);
        const parent = open.at(-1);
        if (key < 0 && parent !== undefined && text.charCodeAt(this.#start.at(parent)) === OPEN_OBJECT)
          key = place;
        else {
          this.#add(place, key, open);
          key = -1;
        }
        place = end;
      } else if (SKIPPED.has(character)) place++;
      else {
        this.#add(place, key, open);
        key = -1;
        place = endOfScalar(text, place);
      }
    }
  }

  #add(start: number, key: number, open: readonly number[]): number {
    const node = this.size;
    const parent = open.at(-1) ?? -1;
    const place = parent < 0 ? 0 : this.#children.at(parent);
    if (parent >= 0) this.#children.set(parent, place + 1);
    this.#start.push(start);
    this.#key.push(key);
    this.#parent.push(parent);
    this.#place.push(place);
    this.#next.push(node + 1);
    this.#children.push(0);
    this.#depth.push(open.length);
    return node;
  }
}

const [QUOTE, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x22, 0x7b, 0x7d, 0x5b, 0x5d];

/** White space, a byte order mark, commas and colons. */
const SKIPPED = new Set(Array.from(' \t\r\n\ufeff,:', (character) => character.charCodeAt(0)));

function decoded(literal: string): string {
  return JSON.parse(literal) as string;
}
