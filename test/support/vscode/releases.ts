/** A VS Code that can be had from npm alone: the server and the workbench inside the code-server package. */
export interface Release {
  /** The version of VS Code inside. */
  readonly vscode: string;
  readonly codeServer: string;
  /** The Node that this server is made for, from the `node-<platform>-<arch>` packages. */
  readonly node: string;
}

const RELEASES: readonly [Release, ...Release[]] = [
  { vscode: '1.139.1', codeServer: '4.139.1', node: '24.21.0' },
  // The oldest that package.json's `engines.vscode` allows.
  { vscode: '1.96.4', codeServer: '4.96.4', node: '20.18.1' },
];

const minor = (version: string): string => version.split('.', 2).join('.');

/**
 * The release for a version of VS Code: `stable`, or a version number, of which the patch does not count.
 * Undefined when npm has none that is known to work.
 */
export function releaseFor(version: string): Release | undefined {
  return version === 'stable' ? RELEASES[0] : RELEASES.find(({ vscode }) => minor(vscode) === minor(version));
}
