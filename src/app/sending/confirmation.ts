import type { ApiKey } from '../../core/environments/apiKey';
import type { Caution } from '../../core/problems/cautions';
import { totalsOf } from '../../core/report/totals';
import { validate, type ValidationContext } from '../../core/validate/validate';
import { requestsOf } from '../requests/bodies';
import type { KeyStore, SendPorts } from '../ports';
import type { Target } from '../api/target';
import { environmentsWith } from '../keys/storedKeys';
import type { ReadyDraft } from '../requests/waitingDraft';

/**
 * Whether a send may go ahead. A person is asked where the settings say so, and where a file is none of the
 * workspace's; of the sandbox never, since nothing leaves this machine. `invalid`: how many requests are left out.
 */
export async function isConfirmed(
  drafts: readonly ReadyDraft[],
  invalid: number,
  { environment, baseUrl, key }: Target,
  { consent, settings, keys }: Pick<SendPorts, 'consent' | 'settings' | 'keys'>,
  context: ValidationContext,
): Promise<boolean> {
  if (environment === 'sandbox' || drafts.length === 0) return true;
  const outside = await consent.filesOutside([...new Set(drafts.map(({ uri }) => uri))]);
  if (!settings.confirms(environment) && outside.length === 0) return true;
  const requests = requestsOf(drafts);
  return consent.confirm({
    environment,
    host: baseUrl.host,
    count: drafts.length,
    totals: totalsOf(requests),
    outside,
    cautions: [
      ...(invalid > 0 ? [{ kind: 'left-out' as const, invalid, total: invalid + drafts.length }] : []),
      ...(environment === 'prod' ? await cautionsOf(requests, key, keys, context) : []),
    ],
  });
}

async function cautionsOf(
  requests: ReturnType<typeof requestsOf>,
  key: ApiKey | undefined,
  keys: KeyStore,
  context: ValidationContext,
): Promise<Caution[]> {
  const environments = key ? await environmentsWith(key, 'prod', keys) : [];
  const hosts = requests
    .flatMap(({ document }) => validate(document, context))
    .flatMap((problem) => (problem.kind === 'url-unreachable' ? [problem.arguments.host] : []));
  return [
    ...(environments.length > 0 ? [{ kind: 'same-key' as const, environments }] : []),
    ...(hosts.length > 0 ? [{ kind: 'own-network' as const, hosts: [...new Set(hosts)] }] : []),
  ];
}
