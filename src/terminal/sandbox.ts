import { SANDBOX_KEYS } from '../core/environments/sandboxKeys';
import type { SandboxCommand } from './arguments';
import { UsageError } from './commands';
import type { Output } from './output';
import type { World } from './world';

/** `eccaex sandbox`. Resolves to the exit code, when the process is interrupted. */
export async function sandbox(
  { port, deliverTo, scheme }: SandboxCommand,
  world: World,
  output: Output,
): Promise<number> {
  const running = await world
    .startSandbox({ port, deliverTo, scheme: () => scheme })
    .catch((error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : String(error), 'sandbox');
    });
  for (const line of introduction(running.baseUrl, deliverTo, output)) output.result(line);
  await new Promise<void>((resolve) => {
    if (world.interrupted.aborted) resolve();
    else world.interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  await running.stop();
  return 0;
}

function introduction(baseUrl: string, deliverTo: readonly string[], { colors }: Output): string[] {
  const width = Math.max(...SANDBOX_KEYS.map(({ key = '' }) => key.length));
  return [
    `Sandbox running at ${colors.bold(baseUrl)}`,
    'Keys, and the response to each:',
    ...SANDBOX_KEYS.map(({ key, answer }) => `  ${(key ?? '(none)').padEnd(width)}  ${answer}`),
    `To send to it: eccaex send FILE --base-url ${baseUrl}`,
    ...deliverTo.map((origin) => `Webhooks go to ${origin}`),
    'Press Ctrl+C to stop.',
  ];
}
