import type { Node } from 'jsonc-parser';
import type { ApiKey } from '../environments/apiKey';
import type { Environment } from '../environments/environment';
import { isSandboxKey } from '../environments/sandboxKeys';
import { KeyFinder } from '../leaks/keyFinder';
import type { RequestDocument } from '../document/document';
import { withVariables } from '../document/placeholders';
import type { Span } from '../document/positions';
import type { DocumentProblem } from '../problems/problem';

/**
 * Every place where the key itself stands in the text, in the order of the text. A string that holds it
 * in another way, by escapes or by a variable, counts as a whole. The keys of the sandbox are no secrets.
 */
export function keyInFile(
  { root, text }: RequestDocument,
  key: ApiKey,
  environment: Environment,
  variables: Readonly<Record<string, string>> = {},
): DocumentProblem[] {
  if (isSandboxKey(key)) return [];
  const value = key.reveal();
  const spans: Span[] = new KeyFinder([{ environment, key }]).find(text);
  for (const string of root ? stringsIn(root) : []) {
    const isPlain = text.slice(string.offset, string.offset + string.length).includes(value);
    if (!isPlain && withVariables(String(string.value), variables).includes(value)) spans.push(string);
  }
  return spans
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, length }) => ({
      kind: 'key-in-file',
      arguments: { environment },
      pointer: '',
      span: { offset, length },
    }));
}

/** Names of members too. */
function* stringsIn(node: Node): Generator<Node> {
  if (node.type === 'string') yield node;
  for (const child of node.children ?? []) yield* stringsIn(child);
}
