import { languages, workspace, Uri, type TextDocument } from 'vscode';

/** What the names of request files end with. */
export const REQUEST_FILE_ENDING = '.invoice.json';

const REQUEST_FILES = `**/*${REQUEST_FILE_ENDING}`;

/** Of the samples that come with the extension, which are read-only. */
export const SAMPLE_SCHEME = 'eccaex-sample';

/** What responses are shown under as documents. */
export const RESPONSE_SCHEME = 'eccaex-response';

/** Of the documents that show what was sent before. */
export const HISTORY_SCHEME = 'eccaex-history';

/** Of the documents that show what endpoints return. */
export const ENDPOINT_SCHEME = 'eccaex-endpoint';

const NO_REQUESTS = new Set(['output', 'git', HISTORY_SCHEME, ENDPOINT_SCHEME, RESPONSE_SCHEME]);

export const NO_SOURCES = '**/{node_modules,.git}/**';

/** Whether a document gets validation by itself, whatever its language mode is. */
export function isRequestDocument(document: TextDocument): boolean {
  if (NO_REQUESTS.has(document.uri.scheme)) return false;
  if (unnamed.has(document)) return true;
  return patterns(document.uri).some((pattern) => languages.match({ pattern }, document) > 0);
}

/** Documents that are requests, and have no name yet that says so. */
const unnamed = new WeakSet<TextDocument>();

/** From its next change on, a document is a request whatever its name is. */
export function treatAsRequest(document: TextDocument): void {
  unnamed.add(document);
}

/** A document that a person may well mean to send: a request file, any JSON, or text that begins as JSON does. */
export function isSendable(document: TextDocument): boolean {
  if (NO_REQUESTS.has(document.uri.scheme)) return false;
  return (
    document.languageId === 'json' ||
    document.languageId === 'jsonc' ||
    isRequestDocument(document) ||
    /^\s*[{[]/.test(document.lineAt(0).text)
  );
}

/** All request files in folders of the workspace and below them, by path. */
export async function requestFilesIn(folders: readonly Uri[]): Promise<Uri[]> {
  const below = folders.map((folder) => `${folder.toString().replace(/\/$/, '')}/`);
  const all = await findRequestFiles();
  return all.filter((uri) => below.some((start) => uri.toString().startsWith(start)));
}

/** The request files of the workspace, by path. */
export async function findRequestFiles(): Promise<Uri[]> {
  const found = await Promise.all(patterns().map((pattern) => workspace.findFiles(pattern, NO_SOURCES)));
  const byUri = new Map(found.flat().map((uri) => [uri.toString(), uri]));
  const { compare } = new Intl.Collator();
  return [...byUri.values()].sort((a, b) => compare(a.path, b.path));
}

/** Tells of request files that come, go or change on the disk. */
export function watchRequestFiles(listener: (uri: Uri) => void): { dispose(): unknown } {
  const watchers = patterns().flatMap((pattern) => {
    const watcher = workspace.createFileSystemWatcher(pattern);
    return [
      watcher,
      watcher.onDidCreate(listener),
      watcher.onDidDelete(listener),
      watcher.onDidChange(listener),
    ];
  });
  return {
    dispose: () => {
      for (const watcher of watchers) watcher.dispose();
    },
  };
}

export async function hasRequestFiles(): Promise<boolean> {
  for (const pattern of patterns()) {
    if ((await workspace.findFiles(pattern, NO_SOURCES, 1)).length > 0) return true;
  }
  return false;
}

/** `file:` and other URIs, or a path. */
export function uriOf(text: string): Uri {
  return /^[a-z][a-z0-9+.-]+:/i.test(text) ? Uri.parse(text) : Uri.file(text);
}

function patterns(scope?: Uri): string[] {
  const more = workspace.getConfiguration('eccaex', scope).get<unknown>('requestFiles');
  return [
    REQUEST_FILES,
    ...(Array.isArray(more) ? more.filter((pattern) => typeof pattern === 'string') : []),
  ];
}

export function openDocument(uri: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri);
}
