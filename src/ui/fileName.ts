import { URI, Utils } from 'vscode-uri';
import { clip } from '../core/problems/clip';

/** The last part of a file's URI, as people call the file. A name can hold anything; what is shown is one short line. */
export function fileNameOf(uri: string): string {
  return clip(Utils.basename(URI.parse(uri)), 100);
}
