import type { FileReading, RequestFiles } from '../app/ports';
import { UnreadableError } from './commands';
import { harmless } from './harmless';
import type { World } from './world';

/** The files of a command line, as they were when it began. */
export interface Sources {
  /** Each file once, in the order in which they were typed. */
  readonly uris: readonly string[];
  /** A file as it was typed first. */
  readonly nameOf: (uri: string) => string;
  readonly files: RequestFiles;
}

/**
 * Reads every file of a command line before anything is done with one of them. Throws {@link UnreadableError}
 * that names those that cannot be read. A file that is named twice counts once: a send would create two invoices.
 */
export async function readSources(
  names: readonly string[],
  world: Pick<World, 'uriOf' | 'files'>,
): Promise<Sources> {
  const typed = new Map<string, string>();
  for (const name of names) {
    const uri = world.uriOf(name);
    if (!typed.has(uri)) typed.set(uri, name);
  }
  const readings = new Map<string, FileReading>();
  const faults: string[] = [];
  for (const [uri, name] of typed) {
    const reading = await world.files.read(uri);
    readings.set(uri, reading);
    if (!reading.ok && reading.fault === 'unreadable')
      faults.push(harmless(`Cannot read ${name}: ${reading.detail}.`));
  }
  if (faults.length > 0) throw new UnreadableError(faults.join('\n'));
  const missing: FileReading = { ok: false, fault: 'unreadable', detail: 'it was not asked for' };
  return {
    uris: [...typed.keys()],
    nameOf: (uri) => typed.get(uri) ?? uri,
    files: { read: (uri) => Promise.resolve(readings.get(uri) ?? missing) },
  };
}
