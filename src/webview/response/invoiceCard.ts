import { encode } from 'uqr';
import { buttonsOf } from '../shared/actions';
import { button, element, svg } from '../shared/dom';
import type { ShownInvoice } from './protocol';
import { clipped, shownText } from '../shared/text';
import type { Post } from './summary';
import { BUTTONS } from '../../core/sharedWords';

/** Characters of a value that the card shows. */
const LONGEST = 200;

/** The invoice that was created: what it is, and the way to its payment page. */
export function invoiceCard(invoice: ShownInvoice, post: Post): HTMLElement {
  const { amount, currency, status, ids, paymentLink, isPayable, isWebLink } = invoice;
  const rows = ids.flatMap(([name, value]) => [
    element('dt', {}, name),
    element('dd', {}, value === '' ? '' : inShort(value), ' ', copyOf(name, value, post)),
  ]);
  return element(
    'section',
    { class: 'card', 'aria-label': 'Invoice' },
    element(
      'div',
      { class: 'card-text' },
      element(
        'p',
        { class: 'amount' },
        `${inShort(amount)} ${inShort(currency)}`,
        status === '' ? undefined : element('span', { class: 'badge' }, inShort(status)),
      ),
      element('dl', {}, ...rows, element('dt', {}, 'payment link'), element('dd', {}, inShort(paymentLink))),
      isWebLink
        ? buttonsOf([
            { label: BUTTONS.openPaymentLink, act: () => post({ kind: 'open-link' }) },
            ...(isPayable ? [{ label: BUTTONS.simulatePayment, act: () => post({ kind: 'simulate' }) }] : []),
            { label: BUTTONS.copyLink, act: () => post({ kind: 'copy-link' }) },
          ])
        : element('p', { class: 'note' }, 'The payment link is not a web address.'),
    ),
    isWebLink ? qrCode(paymentLink) : undefined,
  );
}

function copyOf(name: string, value: string, post: Post): HTMLElement {
  return button('Copy', () => post({ kind: 'copy', text: value }), {
    class: 'link',
    'aria-label': `Copy ${name}`,
  });
}

function inShort(text: string): string {
  const { start, left } = clipped(text, LONGEST);
  return shownText(start) + (left > 0 ? '…' : '');
}

/** Dark on light in every theme, as cameras need it. */
function qrCode(link: string): HTMLElement | SVGElement | undefined {
  const code = codeOf(link);
  if (!code) return undefined;
  const { size, data } = code;
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return svg(
    'svg',
    { class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': 'QR code of the payment link' },
    svg('rect', { width: size, height: size, fill: '#fff' }),
    svg('path', { d: dark.join(''), fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
}

/** `undefined` for a link that is too long for any QR code. */
function codeOf(link: string): ReturnType<typeof encode> | undefined {
  try {
    return encode(link, { ecc: 'M', border: 3 });
  } catch {
    return undefined;
  }
}
