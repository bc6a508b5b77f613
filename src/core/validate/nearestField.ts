import { distance } from 'fastest-levenshtein';
import { FIELDS } from '../contract/fields';

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
