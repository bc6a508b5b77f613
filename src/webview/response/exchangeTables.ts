import type { Exchange, Header } from '../../core/report/exchange';
import { element } from '../shared/dom';
import { duration, shownText } from '../shared/text';
import type { ShownAnswer } from './protocol';
import { waterfall } from './waterfall';

/** Headers, and where not all of them are kept, that this is so. */
export function headersOf(headers: readonly Header[], label: string, { kept }: ShownAnswer): HTMLElement {
  const table = headersTable(headers, label);
  if (kept === undefined) return table;
  const words = 'The history keeps no headers that can hold a secret, such as that of the API key.';
  return element('div', {}, table, element('p', { class: 'note' }, words));
}

function headersTable(headers: readonly Header[], label: string): HTMLElement {
  if (headers.length === 0) return element('p', { class: 'note' }, 'There are no headers.');
  return element(
    'table',
    { class: 'headers', 'aria-label': label },
    element(
      'tbody',
      {},
      ...headers.map(({ name, value }) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, shownText(name)),
          element('td', {}, shownText(value)),
        ),
      ),
    ),
  );
}

/** One row for each part of the time, as long as it took, where it was. */
export function timeTable({ timings }: Exchange): HTMLElement {
  const rows = waterfall(timings).map(({ part, label, ms, from, share }) => {
    const bar = element('span', { class: part });
    bar.style.marginLeft = `${from * 100}%`;
    bar.style.width = `${share * 100}%`;
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, label),
      element('td', { class: 'lane' }, element('span', { class: 'bar' }, bar)),
      element('td', { class: 'ms' }, duration(ms)),
    );
  });
  const total = element(
    'tr',
    { class: 'total' },
    element('th', { scope: 'row' }, 'Total'),
    element('td', {}),
    element('td', { class: 'ms' }, duration(timings.total)),
  );
  const isReused = timings.dns === undefined && timings.connect === undefined && timings.tls === undefined;
  return element(
    'div',
    {},
    element('table', { class: 'waterfall', 'aria-label': 'Time' }, element('tbody', {}, ...rows, total)),
    isReused
      ? element('p', { class: 'note' }, 'The connection was open already: no DNS, connect or TLS.')
      : undefined,
  );
}
