import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type HostExit, type HostRun } from './hostRun';

/** Has a desktop VS Code run the tests. What it prints goes to this process's own output. */
export async function runInDesktop(executable: string, run: HostRun): Promise<HostExit> {
  const userData = path.join(run.dataFolder, 'user-data');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User/settings.json'), JSON.stringify(run.settings));
  try {
    const code = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: run.beside === undefined ? run.extension : [run.extension, run.beside],
      extensionTestsPath: run.entry,
      extensionTestsEnv: run.env,
      launchArgs: [
        run.workspace,
        '--disable-extensions',
        `--user-data-dir=${userData}`,
        `--extensions-dir=${path.join(run.dataFolder, 'extensions')}`,
      ],
    });
    return { code, log: '' };
  } catch (error) {
    if (error instanceof TestRunFailedError) return { code: error.code ?? 1, log: error.message };
    throw error;
  }
}
