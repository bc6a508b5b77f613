import type { Pages } from '../../core/endpoints/pages';
import type { Table } from '../../core/endpoints/table';
import { isObject } from '../../core/json';

/** What the view shows: one call, and what came of it. Texts of a server are as received. */
export interface ShownCall {
  /** `GET /withdrawals?page=2` */
  readonly label: string;
  readonly title: string;
  readonly environment: string;
  readonly host: string;
  /** Whether there are parameters to change. */
  readonly hasParameters: boolean;
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
export interface RestoredCall {
  readonly endpoint: string;
  readonly query: Readonly<Record<string, string>>;
  readonly environment: string;
}

export interface ToView {
  readonly kind: 'show';
  readonly call: ShownCall;
  readonly restored: RestoredCall;
}

/** What the view asks for. It names things; what they are is looked up by whoever is asked. */
export type FromView =
  | { readonly kind: 'ready' | 'cancel' | 'refresh' | 'parameters' | 'text' | 'docs' }
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'copy'; readonly row: number; readonly column: number }
  | { readonly kind: 'open'; readonly row: number }
  | { readonly kind: 'fix'; readonly place: number };

/** `undefined` for what the view does not say: nothing is taken on trust from a page that shows a server's texts. */
export function readMessage(message: unknown): FromView | undefined {
  if (!isObject(message)) return undefined;
  const { kind, page, row, column, place } = message;
  switch (kind) {
    case 'ready':
    case 'cancel':
    case 'refresh':
    case 'parameters':
    case 'text':
    case 'docs':
      return { kind };
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

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
