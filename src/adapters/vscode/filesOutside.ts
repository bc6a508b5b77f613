import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { Uri, workspace } from 'vscode';
import type { OutsideFile } from '../../app/ports';

/**
 * Of some files, those that are outside of every folder of the workspace, with links resolved. What was never
 * saved is nowhere, and where no folder is open there is nothing to be outside of.
 */
export async function filesOutside(uris: readonly string[]): Promise<OutsideFile[]> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return [];
  const roots = await Promise.all(
    folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => realPath(uri.fsPath)),
  );
  const places = await Promise.all(uris.map((uri) => placeOutside(uri, roots)));
  return uris.flatMap((uri, index) => {
    const place = places[index];
    return place === undefined ? [] : [{ uri, place }];
  });
}

async function placeOutside(text: string, roots: readonly string[]): Promise<string | undefined> {
  const uri = Uri.parse(text, true);
  if (uri.scheme === 'untitled') return undefined;
  // A file system of another extension has no links that could be resolved.
  if (uri.scheme !== 'file') return workspace.getWorkspaceFolder(uri) ? undefined : uri.toString(true);
  const file = await realPath(uri.fsPath);
  return roots.some((root) => isWithin(root, file)) ? undefined : file;
}

function isWithin(root: string, file: string): boolean {
  const way = path.relative(root, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Of a file that does not exist any longer, where it was. */
async function realPath(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(await realPath(parent), path.basename(file));
  }
}
