import { distance } from 'fastest-levenshtein';
import { FIELDS, type Field } from '../contract/fields';
import { asRead } from '../document/lookAlikes';
import { BUILT_IN_PLACEHOLDERS, checkPlaceholder, type PlaceholderValues } from '../document/placeholders';
import { oursFor } from './foreignPlaceholders';

export interface Meant {
  readonly name: Field['name'];
  /** Whether it can be nothing else: a field in other letters, or a misspelled one that the API requires and misses. */
  readonly isCertain: boolean;
}

/**
 * The documented field that a name means which is none. One in other letters (`Amount`, `customerId`, a Cyrillic `а`)
 * means that field, whether the request has it or not: a server may read either. Of misspelled ones, the nearest that
 * the request does not have.
 */
export function fieldMeant(name: string, present: ReadonlySet<string>): Meant | undefined {
  if (name.length > LONGEST) return undefined;
  const plain = plainOf(asRead(name));
  if (plain === '') return undefined;
  const [nearest] = FIELDS.map((field) => ({ field, ...nearness(plainOf(field.name), plain) }))
    .filter(({ field, far }) => far === 0 || !present.has(field.name))
    .sort((a, b) => a.far - b.far);
  if (!nearest || nearest.far > 2) return undefined;
  const { field, far, isBeginning } = nearest;
  const isCertain =
    far === 0 || field.required === 'yes' || (field.required === 'default-in-settings' && !isBeginning);
  return { name: field.name, isCertain };
}

/** Longer than any name of a field, with what may stand around it by mistake. */
const LONGEST = 40;

/** `isBeginning`: `currency` for `currency_code`, `callback` for `callback_url`. */
function nearness(whole: string, plain: string): { far: number; isBeginning: boolean } {
  const isBeginning = plain.length >= 4 && plain.length < whole.length && whole.startsWith(plain);
  return { far: isBeginning ? 1 : distance(whole, plain), isBeginning };
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The placeholder that an unknown one most likely means: what another tool calls so, or a misspelled one. */
export function nearestPlaceholder(
  expression: string,
  variables: PlaceholderValues['variables'],
): string | undefined {
  return oursFor(expression, variables) ?? misspelled(expression, variables);
}

/** Its parameters are kept. */
function misspelled(expression: string, variables: PlaceholderValues['variables']): string | undefined {
  const [name = '', ...parameters] = expression.split(/\s+/);
  if (name.length > 40) return undefined;
  const [nearest] = [...Object.keys(BUILT_IN_PLACEHOLDERS), ...Object.keys(variables)]
    .map((known) => ({ known, far: distance(withoutDollar(known), withoutDollar(name)) }))
    .sort((a, b) => a.far - b.far);
  // Of a short name, two letters are too much to guess.
  if (!nearest || nearest.far > Math.min(2, withoutDollar(name).length / 2)) return undefined;
  const corrected = [nearest.known, ...parameters].join(' ');
  return checkPlaceholder(corrected, variables) === 'ok' ? corrected : undefined;
}

function withoutDollar(name: string): string {
  return name.toLowerCase().replace(/^\$/, '');
}
