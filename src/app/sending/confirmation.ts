import type { ApiKey } from '../../core/environments/apiKey';
import type { Caution } from '../../core/problems/cautions';
import { validate, type ValidationContext } from '../../core/validate/validate';
import { requestsOf } from '../requests/bodies';
import type { SendPorts } from '../ports';
import { leadsToProd, type Target } from '../api/target';
import { environmentsWith } from '../keys/storedKeys';
import type { Approvals } from './approvals';
import type { ReadyDraft } from '../requests/waitingDraft';
import { nodeAt } from '../../core/document/pointer';
import type { RequestDocument, RequestNode } from '../../core/document/document';

/** A send that is ready to leave. */
interface Departing {
  readonly drafts: readonly ReadyDraft[];
  /** How many requests are left out for their errors. */
  readonly invalid: number;
  readonly target: Target;
  /** Of the window, where a person started this send; absent where anything else may have. */
  readonly approvals: Approvals | undefined;
  /** Where the request went before, if it did. */
  readonly earlierOrigin: string | undefined;
}

/**
 * Whether a send may go ahead: the one place that asks. Nothing leaves the machine by the sandbox; anywhere else a
 * person says yes, for a single request that a person starts once per destination, but for prod each time.
 */
export async function isConfirmed(
  { drafts, invalid, target, approvals, earlierOrigin }: Departing,
  { consent, settings, keys }: Pick<SendPorts, 'consent' | 'settings' | 'keys'>,
  context: ValidationContext,
): Promise<boolean> {
  const { environment, baseUrl, key } = target;
  if (environment === 'sandbox' || drafts.length === 0) return true;
  const outside = await consent.filesOutside([...new Set(drafts.map(({ uri }) => uri))]);
  const isSingle = drafts.length + invalid === 1;
  const isSilent = environment === 'prod' ? !settings.confirmsProd() : approvals?.has(target);
  if (approvals && isSingle && isSilent === true && outside.length === 0) return true;
  const requests = requestsOf(drafts);
  const isSharedHost = environment !== 'prod' && leadsToProd(environment, settings);
  const isReal = environment === 'prod' || isSharedHost;
  const isYes = await consent.confirm({
    environment,
    host: baseUrl.host,
    count: drafts.length,
    isReal,
    totals: totalsOf(requests),
    outside,
    cautions: [
      ...(invalid > 0 ? [{ kind: 'left-out' as const, invalid, total: invalid + drafts.length }] : []),
      // The same request to another server is another request.
      ...(earlierOrigin !== undefined && earlierOrigin !== baseUrl.origin
        ? [{ kind: 'other-origin' as const, environment, earlier: earlierOrigin }]
        : []),
      ...(isSharedHost ? [{ kind: 'prod-host' as const, environment }] : []),
      ...(environment === 'prod' ? await sameKeyOf(key, keys) : []),
      ...(isReal ? ownNetworkOf(requests, context) : []),
    ],
  });
  if (isYes && isSingle && environment !== 'prod') approvals?.add(target);
  return isYes;
}

async function sameKeyOf(key: ApiKey | undefined, keys: SendPorts['keys']): Promise<Caution[]> {
  const environments = key ? await environmentsWith(key, 'prod', keys) : [];
  return environments.length > 0 ? [{ kind: 'same-key', environments }] : [];
}

function ownNetworkOf(requests: ReturnType<typeof requestsOf>, context: ValidationContext): Caution[] {
  const hosts = requests
    .flatMap(({ document }) => validate(document, context))
    .flatMap((problem) => (problem.kind === 'url-unreachable' ? [problem.arguments.host] : []));
  return hosts.length > 0 ? [{ kind: 'own-network', hosts: [...new Set(hosts)] }] : [];
}

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
