import { URI, Utils } from 'vscode-uri';

/** The last part of a file's URI, as people call the file. */
export function fileNameOf(uri: string): string {
  return Utils.basename(URI.parse(uri));
}
