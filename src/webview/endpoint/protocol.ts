import type { Call } from '../../core/endpoints/call';
import type { Pages } from '../../core/endpoints/pages';
import type { Table } from '../../core/endpoints/table';
import { isObject } from '../../core/json';

/** What the view shows: one call, and what came of it. Texts of a server are as received. */
export interface ShownCall extends Call {
  /** `GET /withdrawals?page=2` */
  readonly label: string;
  readonly title: string;
  readonly environment: string;
  readonly host: string;
  /** Whether there is a body to be opened as it came. */
  readonly hasText: boolean;
  readonly state:
    /** Not called since the window was loaded. */
    { readonly kind: 'idle' } | { readonly kind: 'calling' } | ShownAnswer | ShownFailure;
}

export interface ShownAnswer {
  readonly kind: 'answered';
  /** ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
  readonly table: Table;
  readonly pages?: Pages;
  /** Whether an id leads to a response about that one item. */
  readonly opensIds: boolean;
}

export interface ShownFailure {
  readonly kind: 'failed';
  readonly at: string;
  readonly outcome: 'rejected' | 'invalid' | 'blocked' | 'unanswered' | 'unexpected';
  readonly code: string;
  readonly message: string;
  readonly guidance: readonly string[];
  /** Their titles. */
  readonly fixes: readonly string[];
  readonly requestId?: string;
}

/** What is restored when the window is loaded anew. */
export type RestoredCall = Pick<ShownCall, 'endpoint' | 'query' | 'environment'>;

export interface ToView {
  readonly kind: 'show';
  readonly call: ShownCall;
}

/** What the view asks for. It names things; what they are is looked up by whoever is asked. */
export type FromView =
  | { readonly kind: 'ready' | 'cancel' | 'refresh' | 'text' | 'docs' }
  | { readonly kind: 'filter'; readonly query: Readonly<Record<string, string>> }
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'copy'; readonly row: number; readonly column: number }
  | { readonly kind: 'open'; readonly row: number }
  | { readonly kind: 'fix'; readonly place: number };

/** `undefined` for what the view does not say: nothing is taken on trust from a page that shows a server's texts. */
export function readMessage(message: unknown): FromView | undefined {
  if (!isObject(message)) return undefined;
  const { kind, query, page, row, column, place } = message;
  switch (kind) {
    case 'ready':
    case 'cancel':
    case 'refresh':
    case 'text':
    case 'docs':
      return { kind };
    case 'filter':
      return isQuery(query) ? { kind, query } : undefined;
    case 'page':
      return isPlace(page) && page > 0 ? { kind, page } : undefined;
    case 'copy':
      return isPlace(row) && isPlace(column) ? { kind, row, column } : undefined;
    case 'open':
      return isPlace(row) ? { kind, row } : undefined;
    case 'fix':
      return isPlace(place) ? { kind, place } : undefined;
    default:
      return undefined;
  }
}

/** More and longer ones than any that the API documents are not from the page. */
function isQuery(value: unknown): value is Readonly<Record<string, string>> {
  if (!isObject(value)) return false;
  const values = Object.values(value);
  return values.length <= 10 && values.every((text) => typeof text === 'string' && text.length <= 200);
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
