import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * An environment in which nothing of the person's who runs the tests is found: an empty home, and no variables
 * but the few that programs need and those that are given.
 */
export async function emptyEnvironment(
  dataFolder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<NodeJS.ProcessEnv> {
  const home = path.join(dataFolder, 'home');
  await mkdir(home, { recursive: true });
  return { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ...variables };
}

/** The environment of the person, less what is meant for the npm or the VS Code that this process was started from. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|ELECTRON_)/i.test(name)),
  );
}
