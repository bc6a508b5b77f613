import type { Environment } from '../../core/environments/environment';
import type { FixContext } from '../../core/fixes/fix';
import type { ValidationContext } from '../../core/validate/validate';
import type { SendPorts } from '../ports';

export type RequestContext = ValidationContext & FixContext;

export function requestContext(
  environment: Environment,
  { settings, random }: Pick<SendPorts, 'settings' | 'random'>,
): RequestContext {
  return {
    environment,
    variables: settings.variables(environment),
    defaultUrls: settings.defaultUrls(),
    newId: random.uuid,
  };
}
