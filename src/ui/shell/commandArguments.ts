import { Uri } from 'vscode';
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
