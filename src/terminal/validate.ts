import { checkFiles } from '../app/sending/checkFiles';
import type { ValidateCommand } from './arguments';
import { exitCodeOf } from './exitCode';
import { readSources } from './files';
import type { Output } from './output';
import { Results } from './results';
import type { World } from './world';

/** `eccaex validate`. Resolves to the exit code. */
export async function validate(command: ValidateCommand, world: World, output: Output): Promise<number> {
  const sources = await readSources(command.files, world);
  const items = sources.uris.map((uri) => ({ uri }));
  const { checks } = await checkFiles(items, command.environment, {
    ...world.checkPorts,
    settings: { ...world.checkPorts.settings, variables: () => command.variables },
    files: sources.files,
  });
  const results = new Results(command.json, sources, output, world.variables);
  results.begin(
    checks.map(({ uri, report }) => ({ uri, index: report.index })),
    'invalid',
  );
  for (const [place, check] of checks.entries()) results.add(check, place);
  results.end();
  return exitCodeOf(checks.map(({ report }) => report.outcome));
}
