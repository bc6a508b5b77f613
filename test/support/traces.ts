import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What a text can look like in a file: as it is, in UTF-16, in URLs, and in base64 wherever it begins in a group of three. */
function formsOf(text: string): Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${' '.repeat(shift)}${text}`).toString('base64');
    // The first and the last group hold bits of what stands beside the text.
    return encoded.slice(shift === 0 ? 0 : 4, Math.floor(encoded.length / 4) * 4 - 4);
  });
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(encodeURIComponent(text)),
    ...base64.map((encoded) => Buffer.from(encoded)),
  ];
}

/** Whether a text or some bytes hold another text in any form. */
export function holds(content: string | Buffer, text: string): boolean {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return formsOf(text).some((form) => bytes.includes(form));
}

/** A file below a folder, and the text that it holds. */
export interface Trace {
  readonly file: string;
  readonly text: string;
}

/** A file's content; none where it is gone by now: programs that have just ended clean up after themselves. */
async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The files below a folder that hold some text in any form, and how many files were looked at. */
export async function filesWith(
  folder: string,
  texts: readonly string[],
): Promise<{ found: Trace[]; searched: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const found: Trace[] = [];
  let searched = 0;
  for (const file of files) {
    const bytes = await contentOf(file);
    if (bytes === undefined) continue;
    searched += 1;
    for (const text of texts) if (holds(bytes, text)) found.push({ file: path.relative(folder, file), text });
  }
  return { found, searched };
}
