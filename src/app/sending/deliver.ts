import { CREATE_INVOICE } from '../../core/contract/endpoints';
import { endpointUrl } from '../../core/environments/baseUrl';
import { callApi } from '../api/callApi';
import type { Target } from '../api/target';
import type { SentReport } from '../outcomes/sentReport';
import type { SendPorts } from '../ports';
import type { ReadyDraft } from '../requests/waitingDraft';
import type { Reporter } from './reporter';

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
  const { method, path } = CREATE_INVOICE;
  const url = endpointUrl(target.baseUrl, path);
  const writeDown = await ports.journal.begin({ uri, index, environment, url, body });
  const sent = signal.aborted
    ? reporter.cancelled(draft, origin)
    : reporter.answered(draft, await callApi({ method, url, body }, target, ports, signal));
  await writeDown(sent);
  return sent;
}
