import type { Node } from 'jsonc-parser';
import { parseDocument, requestWithIndex, type RequestDocument, type RequestNode } from './document';
import { hasPlaceholder } from './placeholders';
import { membersOf } from './pointer';

/**
 * The request of a text that a body came from, with nothing but the body and its place at that time to go by: the one
 * with its external_id, else the one whose values, placeholders aside, are all those of the body. `undefined` where a
 * batch has no such request, or several that cannot be told apart and none of them at the old place.
 */
export function requestOfBody(
  body: string,
  index: number,
  document: RequestDocument,
): RequestNode | undefined {
  if (document.root?.type === 'object') return document.requests[0];
  const sent = parseDocument(body).requests[0];
  if (!sent) return undefined;
  const id = textOf(valueNamed(sent.node, 'external_id'));
  const same = document.requests.filter(({ node }) => {
    const own = textOf(valueNamed(node, 'external_id'));
    return id !== undefined && own !== undefined && !hasPlaceholder(own) && own === id;
  });
  const found = same.length > 0 ? same : document.requests.filter(({ node }) => canBecome(node, sent.node));
  const [only, ...more] = found;
  return more.length === 0 ? only : found.find((one) => one === requestWithIndex(document, index));
}

/** Whether a request has the members of another one, in so far as it says their values. */
function canBecome(template: Node, sent: Node): boolean {
  const members = membersOf(template);
  return (
    members.length === membersOf(sent).length &&
    members.every(({ name, value }) => {
      const [own, other] = [textOf(value), textOf(valueNamed(sent, name))];
      return own !== undefined && other !== undefined && isSameOrResolved(own, other);
    })
  );
}

/** What stands before the first placeholder and behind the last one stays when they are resolved. */
function isSameOrResolved(template: string, text: string): boolean {
  if (!hasPlaceholder(template)) return template === text;
  const start = template.slice(0, template.indexOf('{{'));
  const end = template.slice(template.lastIndexOf('}}') + 2);
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

function valueNamed(request: Node, name: string): Node | undefined {
  return membersOf(request).findLast((member) => member.name === name)?.value;
}

function textOf(value: Node | undefined): string | undefined {
  return value?.type === 'string' ? String(value.value) : undefined;
}
