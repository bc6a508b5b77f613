import {
  Disposable,
  EventEmitter,
  FileSystemError,
  Uri,
  workspace,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
} from 'vscode';

const READ_ONLY = (uri: Uri): never => {
  throw FileSystemError.NoPermissions(uri);
};

/** The files of a folder as read-only files of a scheme: `SCHEME:/1-created.invoice.json`. */
export class SampleFiles implements FileSystemProvider {
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly createDirectory = READ_ONLY;
  readonly writeFile = READ_ONLY;
  readonly delete = READ_ONLY;
  readonly rename = READ_ONLY;

  constructor(
    private readonly scheme: string,
    private readonly folder: Uri,
  ) {}

  register(): Disposable {
    return workspace.registerFileSystemProvider(this.scheme, this, { isReadonly: true });
  }

  /** Nothing changes while the extension runs. */
  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  stat(uri: Uri): Thenable<FileStat> {
    return workspace.fs.stat(this.#source(uri));
  }

  readDirectory(uri: Uri): Thenable<[string, number][]> {
    return workspace.fs.readDirectory(this.#source(uri));
  }

  readFile(uri: Uri): Thenable<Uint8Array> {
    return workspace.fs.readFile(this.#source(uri));
  }

  /** A name alone: no path leads out of the folder. */
  #source({ path }: Uri): Uri {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return name === '' || name === '..' ? this.folder : Uri.joinPath(this.folder, name);
  }
}
