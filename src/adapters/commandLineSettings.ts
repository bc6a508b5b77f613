import type { Settings } from '../app/ports';
import { ownBaseUrl } from '../core/environments/baseUrl';

/** What a command line says of a send; left out: the default. */
export interface CommandLineOptions {
  readonly baseUrl?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Settings from a command line and its environment variables: a folder that the CLI runs in sets none. */
export function commandLineSettings(
  options: CommandLineOptions,
  variables: Readonly<Record<string, string | undefined>>,
): Settings {
  return {
    baseUrl: (environment) => options.baseUrl ?? ownBaseUrl(environment, variables),
    timeoutSeconds: () => options.timeoutSeconds ?? 30,
    concurrency: () => options.concurrency ?? 4,
    confirmsProd: () => true,
    variables: () => options.variables ?? {},
    defaultUrls: () => ({}),
  };
}
