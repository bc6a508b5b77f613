import type { Pages } from '../../core/endpoints/pages';
import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { shownText } from '../shared/text';
import { localTime } from './cells';
import type { FromView, ShownCall, ShownFailure } from './protocol';

export type Post = (message: FromView) => void;

/** One button in several words: whoever presses it keeps the focus on it. */
const CALLS = { 'data-focus': 'call' };

/** A parameter is wrong, and its field says how. */
export function isInvalid(state: ShownCall['state']): state is ShownFailure {
  return state.kind === 'failed' && state.outcome === 'invalid';
}

/** What is called where, when it answered, and what can be done with it. */
export function headOf(call: ShownCall, post: Post): HTMLElement {
  const { label, title, environment, host, hasText, state } = call;
  const when =
    (state.kind === 'answered' || state.kind === 'failed') && !isInvalid(state)
      ? element('time', { datetime: state.at, title: state.at }, localTime(new Date(state.at)))
      : undefined;
  const act = (text: string, kind: 'refresh' | 'text') =>
    button(text, () => post({ kind }), {
      class: kind === 'refresh' ? '' : 'secondary',
      ...(kind === 'refresh' ? CALLS : {}),
    });
  return element(
    'header',
    {},
    element('h1', {}, title),
    element(
      'div',
      { class: 'facts' },
      element('span', { class: `environment ${environment}` }, environment),
      element('span', {}, shownText(host)),
      element('code', {}, shownText(label)),
      when,
      state.kind === 'answered' ? element('span', {}, `${state.durationMs} ms`) : undefined,
    ),
    element(
      'div',
      { class: 'buttons' },
      state.kind === 'calling'
        ? button('Cancel', () => post({ kind: 'cancel' }), CALLS)
        : act(when ? 'Refresh' : 'Call', 'refresh'),
      hasText ? act(state.kind === 'answered' ? 'As JSON' : 'As Text', 'text') : undefined,
      button('EccaEx Docs', () => post({ kind: 'docs' }), { class: 'link' }),
    ),
  );
}

export function pagerOf({ label, previous, next }: Pages, post: Post): HTMLElement {
  const to = (text: string, page: number | undefined) =>
    button(text, () => page !== undefined && post({ kind: 'page', page }), {
      class: 'secondary',
      disabled: page === undefined,
    });
  return element(
    'nav',
    { 'aria-label': 'Pages' },
    to('Previous', previous),
    element('span', {}, label),
    to('Next', next),
  );
}

/** What is wrong, what to do about it, and buttons that do it. */
export function failureOf(failure: ShownFailure, post: Post): HTMLElement {
  const { code, message, guidance, fixes, requestId, outcome } = failure;
  const isWrong = outcome === 'rejected' || outcome === 'blocked';
  return element(
    'section',
    { class: `problem ${isWrong ? 'error' : 'warning'}`, 'aria-label': shownText(code) },
    element(
      'p',
      { class: 'message' },
      icon(isWrong ? 'cross' : 'warning'),
      element('span', {}, shownText(message), ' ', element('code', {}, shownText(code))),
    ),
    guidance.length > 0 ? element('ol', {}, ...guidance.map((step) => element('li', {}, step))) : undefined,
    requestId === undefined
      ? undefined
      : element(
          'p',
          { class: 'note' },
          'Request id for support: ',
          element('code', {}, shownText(requestId)),
        ),
    element(
      'div',
      { class: 'buttons' },
      ...fixes.map((title, place) =>
        button(shownText(title), () => post({ kind: 'fix', place }), place > 0 ? { class: 'secondary' } : {}),
      ),
    ),
  );
}

export function notCalledOf(kind: 'idle' | 'calling'): HTMLElement {
  return kind === 'calling'
    ? element('p', { class: 'empty calling' }, icon('spinner'), 'Waiting for the response…')
    : element('p', { class: 'empty' }, 'Not called in this window yet.');
}

export function notSent(): HTMLElement {
  return element('p', { class: 'empty' }, 'Nothing was sent yet.');
}

/** Why a list is empty: its filters, its page, or that there is nothing. */
export function nothingOf({ title, query }: ShownCall, pages: Pages | undefined): HTMLElement {
  const what = title.toLowerCase();
  const isFiltered = query['status'] !== undefined || query['currency'] !== undefined;
  const words =
    pages && pages.page > 1
      ? `Page ${pages.page} has no ${what}.`
      : isFiltered
        ? `No ${what} match these filters.`
        : `The API returned no ${what}.`;
  return element('p', { class: 'empty' }, words);
}
