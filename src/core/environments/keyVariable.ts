import type { RemoteEnvironment } from './environment';

/** Where the CLI finds the key of an environment: `ECCAEX_API_KEY_DEV`. */
export function keyVariable(environment: RemoteEnvironment): string {
  return `ECCAEX_API_KEY_${environment.toUpperCase()}`;
}
