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
];

/**
 * The release for a version of VS Code: `stable`, or the beginning of a version number.
 * Undefined when npm has none that is known to work.
 */
export function releaseFor(version: string): Release | undefined {
  if (version === 'stable') return RELEASES[0];
  return RELEASES.find(({ vscode }) => vscode === version || vscode.startsWith(`${version}.`));
}
