import { env, Uri, window } from 'vscode';
import type { CallResult } from '../../app/endpoints/callEndpoint';
import { DOCUMENTATION } from '../../core/contract/documentation';
import { ENDPOINT_NAMES, ENDPOINTS } from '../../core/contract/endpoints';
import { endpointNamed, queryOf, type Call } from '../../core/endpoints/call';
import { clip, either } from '../../core/phrases';
import { isObject } from '../../core/json';
import { readArguments } from '../shell/commandArguments';
import type { EndpointView } from './endpointView';
import { hostOf } from '../shell/environmentLabels';
import { notify } from '../shell/notify';
import { pickOne } from '../shell/pickOne';
import type { Services } from '../shell/services';

/** Calls an endpoint that only reads and shows its response. Which one is asked for where it is not given. */
export async function callEndpoint(
  services: Services,
  view: EndpointView,
  first: unknown,
): Promise<CallResult | undefined> {
  const environment = readArguments(first).environment ?? services.environment.get();
  const { endpoint: named, query } = isObject(first) ? first : {};
  const endpoint = endpointNamed(named);
  if (named !== undefined && !endpoint) {
    void notify.error(
      `There is no endpoint ${typeof named === 'string' ? clip(named) : typeof named}. There is ${either(ENDPOINT_NAMES.map((name) => ENDPOINTS[name].path))}.`,
    );
    return undefined;
  }
  const given: Call | undefined = endpoint && { endpoint: endpoint.name, query: queryOf(endpoint, query) };
  const where = `${environment} (${hostOf(environment, services)})`;
  const call = given ?? (await askEndpoint(where));
  return call && view.call(call, environment);
}

/** Lets a person say which endpoint to call, with no parameters yet: the page has fields for them. */
async function askEndpoint(where: string): Promise<Call | undefined> {
  const items = ENDPOINT_NAMES.map((name) => ({
    name,
    label: `GET /${ENDPOINTS[name].path}`,
    description: ENDPOINTS[name].description,
  }));
  const picked = await pickOne(items, {
    title: `Call an endpoint in ${where}`,
    placeHolder: 'Which endpoint?',
    matchOnDescription: true,
  });
  return picked && { endpoint: picked.name, query: {} };
}

/** Fetches again what the checks of requests go by, without showing it. */
export async function refreshMerchant(services: Services, first: unknown): Promise<CallResult | undefined> {
  const { environment } = readArguments(first);
  const endpoint = endpointNamed(isObject(first) ? first['endpoint'] : undefined);
  if (!endpoint || !environment) return undefined;
  const { title, name } = endpoint;
  const result = await notify.progress(
    `Fetching the ${title.toLowerCase()} of ${environment} (${hostOf(environment, services)})`,
    (_, signal) => services.endpoints.call({ endpoint: name, query: {} }, environment, signal),
  );
  if (result.problem) void notify.warn(`${title} of ${environment}: ${result.problem.message}`);
  else window.setStatusBarMessage(`$(check) ${title} of ${environment} fetched`, 3000);
  return result;
}

/** Opens the vendor's page about an endpoint. */
export async function openEndpointPage(first: unknown): Promise<void> {
  const named = isObject(first) ? first['endpoint'] : undefined;
  const page = endpointNamed(named)?.page ?? DOCUMENTATION.invoices;
  await env.openExternal(Uri.parse(page));
}
