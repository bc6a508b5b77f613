import { nodeAt } from '../document/pointer';
import type { RequestDocument, RequestNode } from '../document/document';

/** The amounts of checked requests, added up per currency to the cent. What is no amount counts as 0. */
export function totalsOf(
  requests: readonly { document: RequestDocument; request: RequestNode }[],
): { currency: string; amount: string }[] {
  const cents = new Map<string, bigint>();
  for (const { document, request } of requests) {
    const currency = textAt(document, `${request.pointer}/currency_code`);
    const [, units, decimals = ''] =
      /^(\d+)(?:\.(\d{1,2}))?$/.exec(textAt(document, `${request.pointer}/amount`)) ?? [];
    const amount = units === undefined ? 0n : BigInt(units + decimals.padEnd(2, '0'));
    cents.set(currency, (cents.get(currency) ?? 0n) + amount);
  }
  return [...cents].map(([currency, total]) => {
    const digits = String(total).padStart(3, '0');
    return { currency, amount: `${digits.slice(0, -2)}.${digits.slice(-2)}` };
  });
}

function textAt({ root }: RequestDocument, pointer: string): string {
  const node = nodeAt(root, pointer);
  return node?.type === 'string' ? String(node.value) : '';
}
