import { distance } from 'fastest-levenshtein';
import { BUILT_IN_PLACEHOLDERS } from '../document/builtInPlaceholders';
import { checkPlaceholder, type PlaceholderValues } from '../document/placeholders';

/** The placeholder that a misspelt one most likely means, its parameters kept. */
export function nearestPlaceholder(
  expression: string,
  variables: PlaceholderValues['variables'],
): string | undefined {
  const [name = '', ...parameters] = expression.split(/\s+/);
  if (name.length > 40) return undefined;
  const [nearest] = [...Object.keys(BUILT_IN_PLACEHOLDERS), ...Object.keys(variables)]
    .map((known) => ({ known, far: distance(plainOf(known), plainOf(name)) }))
    .sort((a, b) => a.far - b.far);
  // Of a short name, two letters are too much to guess.
  if (!nearest || nearest.far > Math.min(2, plainOf(name).length / 2)) return undefined;
  const corrected = [nearest.known, ...parameters].join(' ');
  return checkPlaceholder(corrected, variables) === 'ok' ? corrected : undefined;
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/^\$/, '');
}
