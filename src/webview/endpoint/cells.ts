import type { Cell } from '../../core/endpoints/table';
import { element } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { shownText } from '../shared/text';

/** Documented statuses of withdrawals. Source: the vendor's page on withdrawals. */
const STATUS_ICON: Readonly<Record<string, IconName>> = {
  pending: 'spinner',
  success: 'check',
  failed: 'cross',
  cancelled: 'stop',
};

/** A value as people read it; what stands behind it is in the title. */
export function contentOf({ text, kind }: Cell): Node {
  switch (kind) {
    case 'status':
      return statusOf(text);
    case 'time':
      return timeOf(text);
    case 'decimal':
    case 'id':
    case 'text':
      return document.createTextNode(shownText(text));
  }
}

/** An empty space as wide as the decimals that a number lacks, so that the points stand below one another. */
export function padding(text: string, mostDecimals: number): Node | undefined {
  const missing = mostDecimals - decimalsOf(text);
  if (missing <= 0) return undefined;
  const digits = '0'.repeat(missing);
  const lacking = decimalsOf(text) === 0 ? `.${digits}` : digits;
  return element('span', { class: 'padding', 'aria-hidden': 'true' }, lacking);
}

export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function statusOf(text: string): Node {
  const name = Object.hasOwn(STATUS_ICON, text) ? STATUS_ICON[text] : undefined;
  if (name === undefined) return document.createTextNode(shownText(text));
  return element('span', { class: `status ${text}` }, icon(name), text);
}

/** Only a time that says its zone is one. */
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

function timeOf(text: string): Node {
  const date = TIME.test(text) ? new Date(text) : undefined;
  if (!date || Number.isNaN(date.getTime())) return document.createTextNode(shownText(text));
  const utc = date.toISOString();
  return element(
    'time',
    { datetime: utc, title: `${utc.slice(0, 19).replace('T', ' ')} UTC` },
    localTime(date),
  );
}

/** `2026-01-05 10:30:00`, in the time zone of whoever looks. */
export function localTime(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
