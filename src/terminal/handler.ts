import { HANDLERS } from '../core/webhook/handlers/handlers';
import { UsageError } from './commands';
import { harmless } from './harmless';
import type { Output } from './output';
import type { HandlerCommand } from './webhookArguments';
import type { World } from './world';

/** `eccaex handler`: to a new file, or to standard output. Resolves to the exit code. */
export async function handler(command: HandlerCommand, world: World, output: Output): Promise<number> {
  const { language, file, scheme } = command;
  const text = HANDLERS[language].source(scheme);
  if (file === undefined) {
    world.streams.stdout.write(text);
    return 0;
  }
  await world.writeText(file, text, 'new').catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(harmless(`Cannot write ${file}: ${detail}.`), 'handler');
  });
  output.note(harmless(`Wrote ${file}. Its first lines say how to run and check it.`));
  return 0;
}
