import { ENDPOINT_NAMES, ENDPOINTS, type Endpoint, type Parameter } from '../../core/contract/endpoints';
import { endpointNamed, faultOf, type Call } from '../../core/endpoints/call';
import { askSteps, type Step } from './multiStep';

/** Lets a person say which endpoint to call, with no parameters yet. */
export async function askEndpoint(where: string): Promise<Call | undefined> {
  const answers = await askSteps(({ length }) =>
    length > 0 ? undefined : { title: `Call an endpoint in ${where}`, step: ENDPOINT_STEP, total: 1 },
  );
  const endpoint = endpointNamed(answers?.[0]);
  return endpoint && { endpoint: endpoint.name, query: {} };
}

/** Lets a person say with what to call, one parameter at a time, each with what `query` says of it, or its default. */
export async function askCall(
  where: string,
  endpoint: Endpoint,
  query: Readonly<Record<string, string>>,
): Promise<Call | undefined> {
  const { name, path, parameters } = endpoint;
  const answers = await askSteps(({ length }) => {
    const parameter = parameters[length];
    const title = `GET /${path} in ${where}: ${parameter?.name ?? ''}`;
    return parameter && { title, step: stepOf(parameter, query[parameter.name]), total: parameters.length };
  });
  if (!answers) return undefined;
  const named = parameters.map((parameter, place) => [parameter.name, answers[place] ?? ''] as const);
  return { endpoint: name, query: Object.fromEntries(named.filter(([, value]) => value !== '')) };
}

const ENDPOINT_STEP: Step = {
  kind: 'choice',
  prompt: 'Which endpoint?',
  value: ENDPOINT_NAMES[0],
  items: ENDPOINT_NAMES.map((name) => ({
    value: name,
    label: `GET /${ENDPOINTS[name].path}`,
    description: ENDPOINTS[name].description,
  })),
};

function stepOf(parameter: Parameter, given: string | undefined): Step {
  const { description: prompt, rule } = parameter;
  if (rule.kind !== 'choice') {
    const value = given ?? (rule.kind === 'count' ? String(rule.default) : '');
    return { kind: 'text', prompt, value, check: (text) => faultOf(parameter, text) };
  }
  const any = { value: '', label: 'any' };
  const values = rule.values.map((value) => ({
    value,
    label: value,
    ...(value === rule.default ? { description: 'default' } : {}),
  }));
  const items = rule.default === undefined ? [any, ...values] : values;
  return { kind: 'choice', prompt, items, value: given ?? rule.default ?? '' };
}
