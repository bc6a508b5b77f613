import { posix } from 'node:path';
import { Uri } from 'vscode';
import { clip } from '../../core/problems/clip';

/** The last part of a file's URI, as people call the file. A name can hold anything; what is shown is one short line. */
export function fileNameOf(uri: string): string {
  return clip(posix.basename(Uri.parse(uri).path), 100);
}
