import { distance } from 'fastest-levenshtein';
import { FIELDS } from '../contract/fields';
import { BUILT_IN_PLACEHOLDERS, checkPlaceholder, type PlaceholderValues } from '../document/placeholders';

/** The field that a misspelt name most likely means, of those that the request does not have yet. */
export function nearestField(name: string, present: ReadonlySet<string>): string | undefined {
  const plain = plainOf(name);
  if (plain === '' || plain.length > 40) return undefined;
  const [nearest] = FIELDS.filter((field) => !present.has(field.name))
    .map((field) => ({ name: field.name, far: distanceTo(field.name, plain) }))
    .sort((a, b) => a.far - b.far);
  return nearest && nearest.far <= 2 ? nearest.name : undefined;
}

function distanceTo(field: string, plain: string): number {
  const whole = plainOf(field);
  // `currency` for `currency_code`, `callback` for `callback_url`.
  return plain.length >= 4 && whole.startsWith(plain) ? 1 : distance(whole, plain);
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The placeholder that a misspelt one most likely means, its parameters kept. */
export function nearestPlaceholder(
  expression: string,
  variables: PlaceholderValues['variables'],
): string | undefined {
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
