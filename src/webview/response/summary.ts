import { exactMomentOf } from '../../core/times';
import { button, element } from '../shared/dom';
import { byteSize, duration, shownText } from '../shared/text';
import { icon, OUTCOME_ICON } from '../shared/icons';
import type { FromView, ShownAnswer, ShownRequest } from './protocol';
import { waterfall } from './waterfall';

const KEPT: Readonly<Record<NonNullable<ShownAnswer['kept']>, string>> = {
  whole: 'from the history',
  shortened: 'from the history, large bodies shortened',
  redacted: 'from the history, keys taken out',
};

export type Post = (message: FromView) => void;

/** What came of the send, in words, color and icon, and the facts of it in one line. */
export function summaryOf(answer: ShownAnswer): HTMLElement {
  const { exchange, status, requestId } = answer;
  const facts = [
    element('span', { class: `environment ${answer.environment}` }, answer.environment),
    element('span', {}, shownText(answer.host)),
    status === undefined ? undefined : element('span', {}, status),
    exchange && element('span', { class: 'time' }, duration(exchange.timings.total), barOf(answer)),
    exchange?.response && element('span', {}, byteSize(exchange.response.size)),
    element(
      'time',
      { datetime: answer.at, title: answer.at },
      exactMomentOf(new Date(answer.at), new Date()),
    ),
    requestId === undefined ? undefined : element('span', {}, 'request ', shownText(requestId)),
    answer.kept && element('span', {}, KEPT[answer.kept]),
  ].filter((fact) => fact !== undefined);
  return element(
    'div',
    { class: `summary-line ${answer.outcome}` },
    headlineOf(answer),
    element('div', { class: 'facts' }, ...facts),
  );
}

function headlineOf({ outcome, headline, code }: ShownAnswer): HTMLElement {
  return element(
    'h1',
    {},
    icon(OUTCOME_ICON[outcome]),
    element('span', {}, headline),
    code === undefined ? undefined : element('code', {}, shownText(code)),
  );
}

/** The request is on its way: what came of an earlier send is not shown meanwhile. */
export function sendingOf(
  state: Extract<ShownRequest['state'], { kind: 'sending' }>,
  post: Post,
): HTMLElement {
  const seconds = element('span', { class: 'seconds', 'aria-hidden': 'true' });
  const tick = () => {
    const ms = Date.now() - Date.parse(state.since);
    seconds.textContent = `${Math.max(0, Math.floor(ms / 1000))} s`;
  };
  tick();
  const timer = setInterval(() => (seconds.isConnected ? tick() : clearInterval(timer)), 1000);
  return element(
    'div',
    { class: 'summary-line sending' },
    element('h1', {}, icon('spinner'), element('span', {}, 'Sending…'), seconds),
    element(
      'div',
      { class: 'facts' },
      element('span', { class: `environment ${state.environment}` }, state.environment),
      element('span', {}, state.host),
    ),
    state.isOwn
      ? element(
          'div',
          { class: 'buttons' },
          button('Cancel', () => post({ kind: 'cancel' })),
        )
      : element('p', { class: 'note' }, 'Another window sends it, and can stop it.'),
  );
}

export function unknownOf(name: string, post: Post): HTMLElement {
  return element(
    'div',
    { class: 'summary-line unknown' },
    element('h1', {}, icon('question'), element('span', {}, 'No response is known')),
    element('p', {}, `${name} has not been sent, or its response is no longer kept. Send it to see one.`),
    element(
      'div',
      { class: 'buttons' },
      button('Send Invoice Request', () => post({ kind: 'send' })),
    ),
  );
}

/** Keeps the view with this request, whatever is sent. */
export function pinOf({ isPinned }: ShownRequest, post: Post): HTMLElement {
  return button('Pin', () => post({ kind: 'pin' }), {
    class: 'pin',
    'aria-pressed': String(isPinned),
    'data-focus': 'pin',
    title: isPinned ? 'Show the latest send again' : 'Keep showing this request',
  });
}

/** The time as one bar; the tab has the numbers. */
function barOf({ exchange }: ShownAnswer): HTMLElement | undefined {
  if (!exchange) return undefined;
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  for (const { part, label, ms, share } of waterfall(exchange.timings)) {
    const piece = element('span', { class: part, title: `${label} ${duration(ms)}` });
    piece.style.width = `${share * 100}%`;
    bar.append(piece);
  }
  return bar;
}
