import { ENDPOINT_NAMES, ENDPOINTS, type Endpoint, type Parameter } from '../../core/contract/endpoints';
import { endpointNamed, faultOf, type Call } from '../../core/endpoints/call';
import { askSteps, type Step } from './multiStep';

/**
 * Lets a person say what to call, one thing at a time: the endpoint, unless that is given, then its parameters,
 * each with what `query` says of it, or its default, to begin with.
 */
export async function askCall(
  where: string,
  given: Endpoint | undefined,
  query: Readonly<Record<string, string>>,
): Promise<Call | undefined> {
  const first = given ? 0 : 1;
  const endpointOf = (answers: readonly string[]) => given ?? endpointNamed(answers[0]);
  const answers = await askSteps((before) => {
    const endpoint = endpointOf(before);
    if (!endpoint) return { title: `Call an endpoint in ${where}`, step: ENDPOINT_STEP, total: undefined };
    const parameter = endpoint.parameters[before.length - first];
    const total = first + endpoint.parameters.length;
    const title = `GET /${endpoint.path} in ${where}: ${parameter?.name ?? ''}`;
    return parameter && { title, step: stepOf(parameter, query[parameter.name]), total };
  });
  const endpoint = answers && endpointOf(answers);
  if (!endpoint) return undefined;
  const named = endpoint.parameters.map(({ name }, place) => [name, answers[first + place] ?? ''] as const);
  return {
    endpoint: endpoint.name,
    query: Object.fromEntries(named.filter(([, value]) => value !== '')),
  };
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
