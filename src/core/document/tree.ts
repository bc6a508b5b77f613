import {
  visit,
  type JSONVisitor,
  type Node,
  type NodeType,
  type ParseError,
  type ParseErrorCode,
} from 'jsonc-parser';
import type { Span } from './positions';

/** What a text holds, comments and commas included. */
export interface Tree {
  /** As jsonc-parser's `parseTree` gives it. Absent where the text is empty or nested too deep. */
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
  readonly comments: readonly Span[];
  readonly trailingCommas: readonly Span[];
  readonly tooDeepAt: Span | undefined;
}

/** Deeper nesting than any request has, and well below what a recursive parser can take. */
const DEEPEST = 128;

/** A node whose end is not read yet. */
type Open = { -readonly [Key in keyof Node]: Node[Key] } & { children: Node[] };

/** Ends the reading of a text: a parser that calls back goes on otherwise. */
class TooDeep extends Error {}

/** Reads a text once, for all that is asked of it later. Never throws. `depth`: how deep in another one it stands. */
export function readTree(text: string, depth = 0): Tree {
  const reader = new TreeReader(depth);
  try {
    visit(text, reader, { allowTrailingComma: true });
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  const { errors, comments, trailingCommas, tooDeepAt } = reader;
  return { root: tooDeepAt ? undefined : reader.root, errors, comments, trailingCommas, tooDeepAt };
}

class TreeReader implements JSONVisitor {
  readonly errors: ParseError[] = [];
  readonly comments: Span[] = [];
  readonly trailingCommas: Span[] = [];
  tooDeepAt: Span | undefined;
  readonly #above: Open = { type: 'array', offset: -1, length: -1, children: [] };
  /** The object, array or property that is open. */
  #holder = this.#above;
  #depth: number;
  /** A comma that nothing has come after. */
  #comma: Span | undefined;

  constructor(depth: number) {
    this.#depth = depth;
  }

  get root(): Node | undefined {
    const root = this.#above.children[0] as Open | undefined;
    if (root) delete root.parent;
    return root;
  }

  readonly onObjectBegin = (offset: number, length: number) => this.#open('object', offset, length);

  readonly onArrayBegin = (offset: number, length: number) => this.#open('array', offset, length);

  readonly onObjectProperty = (name: string, offset: number, length: number) => {
    const property: Open = { type: 'property', offset, length: -1, parent: this.#holder, children: [] };
    property.children = [{ type: 'string', value: name, offset, length, parent: property }];
    this.#add(property);
    this.#holder = property;
  };

  readonly onLiteralValue = (value: unknown, offset: number, length: number) => {
    const type = value === null ? 'null' : (typeof value as NodeType);
    this.#add({ type, value, offset, length, parent: this.#holder });
    this.#closeProperty(offset + length);
  };

  readonly onObjectEnd = (offset: number, length: number) => {
    // The last one may have no value.
    this.#closeProperty(offset + length);
    this.#close(offset + length);
  };

  readonly onArrayEnd = (offset: number, length: number) => this.#close(offset + length);

  readonly onSeparator = (separator: string, offset: number, length: number) => {
    if (separator === ',') {
      this.#closeProperty(offset);
      this.#comma = { offset, length };
    }
  };

  readonly onComment = (offset: number, length: number) => void this.comments.push({ offset, length });

  readonly onError = (error: ParseErrorCode, offset: number, length: number) => {
    // What is wrong stands after the comma.
    this.#comma = undefined;
    this.errors.push({ error, offset, length });
  };

  #open(type: 'object' | 'array', offset: number, length: number): void {
    if (++this.#depth > DEEPEST) {
      this.tooDeepAt = { offset, length };
      throw new TooDeep();
    }
    const node: Open = { type, offset, length: -1, parent: this.#holder, children: [] };
    this.#add(node);
    this.#holder = node;
  }

  #add(node: Node): void {
    this.#comma = undefined;
    const { type, children } = this.#holder;
    const key = type === 'property' ? children[0] : undefined;
    if (key) this.#holder.children = [key, node];
    else children.push(node);
  }

  #close(end: number): void {
    if (this.#comma) this.trailingCommas.push(this.#comma);
    this.#comma = undefined;
    this.#depth--;
    // One that has grown has room for more, and most of the memory of a tree would be that.
    this.#holder.children = this.#holder.children.slice();
    this.#leave(end);
    this.#closeProperty(end);
  }

  #closeProperty(end: number): void {
    if (this.#holder.type === 'property') this.#leave(end);
  }

  #leave(end: number): void {
    const { offset, parent } = this.#holder;
    this.#holder.length = end - offset;
    this.#holder = (parent as Open | undefined) ?? this.#above;
  }
}
