import type { ApiKey } from '../environments/apiKey';
import type { Environment } from '../environments/environment';
import type { RequestDocument } from '../document/document';
import type { DocumentProblem } from '../problems/problem';

/** Every place where the key itself stands in the text. */
export function keyInFile(
  { text }: RequestDocument,
  key: ApiKey,
  environment: Environment,
): DocumentProblem[] {
  const value = key.reveal();
  const problems: DocumentProblem[] = [];
  for (let offset = text.indexOf(value); offset >= 0; offset = text.indexOf(value, offset + value.length)) {
    const span = { offset, length: value.length };
    problems.push({ kind: 'key-in-file', arguments: { environment }, pointer: '', span });
  }
  return problems;
}
