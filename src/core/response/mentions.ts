import { fieldNamed, FIELDS } from '../contract/fields';
import { stepsOf } from '../document/pointer';
import { isObject, type JsonObject } from '../json';

/** A place in the request that an error names, and what it says of it. */
export interface Mention {
  /** Steps below the request: `["amount"]`. */
  readonly path: readonly string[];
  readonly text: string | undefined;
}

const PLACE_KEYS = ['pointer', 'path', 'field', 'property', 'loc', 'param', 'name'];
const TEXT_KEYS = ['message', 'msg', 'error', 'reason', 'detail', 'description', 'title'];
const CONTAINER_KEYS = [
  'errors',
  'fields',
  'violations',
  'details',
  'error',
  'invalid-params',
  'invalid_params',
];
const MOST = 100;
/** A path has no more steps, and its text no more characters, than any request has use for. */
const DEEPEST = 20;
const LONGEST = 1000;

/**
 * What `error.details` names. Its form is undocumented, so every common one is read: field → text or
 * list of texts; a list of `{field | path | pointer | property | loc, message}`; either below `errors`
 * or `fields`; a list of names. Names come as they are, as dotted paths or as JSON pointers.
 */
export function mentionsIn(details: unknown): Mention[] {
  return collect(details, 0).slice(0, MOST);
}

/** The fields of the contract that a message names as a word of its own. */
export function fieldsNamedIn(message: string): string[] {
  const words = new Set(message.slice(0, 2000).match(/[A-Za-z0-9_]+/g));
  return FIELDS.map(({ name }) => name).filter((name) => words.has(name));
}

function collect(value: unknown, depth: number): Mention[] {
  if (depth > 3) return [];
  if (Array.isArray(value)) return value.slice(0, MOST).flatMap((item: unknown) => ofItem(item, depth));
  if (!isObject(value)) return [];
  const item = ofPlacedObject(value);
  if (item) return [item];
  return Object.entries(value)
    .slice(0, MOST)
    .flatMap(([key, content]) => {
      if (isContainer(key, content)) return collect(content, depth + 1);
      const text = textIn(content);
      return text === undefined ? [] : [{ path: pathOf(key), text: text === '' ? undefined : text }];
    });
}

/** `{errors: […]}`, and `{anything: ["amount", "external_id"]}`: a list of the contract's own names. */
function isContainer(key: string, content: unknown): boolean {
  if (CONTAINER_KEYS.includes(key)) return typeof content === 'object';
  return (
    Array.isArray(content) &&
    content.length > 0 &&
    content.every((item) => typeof item === 'string' && fieldNamed(item))
  );
}

function ofItem(item: unknown, depth: number): Mention[] {
  if (typeof item === 'string')
    return looksLikeName(item) ? [{ path: pathOf(item), text: undefined }] : sentence(item);
  return collect(item, depth + 1);
}

/** `{field: "amount", message: "…"}`; a request field that happens to be called `name` or `path` is no such thing. */
function ofPlacedObject(value: JsonObject): Mention | undefined {
  for (const key of PLACE_KEYS) {
    const path = stepsIn(value[key]);
    if (path.length === 0) continue;
    const text = TEXT_KEYS.map((textKey) => textIn(value[textKey])).find(
      (found) => found !== undefined && found !== '',
    );
    if (text !== undefined || Object.keys(value).length === 1) return { path: withoutBody(path), text };
  }
  return undefined;
}

/** A path as a text, or as a list of steps. */
function stepsIn(place: unknown): string[] {
  if (typeof place === 'string') return pathOf(place);
  return Array.isArray(place) ? place.slice(0, DEEPEST).filter(isStep).map(String) : [];
}

function isStep(step: unknown): step is string | number {
  return typeof step === 'string' || typeof step === 'number';
}

function sentence(text: string): Mention[] {
  const short = text.slice(0, LONGEST);
  return fieldsNamedIn(short).map((field) => ({ path: [field], text: short }));
}

function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  if (Array.isArray(value)) {
    const texts = value
      .slice(0, MOST)
      .map(textIn)
      .filter((text) => text !== undefined);
    return texts.length > 0 ? texts.join(' ').slice(0, LONGEST) : undefined;
  }
  if (isObject(value)) return TEXT_KEYS.map((key) => textIn(value[key])).find((text) => text !== undefined);
  return undefined;
}

function looksLikeName(text: string): boolean {
  return text.length <= LONGEST && /^[#/]?[\w$~]+(?:[./[\]]+[\w$~]+)*\]?$/.test(text);
}

/** `/a/b`, `#/a/b`, `a.b`, `a[0].b`, `$.a` → steps. */
function pathOf(name: string): string[] {
  const text = name.slice(0, LONGEST);
  const steps = /^#?\//.test(text)
    ? stepsOf(text.replace(/^#/, ''))
    : text.split(/[.[\]]+/).filter((step) => step !== '' && step !== '$');
  return withoutBody(steps.slice(0, DEEPEST));
}

/** Some servers name the part of the HTTP request first: `["body", "amount"]`. */
function withoutBody(path: readonly string[]): string[] {
  return path.length > 1 && /^(body|data|request|json)$/.test(path[0] ?? '') ? path.slice(1) : [...path];
}
