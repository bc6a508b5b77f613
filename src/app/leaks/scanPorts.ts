import type { Position } from '../../core/document/positions';
import type { GitState } from '../../core/leaks/leak';
import type { LimitedFile } from '../../core/leaks/limits';
import type { KeyStore } from '../ports';

/** A part of a file that is not searched as a text: its bytes, without zeros. */
export interface ByteChunk {
  /** Valid until the next chunk comes. */
  readonly bytes: Uint8Array;
  /** How many of them, from the first, the chunk before had as well. */
  readonly seen: number;
  /** Where the first of them stands in the file. */
  readonly origin: Position;
}

export interface VisitOptions {
  readonly signal: AbortSignal;
  /** Absolute paths of folders that are left out. */
  readonly skip: Promise<readonly string[]>;
  /** Whether a text file is visited, by its absolute path and its bytes in UTF-8; one in UTF-16 always is. */
  readonly isOfInterest: (file: string, bytes: Uint8Array) => boolean;
  /** Is given every text file that is of interest. */
  readonly visit: (file: string, text: string) => void;
  /** Is given the bytes of files that are no texts, or too large to be searched as such. */
  readonly visitBytes: (file: string, chunk: ByteChunk) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was visited, and what not. */
export interface VisitTally {
  /** How many files were searched as texts. */
  readonly read: number;
  /** In the order of the visit. */
  readonly limited: readonly LimitedFile[];
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

/** What git knows of files. No method rejects. */
export interface VersionControl {
  /** Folders that are ignored as a whole, by their absolute paths. */
  ignoredFolders(folder: string): Promise<readonly string[]>;
  /** The root of the repository that a file is in. */
  rootOf(file: string): string | undefined;
  /** Those of files that are in a repository. */
  statesOf(files: readonly string[]): Promise<ReadonlyMap<string, GitState>>;
  /** The texts of the next commit that are below a folder; `undefined` where git does not say. */
  visitStaged(
    folder: string,
    options: Pick<VisitOptions, 'signal' | 'visit' | 'visitBytes'>,
  ): Promise<VisitTally | undefined>;
}

/** The pre-commit hook of a folder's repository; `elsewhere`: the user has all hooks in a folder of their own. */
export type HookState =
  | { readonly kind: 'free' | 'ours' | 'others'; readonly file: string }
  | { readonly kind: 'elsewhere'; readonly folder: string }
  | { readonly kind: 'no-repository' };

export interface CommitHooks {
  state(folder: string): Promise<HookState>;
  /** A hook that is there stays, byte by byte, under another name. False where it could not be written. */
  add(file: string, text: string): Promise<boolean>;
  /** Takes our part out, and gives the hook that was there before its name again. False where that failed. */
  remove(file: string): Promise<boolean>;
}

/** What a search for keys needs from the outside. */
export interface ScanPorts {
  readonly keys: Pick<KeyStore, 'readAll'>;
  readonly tree: FileTree;
  readonly git: VersionControl;
  /** Whether keys may be read and git be run here. */
  readonly isTrusted: () => boolean;
}
