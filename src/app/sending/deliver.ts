import { API_KEY_HEADER } from '../../core/contract/wire';
import { endpointUrl } from '../../core/environments/baseUrl';
import type { ReadyDraft } from '../requests/waitingDraft';
import type { HttpRequest, SendPorts } from '../ports';
import type { Reporter } from './reporter';
import type { SentReport } from '../outcomes/sentReport';
import type { Target } from '../api/target';

/** Sends one request, once: written down before it leaves, and again with what came of it. */
export async function deliver(
  draft: ReadyDraft,
  target: Target,
  ports: SendPorts,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<SentReport> {
  const { uri, index, body } = draft;
  const { environment, origin } = target;
  const url = endpointUrl(target.baseUrl, 'create-invoice');
  const writeDown = await ports.journal.begin({ uri, index, environment, url, body });
  const sent = signal.aborted
    ? reporter.cancelled(draft, origin)
    : await exchange(draft, url, target, ports, reporter, signal);
  await writeDown(sent);
  return sent;
}

async function exchange(
  draft: ReadyDraft,
  url: string,
  target: Target,
  ports: SendPorts,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<SentReport> {
  const timeoutSeconds = ports.settings.timeoutSeconds();
  const request: HttpRequest = {
    method: 'POST',
    url,
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      ...(target.key ? { [API_KEY_HEADER]: target.key.reveal() } : {}),
    },
    body: draft.body,
    timeoutMs: timeoutSeconds * 1000,
  };
  const at = ports.clock.now();
  const result = await ports.http.exchange(request, signal);
  return reporter.answered(draft, { target, request, at, timeoutSeconds, result });
}
