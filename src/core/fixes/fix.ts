import type { Environment } from '../environments/environment';
import type { TextEdit } from '../document/positions';

/** Fixes that change the document. The ids are stable. */
const EDIT_FIXES = [
  'insert-comma',
  'quote-placeholder',
  'quote-text',
  'write-json',
  'write-literal',
  'write-batch',
  'remove-comment',
  'remove-trailing-comma',
  'remove-field',
  'rename-field',
  'add-field',
  'add-urls',
  'fill-field',
  'quote-value',
  'uppercase-currency',
  'use-currency',
  'write-amount',
  'add-https',
  'remove-credentials',
  'rename-placeholder',
  'close-placeholder',
  'close-brackets',
  'use-https',
  'new-external-id',
  'unique-external-id',
] as const;

export type EditFixId = (typeof EDIT_FIXES)[number];

/** Fixes that do something else. The ids are stable; those with a dot are commands of the extension. */
const ACTION_FIXES = [
  'eccaex.setApiKey',
  'eccaex.verifyApiKey',
  'eccaex.rotateApiKey',
  'eccaex.selectEnvironment',
  'eccaex.sendInvoice',
  'copy-external-id',
  'resend-same-body',
  'open-key-page',
  'open-base-url-setting',
  'open-timeout-setting',
  'trust-workspace',
  'copy-request-id',
  'refresh-currencies',
  'refresh-payment-methods',
  'call-again',
  'define-placeholder',
] as const;

export type ActionFixId = (typeof ACTION_FIXES)[number];

export type FixId = EditFixId | ActionFixId;

const FIXES = new Set<unknown>([...EDIT_FIXES, ...ACTION_FIXES]);

export function isFixId(value: unknown): value is FixId {
  return FIXES.has(value);
}

const ACTIONS = new Set<unknown>(ACTION_FIXES);

export function isActionFixId(value: unknown): value is ActionFixId {
  return ACTIONS.has(value);
}

export type Fix = EditFix | ActionFix;

export interface EditFix {
  readonly id: EditFixId;
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface ActionFix {
  readonly id: ActionFixId;
  readonly title: string;
  /** `define-placeholder`: the name between the braces. */
  readonly variable?: string;
}

/** What fixes need to know beside the problem and the text. */
export interface FixContext {
  readonly environment: Environment;
  /** The names that placeholders may use. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values for the URL fields, by field name. */
  readonly defaultUrls: Readonly<Record<string, string>>;
  readonly newId: () => string;
}
