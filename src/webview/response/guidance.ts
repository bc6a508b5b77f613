import { buttonsOf } from '../shared/actions';
import { element } from '../shared/dom';
import { counted, shownText } from '../shared/text';
import { icon } from '../shared/icons';
import type { ShownAnswer, ShownProblem } from './protocol';
import type { Post } from './summary';

/** What is wrong, what to do about it, and buttons that do it. */
export function guidanceOf({ problems, moreProblems }: ShownAnswer, post: Post): HTMLElement | undefined {
  if (problems.length === 0) return undefined;
  const more =
    moreProblems === 0
      ? []
      : [element('p', {}, `${counted(moreProblems, 'more problem')}: see the Problems view.`)];
  return element(
    'div',
    { class: 'problems' },
    ...problems.map((problem, place) => problemOf(problem, place, post)),
    ...more,
  );
}

function problemOf(problem: ShownProblem, place: number, post: Post): HTMLElement {
  const { severity, code, message, guidance, fixes, isEdited } = problem;
  const steps = guidance.map((step) => element('li', {}, step));
  return element(
    'section',
    { class: `problem ${severity}`, 'aria-label': shownText(code) },
    element(
      'p',
      { class: 'message' },
      icon(severity === 'error' ? 'cross' : 'warning'),
      element('span', {}, shownText(message), ' ', element('code', {}, shownText(code))),
    ),
    steps.length > 0 ? element('ol', {}, ...steps) : undefined,
    isEdited ? element('p', { class: 'note' }, 'The request was edited since it was sent.') : undefined,
    buttonsOf([
      ...fixes.map(({ id, title }) => ({
        label: shownText(title),
        act: () => post({ kind: 'fix', place, id }),
      })),
      { label: 'Show in File', act: () => post({ kind: 'problem', place }) },
      { label: 'EccaEx Docs', act: () => post({ kind: 'docs', place }) },
    ]),
  );
}
