import { FileType, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import path from 'node:path';
import { keyVariable, webhookSecretVariable, type Environment } from '../../core/environments/environment';
import { ignorePattern, withPattern } from '../../core/leaks/commitHook';
import { placeholderEdit } from '../../core/leaks/placeholder';
import { readArguments } from '../shell/commandArguments';
import { toRange, fileNameOf } from '../shell/convert';
import { openDocument } from '../shell/requestDocuments';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { pickEnvironment } from '../shell/environmentLabels';
import { storeKey } from '../keys/keyCommands';
import { SANDBOX_HAS_KEYS } from '../../core/sharedWords';
import { pickRemoteEnvironment, storeWebhookSecret } from '../webhooks/webhookSecrets';

/** Moves a key or a webhook secret that is written in a document to SecretStorage; `index` is its offset. True where that was done. */
export async function moveKey(services: Services, first: unknown): Promise<boolean> {
  const { uris: [uri] = [], index, environment: given } = readArguments(first);
  const document = uri && openDocument(uri.toString());
  const known = uri && services.leaks.of(uri.toString());
  if (!document || known?.version !== document.version) return false;
  const leak = known.leaks.find((one) => one.leak.offset === index)?.leak;
  if (!leak || (leak.code === 'key-literal' && !leak.isCertain)) return false;
  const value = document.getText().slice(leak.offset, leak.offset + leak.length);
  // As an API key a webhook secret would be sent.
  const variable = leak.isWebhookSecret
    ? await storeSecretOf(services, value)
    : await storeKeyOf(services, value, given);
  if (variable === undefined) return false;
  const text = document.getText();
  if (text.slice(leak.offset, leak.offset + leak.length) !== value) return false;
  const { span, text: placeholder } = placeholderEdit(text, leak, document.languageId, variable);
  const edit = new WorkspaceEdit();
  const start = document.positionAt(span.offset);
  edit.replace(
    document.uri,
    toRange({ start, end: document.positionAt(span.offset + span.length) }),
    placeholder,
  );
  return workspace.applyEdit(edit);
}

/** Gives the variable that stands for the key from now on; `undefined` where it was not stored. */
async function storeKeyOf(
  services: Services,
  value: string,
  given: Environment | undefined,
): Promise<string | undefined> {
  const environment = given ?? (await pickEnvironment(services, 'Which environment is this key for?'));
  if (!environment) return undefined;
  if (environment === 'sandbox') {
    void notify.info(SANDBOX_HAS_KEYS);
    return undefined;
  }
  const stored = await storeKey(services, environment, value, given === undefined);
  return stored?.done === true ? keyVariable(environment) : undefined;
}

/** A person picks the environment, whatever the command names: with a secret of others their webhooks would verify. */
async function storeSecretOf(services: Services, value: string): Promise<string | undefined> {
  const environment = await pickRemoteEnvironment('Which environment is this webhook secret for?');
  const stored = environment && (await storeWebhookSecret(services, environment, value));
  return stored?.done === true ? webhookSecretVariable(stored.environment) : undefined;
}

/** Adds one line for a file to the `.gitignore` of its repository, or of its workspace folder. */
export async function ignoreFile(services: Services, first: unknown): Promise<boolean> {
  const { uris: [uri] = [] } = readArguments(first);
  const folder = uri && workspace.getWorkspaceFolder(uri)?.uri;
  if (!uri || !folder) return false;
  const root = services.git.rootOf(uri.fsPath);
  // What is above the workspace is none of ours to change.
  const home = root?.startsWith(folder.fsPath) === true ? Uri.file(root) : folder;
  const pattern = ignorePattern(path.relative(home.fsPath, uri.fsPath).split(path.sep).join('/'));
  const target = Uri.joinPath(home, '.gitignore');
  if (pattern === undefined || (await isLink(target))) {
    void notify.error(`${fileNameOf(uri.toString())} cannot be added to .gitignore.`);
    return false;
  }
  if (!(await exists(target))) await workspace.fs.writeFile(target, new Uint8Array());
  const document = await workspace.openTextDocument(target);
  const edit = new WorkspaceEdit();
  const end = document.positionAt(document.getText().length);
  edit.replace(
    target,
    toRange({ start: { line: 0, character: 0 }, end }),
    withPattern(document.getText(), pattern),
  );
  const done = (await workspace.applyEdit(edit)) && (await document.save());
  if (done) window.setStatusBarMessage(`$(check) Added to .gitignore`, 3000);
  return done;
}

async function isLink(uri: Uri): Promise<boolean> {
  return ((await typeOf(uri)) ?? 0) >= FileType.SymbolicLink;
}

async function exists(uri: Uri): Promise<boolean> {
  return (await typeOf(uri)) !== undefined;
}

async function typeOf(uri: Uri): Promise<FileType | undefined> {
  try {
    return (await workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}
