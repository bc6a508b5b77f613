import { button, element } from './dom';

/** What a person can do about something, and how that is said. */
export interface Action {
  readonly label: string;
  readonly act: () => void;
}

/** One primary button, one secondary, and all others behind “More…”. */
export function buttonsOf(actions: readonly Action[]): HTMLElement {
  const [first, second, ...others] = actions;
  const made = ({ label, act }: Action, kind: string) =>
    button(label, act, kind === '' ? {} : { class: kind });
  return element(
    'div',
    { class: 'buttons' },
    first && made(first, ''),
    second && made(second, 'secondary'),
    others.length === 0
      ? undefined
      : element(
          'details',
          { class: 'more' },
          element('summary', {}, 'More…'),
          ...others.map((other) => made(other, 'link')),
        ),
  );
}
