import type { GitState } from '../core/leaks/leak';
import type { KeyStore } from './ports';

export interface VisitOptions {
  readonly signal: AbortSignal;
  /** Absolute paths of folders that are not entered. */
  readonly skip: readonly string[];
  /** Is given every text file, by its absolute path. */
  readonly visit: (file: string, text: string) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** How many files were read, and how many not. */
export interface VisitTally {
  readonly read: number;
  readonly tooLarge: number;
  readonly binary: number;
  readonly unreadable: number;
  /** `limit`: there are more files than are looked at. */
  readonly end: 'complete' | 'stopped' | 'limit';
}

/** The files of this machine. Links are not followed; nothing is ever written. */
export interface FileTree {
  /** Never rejects. */
  visit(folder: string, options: VisitOptions): Promise<VisitTally>;
  isFolder(path: string): boolean;
  /** `undefined` for what is no text file. */
  read(file: string): string | undefined;
  /** The text of the `package.json` that a file belongs to, if that is below `folder`. */
  manifestOf(file: string, folder: string): string | undefined;
}

/** What git knows of files. No method rejects: where git says nothing, there is no repository. */
export interface VersionControl {
  /** Folders that are ignored as a whole, by their absolute paths. */
  ignoredFolders(folder: string): Promise<readonly string[]>;
  statesOf(files: readonly string[]): Promise<ReadonlyMap<string, GitState>>;
}

/** What a search for keys needs from the outside. */
export interface ScanPorts {
  readonly keys: Pick<KeyStore, 'read'>;
  readonly tree: FileTree;
  readonly git: VersionControl;
  /** Whether keys may be read and git be run here. */
  readonly isTrusted: () => boolean;
}
