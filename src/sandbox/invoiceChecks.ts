import type { CreateInvoiceRequest } from '../core/contract/wire';
import type { Complaints } from './answers';

type UrlField = 'callback_url' | 'success_url' | 'fail_url';
const URL_FIELDS: readonly UrlField[] = ['callback_url', 'success_url', 'fail_url'];

/** A create request whose URLs may be absent. */
export type CheckedInvoice = Omit<CreateInvoiceRequest, UrlField> & Partial<Record<UrlField, string>>;

/** What is wrong with a value, or `undefined`. */
type Check = (value: string) => string | undefined;

const filled: Check = (value) => (value.trim() === '' ? 'must not be empty' : undefined);

const atMost =
  (limit: number): Check =>
  (value) =>
    Array.from(value).length > limit ? `must have at most ${limit} characters` : undefined;

const looksLike =
  (pattern: RegExp, complaint: string): Check =>
  (value) =>
    pattern.test(value) ? undefined : complaint;

const webAddress: Check = (value) =>
  /^https?:\/\/\S+$/i.test(value) && URL.canParse(value) ? undefined : 'must be an absolute http(s) URL';

/** The vendor's documented rules. Only "not empty" and the look of a URL are taken for granted. */
const RULES: readonly { field: keyof CreateInvoiceRequest; required: boolean; checks: readonly Check[] }[] = [
  {
    field: 'amount',
    required: true,
    checks: [looksLike(/^\d+(\.\d{1,2})?$/, 'must be digits with at most 2 decimal places')],
  },
  {
    field: 'currency_code',
    required: true,
    checks: [looksLike(/^[A-Z]{3}$/, 'must be 3 uppercase letters')],
  },
  { field: 'customer_id', required: true, checks: [filled, atMost(128)] },
  { field: 'external_id', required: true, checks: [filled, atMost(128)] },
  { field: 'purpose', required: false, checks: [atMost(512)] },
  ...URL_FIELDS.map((field) => ({ field, required: false, checks: [webAddress] })),
];

function complaintsAbout(value: unknown, required: boolean, checks: readonly Check[]): string[] {
  if (value === undefined) return required ? ['is required'] : [];
  if (typeof value !== 'string') return ['must be a string'];
  return checks.map((check) => check(value)).filter((complaint) => complaint !== undefined);
}

/** Checks a create request of the vendor's fields; further fields are ignored. Absent URLs are fine here. */
export function checkInvoice(
  body: Readonly<Record<string, unknown>>,
): { ok: true; invoice: CheckedInvoice } | { ok: false; complaints: Complaints } {
  const complaints: Complaints = {};
  const values: Record<string, string> = {};
  for (const { field, required, checks } of RULES) {
    const value = body[field];
    const found = complaintsAbout(value, required, checks);
    if (found.length > 0) complaints[field] = found;
    else if (typeof value === 'string') values[field] = value;
  }
  if (Object.keys(complaints).length > 0) return { ok: false, complaints };
  const { amount = '', currency_code = '', customer_id = '', external_id = '', ...optional } = values;
  return { ok: true, invoice: { amount, currency_code, customer_id, external_id, ...optional } };
}
