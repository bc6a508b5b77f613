/** The placeholders that need no setting. */
export interface BuiltInPlaceholder {
  /** As it is written between the braces, with parameters that can be changed: `$randomInt 1 100`. */
  readonly sample: string;
  readonly description: string;
}

export const BUILT_IN_PLACEHOLDERS: Readonly<Record<string, BuiltInPlaceholder>> = {
  $uuid: { sample: '$uuid', description: 'a random UUID' },
  $timestamp: { sample: '$timestamp', description: 'Unix time in seconds' },
  $isoTimestamp: { sample: '$isoTimestamp', description: 'time in ISO 8601' },
  $randomInt: { sample: '$randomInt 1 100', description: 'a random integer between two bounds' },
};
