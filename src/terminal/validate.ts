import { checkFiles } from '../app/checkFiles';
import type { ValidateCommand } from './arguments';
import { exitCodeOf } from './exitCode';
import { readSources } from './files';
import type { Output } from './output';
import { printResults } from './results';
import type { World } from './world';

/** `eccaex validate`. Resolves to the exit code. */
export async function validate(command: ValidateCommand, world: World, output: Output): Promise<number> {
  const sources = await readSources(command.files, command.name, world);
  const items = sources.uris.map((uri) => ({ uri }));
  const { checks } = await checkFiles(items, command.environment, {
    ...world.checkPorts,
    files: sources.files,
  });
  printResults(checks, command.json, sources, output);
  return exitCodeOf(checks.map(({ report }) => report.outcome));
}
