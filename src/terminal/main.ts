import { inspect } from 'node:util';
import { readArguments } from './arguments';
import { UnreadableError, UsageError } from './commands';
import { BUG, UNREADABLE, WRONG_USAGE } from './exitCode';
import { harmless } from './harmless';
import { helpText } from './help';
import { Output } from './output';
import type { World } from './world';

/** Runs `eccaex` with what follows it on the command line. Resolves to the exit code. */
export async function main(args: readonly string[], world: World): Promise<number> {
  const output = new Output(world.streams, world.variables);
  try {
    const command = readArguments(args, world);
    switch (command.name) {
      case 'help':
        for (const line of helpText(command.of).split('\n')) output.result(line);
        return 0;
      case 'version':
        output.result(world.version);
        return 0;
      case 'send':
        return await (await import('./send')).send(command, world, output);
      case 'validate':
        return await (await import('./validate')).validate(command, world, output);
      case 'scan':
        return await (await import('./scan')).scan(command, world, output);
      case 'verify':
        return await (await import('./verify')).verify(command, world, output);
      case 'check':
        return await (await import('./check')).check(command, world, output);
      case 'handler':
        return await (await import('./handler')).handler(command, world, output);
      case 'sandbox':
        return await (await import('./sandbox')).sandbox(command, world, output);
      case 'listen':
        return await (await import('./listen')).listen(command, world, output);
      case 'trigger':
        return await (await import('./trigger')).trigger(command, world, output);
    }
  } catch (error) {
    const isUsage = error instanceof UsageError;
    if (!isUsage && !(error instanceof UnreadableError)) {
      for (const line of inspect(error).split('\n')) output.note(harmless(line));
      return BUG;
    }
    for (const line of error.message.split('\n')) {
      output.note(`${output.errorColors.red('eccaex:')} ${harmless(line)}`);
    }
    if (!isUsage) return UNREADABLE;
    output.note(`Try: eccaex ${error.command ? `${error.command} ` : ''}--help`);
    return WRONG_USAGE;
  }
}
