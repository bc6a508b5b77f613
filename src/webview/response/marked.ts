import { element } from '../shared/dom';
import { partsAround } from './search';
import { shownText } from '../shared/shownText';

/** A text with what is sought in it marked. */
export function marked(className: string, text: string, query: string): HTMLElement {
  const parts = partsAround(text, query).map(shownText);
  return element(
    'span',
    { class: className },
    ...parts.map((part, place) => (place % 2 === 1 ? element('mark', {}, part) : part)),
  );
}
