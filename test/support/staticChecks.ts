import { listFiles, PackageManager } from '@vscode/vsce';
import { runScript } from './npm';
import { PROJECT } from './paths';
import { wordFaults } from './wordRules';

/** Something that is right or wrong as a whole, without a test that runs. */
export interface StaticCheck {
  readonly name: string;
  /** Resolves to what is wrong, empty when nothing is. */
  readonly run: () => Promise<string>;
}

/** What the package may hold; anything else has no business on a user's machine. */
const PACKAGED = [
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^media\//,
  /^samples\/[\w.-]+$/,
  /^dist\/((extension|chunks\/[\w-]+|cli|cli\/[\w-]+|sandbox|webview\/\w+)\.js|THIRD-PARTY-LICENSES\.txt)$/,
];

/** Runs a script of package.json and resolves to what is wrong, empty when nothing is. */
async function complaintOf(command: string): Promise<string> {
  const { code, output } = await runScript(command, { cwd: PROJECT });
  return code === 0 ? '' : `${output}\nnpm run ${command} ended with ${code}.`;
}

/** Builds for production and packages the extension, and resolves to what is wrong. */
export const packageExtension = (): Promise<string> => complaintOf('package');

/** Of the sources. Each takes a processor for its time. */
export const sourceChecks: readonly StaticCheck[] = [
  { name: 'types', run: () => complaintOf('typecheck') },
  { name: 'lint', run: () => complaintOf('lint') },
  { name: 'format', run: () => complaintOf('format:check') },
  { name: 'words', run: wordFaults },
];

/** Of the package, given the packaging, which tests in a real VS Code need too and which is to happen once. */
export const packageChecks = (packaging: () => Promise<string>): readonly StaticCheck[] => [
  { name: 'production build and package', run: packaging },
  {
    name: 'contents of the package',
    run: async () => {
      await packaging();
      const files = await listFiles({ cwd: PROJECT, packageManager: PackageManager.None });
      const strangers = files.filter((file) => !PACKAGED.some((pattern) => pattern.test(file)));
      return strangers.length === 0
        ? ''
        : `These files are not meant to be packaged:\n${strangers.join('\n')}`;
    },
  },
];
