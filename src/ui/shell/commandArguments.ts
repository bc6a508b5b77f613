import { Uri, window } from 'vscode';
import { isEnvironment, type Environment } from '../../core/environments/environment';
import { isObject } from '../../core/json';
import { uriOf } from './requestDocuments';

/** What a command is given, by a menu, a key binding, a task or a fix. Anything else in it is left out. */
export interface CommandArguments {
  readonly environment?: Environment;
  readonly uris?: readonly Uri[];
  readonly index?: number;
  readonly variable?: string;
}

/** The arguments that a lens, a notification, a webview or a picker of ours gives to a command. */
const ours = new WeakSet<object>();

/**
 * Marks arguments as given by a surface that a person has just used. VS Code hands them to the command as the very
 * same object; what a task, a key binding or a link brings along is read from JSON and is another one.
 */
export function startedHere<Given extends object>(given: Given): Given {
  ours.add(given);
  return given;
}

/** Whether a person certainly started a command, as far as its arguments tell. */
export function isStartedByPerson(first: unknown, second?: unknown): boolean {
  if (first === undefined) return true;
  if (first instanceof Uri)
    return !Array.isArray(second) && first.toString() === window.activeTextEditor?.document.uri.toString();
  return isStartedHere(first);
}

/** Whether arguments are those of a surface of ours. */
export function isStartedHere(first: unknown): boolean {
  return typeof first === 'object' && first !== null && ours.has(first);
}

/** Reads `(uri)`, `(uri, selectedUris)` as menus give them, or one object. */
export function readArguments(first: unknown, second?: unknown): CommandArguments {
  if (first instanceof Uri) {
    const selected = Array.isArray(second) ? second.filter((uri) => uri instanceof Uri) : [];
    return { uris: selected.length > 0 ? selected : [first] };
  }
  if (!isObject(first)) return {};
  const { environment, uri, uris, index, variable } = first;
  const files = [...(Array.isArray(uris) ? (uris as unknown[]) : []), uri].flatMap((file) => {
    if (file instanceof Uri) return [file];
    return typeof file === 'string' && file !== '' ? [uriOf(file)] : [];
  });
  return {
    ...(isEnvironment(environment) ? { environment } : {}),
    ...(files.length > 0 ? { uris: files } : {}),
    ...(typeof index === 'number' && Number.isInteger(index) && index >= 0 ? { index } : {}),
    ...(typeof variable === 'string' ? { variable } : {}),
  };
}
