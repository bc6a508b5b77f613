import { readdirSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from './paths';

/** The absolute paths of the test files below a folder of `test/`, in order. */
export function testFiles(tier: string): string[] {
  const folder = path.join(PROJECT, 'test', tier);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .map((file) => path.join(folder, file));
}
