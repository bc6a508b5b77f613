import type { Settings } from '../app/ports';
import { DOCUMENTED_BASE_URL } from '../core/contract/wire';

/** What a command line says of a send; left out: the default. */
export interface CommandLineOptions {
  readonly baseUrl?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Settings that come from a command line alone: a folder that the CLI runs in cannot send a key elsewhere. */
export function commandLineSettings(options: CommandLineOptions): Settings {
  return {
    baseUrl: () => options.baseUrl ?? DOCUMENTED_BASE_URL,
    timeoutSeconds: () => options.timeoutSeconds ?? 30,
    concurrency: () => options.concurrency ?? 4,
    confirmsProd: () => true,
    variables: () => options.variables ?? {},
    defaultUrls: () => ({}),
  };
}
