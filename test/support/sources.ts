import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { encodingOf, LARGEST_FILE, textOf } from '../../src/adapters/files/text';

/** The texts of all files below a folder that the search for keys takes as texts, packages of others included. */
export function* textsBelow(folder: string): Generator<{ readonly file: string; readonly text: string }> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    const text = bytes.length > LARGEST_FILE ? undefined : textOf(bytes, encodingOf(bytes));
    if (text !== undefined) yield { file, text };
  }
}
