import { servedIsPossible } from './vscode/installServed';
import { oldestVersion, provideServed } from './vscode/provide';

/** Node as this process has it, and as the oldest and the newest VS Code have it where they can be had. */
export async function nodes(): Promise<string[]> {
  if (!servedIsPossible) return [process.execPath];
  const oldest = await provideServed(oldestVersion());
  const newest = await provideServed('stable');
  return [process.execPath, oldest.node, newest.node];
}
