import {
  ENDPOINT_NAMES,
  ENDPOINTS,
  type Endpoint,
  type EndpointName,
  type Parameter,
} from '../contract/endpoints';
import { endpointUrl } from '../environments/baseUrl';
import { isObject } from '../json';

/** An endpoint and its parameters, by their names; what has no value is left out. */
export interface Call {
  readonly endpoint: EndpointName;
  readonly query: Readonly<Record<string, string>>;
}

/** What is wrong with the text of a parameter, in words; `undefined` where nothing is. An empty one is left out. */
export function faultOf({ name, in: place, rule }: Parameter, text: string): string | undefined {
  if (text === '') return place === 'path' ? `Enter the ${name}.` : undefined;
  switch (rule.kind) {
    case 'currency':
      return /^[a-z]{3}$/i.test(text) ? undefined : 'A currency code has 3 letters, such as UAH.';
    case 'count': {
      const count = /^\d{1,10}$/.test(text) ? Number(text) : 0;
      return count >= 1 && count <= rule.max ? undefined : `${name} is a whole number from 1 to ${rule.max}.`;
    }
    case 'choice':
      return rule.values.includes(text) ? undefined : `${name} is one of ${rule.values.join(', ')}.`;
    case 'id':
      // It goes into the path: nothing in it may lead elsewhere.
      return /^[\w-]{1,128}$/.test(text) ? undefined : 'An id has letters, digits and hyphens.';
  }
}

/** The endpoint that a script names: `currencies`, `/withdrawals`, `withdrawals/{withdraw_uuid}`. */
export function endpointNamed(value: unknown): Endpoint | undefined {
  if (typeof value !== 'string') return undefined;
  const path = value.trim().replace(/^(GET\s+)?\/?/i, '');
  const name = ENDPOINT_NAMES.find((one) => one === path || ENDPOINTS[one].path === path);
  return name && ENDPOINTS[name];
}

/** What a script gives as parameters, as texts; others than the endpoint's are left out. */
export function queryOf({ parameters }: Endpoint, value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    parameters.flatMap(({ name }) => {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      return typeof given === 'string' || typeof given === 'number' ? [[name, String(given).trim()]] : [];
    }),
  );
}

/** The first parameter with something wrong about it. */
export function faultIn({ endpoint, query }: Call): string | undefined {
  for (const parameter of ENDPOINTS[endpoint].parameters) {
    const fault = faultOf(parameter, query[parameter.name] ?? '');
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** `withdrawals?status=failed&page=2` */
export function pathOf({ endpoint, query }: Call): string {
  const { path, parameters } = ENDPOINTS[endpoint];
  let filled = path;
  const search = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = query[name];
    if (value === undefined || value === '') continue;
    if (place === 'path') filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    else search.append(name, value);
  }
  return search.size > 0 ? `${filled}?${search.toString()}` : filled;
}

/** What goes over the wire for a call. */
export function requestOf(
  base: URL,
  call: Call,
): { readonly method: Endpoint['method']; readonly url: string } {
  return { method: ENDPOINTS[call.endpoint].method, url: endpointUrl(base, pathOf(call)) };
}

/** `GET /withdrawals?page=2` */
export function labelOf(call: Call): string {
  return `${ENDPOINTS[call.endpoint].method} /${pathOf(call)}`;
}
