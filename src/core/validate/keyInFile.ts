import { findNodeAtOffset, getNodePath, type Node } from 'jsonc-parser';
import type { ApiKey } from '../environments/apiKey';
import type { Environment } from '../environments/environment';
import { isSandboxKey } from '../environments/sandboxKeys';
import { KeyFinder } from '../leaks/keyFinder';
import type { RequestDocument } from '../document/document';
import { withVariables } from '../document/placeholders';
import { pointerOf } from '../document/pointer';
import type { Span } from '../document/positions';
import type { DocumentProblem } from '../problems/problem';

/**
 * Every place where the key itself stands in the text, in the order of the text. A string that holds it
 * in another way, by escapes or by a variable, counts as a whole. The keys of the sandbox are no secrets.
 * The pointer of each leads to the value that holds it: to that of a member whose name does not hold the
 * key, for a pointer is shown to people.
 */
export function keyInFile(
  { root, text }: RequestDocument,
  key: ApiKey,
  environment: Environment,
  variables: Readonly<Record<string, string>> = {},
): DocumentProblem[] {
  if (isSandboxKey(key)) return [];
  const value = key.reveal();
  const finder = new KeyFinder([{ environment, key }]);
  const holdsKey = (string: unknown) => withVariables(String(string), variables).includes(value);
  const spans: Span[] = finder.find(text);
  for (const string of root ? stringsIn(root) : []) {
    const isPlain = text.slice(string.offset, string.offset + string.length).includes(value);
    if (!isPlain && holdsKey(string.value)) spans.push(string);
  }
  return spans
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, length }) => ({
      kind: 'key-in-file',
      arguments: { environment },
      pointer: pointerTo(
        root && findNodeAtOffset(root, offset),
        (name) => holdsKey(name) || finder.find(String(name)).length > 0,
      ),
      span: { offset, length },
    }));
}

function pointerTo(node: Node | undefined, holdsKey: (name: unknown) => boolean): string {
  const path = node ? getNodePath(node) : [];
  const secret = path.findIndex(holdsKey);
  return pointerOf(secret < 0 ? path : path.slice(0, secret));
}

/** Names of members too. */
function* stringsIn(node: Node): Generator<Node> {
  if (node.type === 'string') yield node;
  for (const child of node.children ?? []) yield* stringsIn(child);
}
