import type { Flight } from '../../app/outcomes/inFlight';
import { fileNameOf } from './fileName';

/** `order.invoice.json to dev`, `3 files to dev`, `batch.invoice.json (50 requests) to dev`, `currencies of dev` */
export function flightLabel({ items, endpoint, count, environment }: Flight): string {
  if (endpoint !== undefined) return `${endpoint} of ${environment}`;
  const [only] = items;
  const what = items.length === 1 && only ? fileNameOf(only.uri) : `${items.length} files`;
  const requests = count > items.length ? ` (${count} requests)` : '';
  return `${what}${requests} to ${environment}`;
}
