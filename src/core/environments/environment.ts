/** The three environments of a merchant, and the built-in server on this machine. */
export const ENVIRONMENTS = ['sandbox', 'dev', 'staging', 'prod'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/** Those with a base URL and a key of the user's. */
export type RemoteEnvironment = Exclude<Environment, 'sandbox'>;

export const REMOTE_ENVIRONMENTS = ['dev', 'staging', 'prod'] as const satisfies readonly RemoteEnvironment[];

export function isEnvironment(value: unknown): value is Environment {
  return ENVIRONMENTS.some((environment) => environment === value);
}

/** Where the CLI finds the key of an environment: `ECCAEX_API_KEY_DEV`. */
export function keyVariable(environment: RemoteEnvironment): string {
  return `ECCAEX_API_KEY_${environment.toUpperCase()}`;
}

/** Where the CLI finds the webhook secrets of an environment: `ECCAEX_WEBHOOK_SECRET_DEV`. */
export function webhookSecretVariable(environment: RemoteEnvironment): string {
  return `ECCAEX_WEBHOOK_SECRET_${environment.toUpperCase()}`;
}
