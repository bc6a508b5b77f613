// Gets ready what the launch configuration "Host Tests" needs: the tests, built, and a workspace that they may change.
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { FIXTURE_WORKSPACE, OUT } from '../test/support/paths';
import { buildHostTests } from '../test/support/vscode/buildHostTests';

async function main(): Promise<void> {
  const workspace = path.join(OUT, 'workspace');
  await rm(workspace, { recursive: true, force: true });
  await cp(FIXTURE_WORKSPACE, workspace, { recursive: true });
  await buildHostTests();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
