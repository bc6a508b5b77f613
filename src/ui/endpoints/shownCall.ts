import type { CallResult } from '../../app/endpoints/callEndpoint';
import { labelOf, type Call } from '../../core/endpoints/call';
import { ENDPOINTS } from '../../core/contract/endpoints';
import { pagesOf } from '../../core/endpoints/pages';
import { tableOf } from '../../core/endpoints/table';
import type { Environment } from '../../core/environments/environment';
import type { ShownCall } from '../../webview/endpoint/protocol';

/** What a view shows of a call: its result, that it is under way, or that it was not made yet. `host`: where it would go. */
export function shownCall(
  call: Call,
  environment: Environment,
  state: CallResult | 'calling' | 'idle',
  host: string,
): ShownCall {
  const origin = typeof state === 'object' ? state.origin : undefined;
  const { endpoint, query } = call;
  return {
    endpoint,
    query,
    label: labelOf(call),
    title: ENDPOINTS[endpoint].title,
    environment,
    host: origin === undefined ? host : new URL(origin).host,
    hasText: typeof state === 'object' && state.text !== undefined && state.text !== '',
    state: typeof state === 'string' ? { kind: state } : shownState(state),
  };
}

function shownState(result: CallResult): ShownCall['state'] {
  const { outcome, at, data, problem, requestId, durationMs = 0 } = result;
  if (outcome !== 'answered') {
    const { code = outcome, message = '', guidance = [], fixes = [] } = problem ?? {};
    const titles = fixes.map(({ title }) => title);
    return {
      kind: 'failed',
      at,
      outcome,
      code,
      message,
      guidance,
      fixes: titles,
      ...(requestId === undefined ? {} : { requestId }),
    };
  }
  const pages = pagesOf(result, result.paging ?? {}, Array.isArray(data) ? data.length : 0);
  return {
    kind: 'answered',
    at,
    durationMs,
    table: tableOf(result.endpoint, data),
    ...(pages ? { pages } : {}),
    opensIds: result.endpoint === 'withdrawals',
  };
}
