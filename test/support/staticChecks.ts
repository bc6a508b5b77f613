import { listFiles, PackageManager } from '@vscode/vsce';
import { runScript } from './npm';
import { PROJECT } from './paths';

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
  /^dist\/(extension|cli)\.js$/,
];

const script = (name: string, command: string): StaticCheck => ({
  name,
  run: async () => {
    const { code, output } = await runScript(command, { cwd: PROJECT });
    return code === 0 ? '' : `${output}\nnpm run ${command} ended with ${code}.`;
  },
});

/** Builds for production and packages the extension. The tests in a real VS Code need it too. */
export const packaging = script('production build and package', 'package');

export const STATIC_CHECKS: readonly StaticCheck[] = [
  script('format', 'format:check'),
  script('lint', 'lint'),
  script('types', 'typecheck'),
  packaging,
  {
    name: 'contents of the package',
    run: async () => {
      const files = await listFiles({ cwd: PROJECT, packageManager: PackageManager.None });
      const strangers = files.filter((file) => !PACKAGED.some((pattern) => pattern.test(file)));
      return strangers.length === 0
        ? ''
        : `These files are not meant to be packaged:\n${strangers.join('\n')}`;
    },
  },
];
