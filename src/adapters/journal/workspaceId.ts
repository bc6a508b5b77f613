import { createHash } from 'node:crypto';

/** The part of VS Code's `Uri` that tells a workspace from another. */
interface Location {
  readonly scheme: string;
  readonly fsPath: string;
  toString(): string;
}

/**
 * A name for a workspace, the same in each window. VS Code hands out a folder as it was opened, and Windows and macOS
 * open `Shop` as `shop`, too. Where a disk of theirs tells case apart, two folders whose paths differ in nothing else
 * share a journal, as two workspace files there share their storage in VS Code.
 */
export function workspaceId(locations: readonly Location[], platform: NodeJS.Platform): string {
  if (locations.length === 0) return 'none';
  const tellsCaseApart = platform !== 'win32' && platform !== 'darwin';
  const identity = locations.map((location) =>
    tellsCaseApart || location.scheme !== 'file' ? location.toString() : location.fsPath.toLowerCase(),
  );
  return createHash('sha256').update(identity.join('\n')).digest('hex').slice(0, 32);
}
