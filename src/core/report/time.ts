/** ISO 8601, as everything that is kept has it. */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-/.test(value) && Number.isFinite(Date.parse(value));
}
