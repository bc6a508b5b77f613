import { button, element } from '../shared/dom';
import { byteSize } from '../shared/text';
import { JsonTree } from './jsonTree';
import { JsonView } from './jsonView';
import type { ShownAnswer } from './protocol';
import type { Post } from './summary';
import { TextView } from './textView';

/** A body: as a tree where it is JSON, else as text. */
export function textOrTree(text: string, label: string, post: Post, ...tools: HTMLElement[]): HTMLElement {
  const json = JsonTree.parse(text);
  if (json)
    return new JsonView(json, label, (copied) => post({ kind: 'copy', text: copied }), ...tools).element;
  return new TextView(text, label, ...tools).element;
}

/** The body of the response, with what there is to know of it. */
export function answerBody({ exchange }: ShownAnswer, received: string | undefined, post: Post): HTMLElement {
  const response = exchange?.response;
  if (!response) return element('p', { class: 'note' }, 'No response arrived.');
  if (received === undefined)
    return element(
      'p',
      { class: 'note' },
      `The response broke off: ${byteSize(response.size)} arrived, and are not kept.`,
    );
  if (received === '') return element('p', { class: 'note' }, 'The response has no body.');
  const open = button('Open in Editor', () => post({ kind: 'open-editor' }), { class: 'link' });
  const body = textOrTree(received, 'Response body', post, open);
  if (response.isUtf8) return body;
  const note = element(
    'p',
    { class: 'note warning' },
    'The body is not UTF-8: what could not be read is shown as \ufffd.',
  );
  return element('div', { class: 'body' }, note, body);
}
