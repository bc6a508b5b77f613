import { distance } from 'fastest-levenshtein';
import { CURRENCIES } from '../contract/currencies';
import { compareDecimals } from '../decimal';
import type { RequestNode } from '../document/document';
import { pointerOf, type Member } from '../document/pointer';
import type { MerchantKnowledge, MethodLimits } from '../merchant/knowledge';
import type { DocumentProblem } from '../problems/problem';

/** As many currencies as a person wants to choose from. */
const MOST = 3;

/** What the API has said of the merchant speaks against a request; it may have changed since. */
export function merchantProblems(
  request: RequestNode,
  members: readonly Member[],
  merchant: MerchantKnowledge | undefined,
): DocumentProblem[] {
  const currency = stringNamed('currency_code', members);
  if (!merchant || !currency || !CURRENCIES.has(currency.text)) return [];
  const { environment } = merchant;
  const code = currency.text;
  const place = ({ name, node }: NamedString) => ({
    pointer: request.pointer + pointerOf([name]),
    span: node,
  });
  const { codes = [code], at: fetchedAt = '' } = merchant.currencies ?? {};
  if (!codes.includes(code)) {
    const near = codes
      .filter((one) => CURRENCIES.has(one))
      .sort((a, b) => distance(a, code) - distance(b, code))
      .slice(0, MOST);
    return [
      {
        kind: 'currency-not-offered',
        arguments: { currency: code, near, environment, fetchedAt },
        ...place(currency),
      },
    ];
  }
  const amount = stringNamed('amount', members);
  const methods = merchant.methods.get(code);
  if (!amount || !methods || methods.limits.length === 0) return [];
  if (!methods.limits.every((limits) => isOutside(amount.text, limits))) return [];
  return [
    {
      kind: 'amount-outside-limits',
      arguments: {
        amount: amount.text,
        currency: code,
        limits: methods.limits,
        environment,
        fetchedAt: methods.at,
      },
      ...place(amount),
    },
  ];
}

interface NamedString {
  readonly name: string;
  readonly text: string;
  readonly node: NonNullable<Member['value']>;
}

function stringNamed(name: string, members: readonly Member[]): NamedString | undefined {
  const node = members.findLast((member) => member.name === name)?.value;
  return node?.type === 'string' ? { name, text: String(node.value), node } : undefined;
}

/** False for what is no decimal number: that is a problem of its own. */
function isOutside(amount: string, { min, max }: MethodLimits): boolean {
  const [toMin = 0, toMax = 0] = [compareDecimals(amount, min), compareDecimals(amount, max)];
  return toMin < 0 || toMax > 0;
}
