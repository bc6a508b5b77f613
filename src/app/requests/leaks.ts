import { parseDocument, type RequestDocument } from '../../core/document/document';
import { spanAt, stepsOf } from '../../core/document/pointer';
import type { Environment } from '../../core/environments/environment';
import type { OwnedKey } from '../../core/leaks/keyFinder';
import type { DocumentProblem } from '../../core/problems/problem';
import { keyInFile } from '../../core/validate/keyInFile';
import { type Draft, perDocument } from './drafts';
import type { StoredKeys } from '../ports';

/** Each stored key once: one that several environments have counts for `first`, or the first of them. */
export function keysToFind({ keys }: StoredKeys, first: Environment): readonly OwnedKey[] {
  const own = keys.filter(({ environment }) => environment === first);
  const found: OwnedKey[] = [];
  for (const owned of [...own, ...keys])
    if (!found.some(({ key }) => key.equals(owned.key))) found.push(owned);
  return found;
}

/** Looks for keys in the texts of drafts. A key speaks against the one request that holds it. */
export function withLeaks(
  drafts: readonly Draft[],
  keys: readonly OwnedKey[],
  variables: Readonly<Record<string, string>>,
): Draft[] {
  const leaksOf = perDocument((document) => leaksIn(document, keys, variables));
  return drafts.map((draft) => {
    if (draft.body !== undefined) return { ...draft, leaks: leaksInBody(draft, draft.body, keys) };
    const { all, byIndex } = leaksOf(draft.document);
    return { ...draft, leaks: draft.isWholeText ? all : (byIndex.get(draft.index) ?? []) };
  });
}

/** A body that is sent again exactly can hold a key that was stored since. It shows where that value is now. */
function leaksInBody(
  { document, request }: Draft,
  body: string,
  keys: readonly OwnedKey[],
): DocumentProblem[] {
  const sent = parseDocument(body);
  return keys
    .flatMap(({ key, environment }) => keyInFile(sent, key, environment))
    .map((leak) => {
      const pointer = `${request?.pointer ?? ''}${leak.pointer}`;
      return { ...leak, pointer, span: spanAt(document, pointer) };
    });
}

function leaksIn(
  document: RequestDocument,
  keys: readonly OwnedKey[],
  variables: Readonly<Record<string, string>>,
) {
  const all = keys
    .flatMap(({ key, environment }) => keyInFile(document, key, environment, variables))
    .sort((a, b) => a.span.offset - b.span.offset);
  const byIndex = new Map<number, DocumentProblem[]>();
  for (const leak of all) {
    const index = document.root?.type === 'array' ? Number(stepsOf(leak.pointer)[0] ?? 0) : 0;
    const own = byIndex.get(index);
    if (own) own.push(leak);
    else byIndex.set(index, [leak]);
  }
  return { all, byIndex };
}
