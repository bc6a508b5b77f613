import { exactMomentOf } from '../../core/times';
import { JsonTree } from '../response/jsonTree';
import { JsonView } from '../response/jsonView';
import { Tabs, type Tab } from '../response/tabs';
import { TextView } from '../response/textView';
import { button, element } from '../shared/dom';
import { replaceContent } from '../shared/focus';
import { icon } from '../shared/icons';
import { byteSize, clipped, duration, shownText } from '../shared/text';
import type { FromView, RestoredWebhook, ShownDelivery, ShownWebhook, ToView } from './protocol';

/** What VS Code gives to a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  setState(state: RestoredWebhook): void;
};

const vscode = acquireVsCodeApi();
const post = (message: FromView): void => vscode.postMessage(message);

const top = element('div', { class: 'top', tabindex: -1 });
const bottom = element('div', { class: 'bottom', tabindex: -1 });
const announcement = element('div', { class: 'for-readers', role: 'status' });

/** Of a value that is shown on one line, in UTF-16. */
const LONGEST = 300;

let shown: string | undefined;
let tab = 'event';

function show(webhook: ShownWebhook | undefined): void {
  const asText = JSON.stringify(webhook ?? null);
  if (asText === shown) return;
  shown = asText;
  if (!webhook) {
    replaceContent(top, element('p', { class: 'note' }, 'This webhook is no longer kept.'));
    replaceContent(bottom);
    return;
  }
  vscode.setState({ webhook: webhook.id });
  replaceContent(top, summaryOf(webhook), actionsOf(webhook));
  const tabs = new Tabs(tabsOf(webhook), tab, (id) => (tab = id));
  replaceContent(bottom, tabs.element);
  const last = webhook.deliveries.at(-1);
  announcement.textContent = `${webhook.name}: ${webhook.status}, ${webhook.signature}${last ? `, ${lineOf(last)}` : ''}`;
}

const OUTCOME = { verified: 'created', test: 'created', unverified: 'unexpected' } as const;

function summaryOf(webhook: ShownWebhook): HTMLElement {
  const { trust, status, signature, signatureSentence, ids, receivedAt, size } = webhook;
  const rows = ids.flatMap(([name, value]) => [
    element('dt', {}, name),
    element(
      'dd',
      {},
      inShort(value),
      ' ',
      button('Copy', () => post({ kind: 'copy', text: value }), {
        class: 'link',
        'aria-label': `Copy ${name}`,
      }),
    ),
  ]);
  return element(
    'div',
    { class: `summary-line ${OUTCOME[trust]}` },
    element(
      'h1',
      {},
      icon(trust === 'unverified' ? 'warning' : 'check'),
      element('span', {}, inShort(status)),
      element('span', { class: 'badge' }, signature),
    ),
    element(
      'div',
      { class: 'facts' },
      element('span', {}, inShort(webhook.name)),
      element(
        'time',
        { datetime: receivedAt, title: receivedAt },
        exactMomentOf(new Date(receivedAt), new Date()),
      ),
      element('span', {}, byteSize(size)),
    ),
    element('p', { class: trust === 'unverified' ? 'note warning' : 'note' }, signatureSentence),
    element('dl', { class: 'ids' }, ...rows),
  );
}

function actionsOf({ isWhole, trust }: ShownWebhook): HTMLElement {
  if (!isWhole)
    return element(
      'p',
      { class: 'note warning' },
      'The body was not kept exactly, so it cannot be sent again.',
    );
  return element(
    'div',
    { class: 'buttons' },
    button('Replay', () => post({ kind: 'replay' })),
    button('Replay Signed Now', () => post({ kind: 'replay-signed-now' }), { class: 'secondary' }),
    button('Edit and Send…', () => post({ kind: 'edit' }), { class: 'secondary' }),
    button('Compare…', () => post({ kind: 'compare' }), { class: 'secondary' }),
    button('Save…', () => post({ kind: 'save' }), { class: 'secondary' }),
    trust === 'unverified'
      ? button('Explain Signature', () => post({ kind: 'explain' }), { class: 'secondary' })
      : undefined,
  );
}

function tabsOf(webhook: ShownWebhook): Tab[] {
  const { headers, deliveries, text, hex, scheme } = webhook;
  return [
    { id: 'event', title: 'Event', content: () => treeOf(text) },
    {
      id: 'delivery',
      title: deliveries.length > 0 ? `Delivery ${deliveries.length}` : 'Delivery',
      content: () => deliveriesOf(deliveries),
    },
    {
      id: 'headers',
      title: `Headers ${headers.length}`,
      content: () =>
        table(
          'Headers',
          headers.map(({ name, value }) => [name, value] as const),
        ),
    },
    { id: 'signature', title: 'Signature', content: () => table('Signature', scheme) },
    {
      id: 'raw',
      title: 'Raw',
      content: () =>
        new TextView(text ?? hex, text === undefined ? 'Body in hex' : 'Body as it came').element,
    },
  ];
}

function treeOf(text: string | undefined): HTMLElement {
  if (text === undefined)
    return element('p', { class: 'note' }, 'The body is not text. Raw shows its bytes.');
  if (text === '') return element('p', { class: 'note' }, 'The body is empty.');
  const json = JsonTree.parse(text);
  if (!json) return new TextView(text, 'Event').element;
  return new JsonView(json, 'Event', (copied) => post({ kind: 'copy', text: copied })).element;
}

function table(label: string, rows: readonly (readonly [string, string])[]): HTMLElement {
  if (rows.length === 0) return element('p', { class: 'note' }, 'There are none.');
  return element(
    'table',
    { class: 'headers', 'aria-label': label },
    element(
      'tbody',
      {},
      ...rows.map(([name, value]) =>
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

function deliveriesOf(deliveries: readonly ShownDelivery[]): HTMLElement {
  if (deliveries.length === 0)
    return element(
      'p',
      { class: 'note' },
      'Not forwarded. Set your handler with Forward Webhooks, then replay this one.',
    );
  return element('ol', { class: 'deliveries' }, ...[...deliveries].reverse().map(deliveryOf));
}

function deliveryOf(delivery: ShownDelivery): HTMLElement {
  const { at, url, body, verdict } = delivery;
  return element(
    'li',
    { class: verdict },
    element(
      'p',
      {},
      icon(verdict === 'accepted' ? 'check' : verdict === 'under-way' ? 'spinner' : 'cross'),
      ' ',
      element('strong', {}, lineOf(delivery)),
    ),
    element(
      'p',
      { class: 'facts' },
      element('span', {}, delivery.cause),
      element('time', { datetime: at, title: at }, exactMomentOf(new Date(at), new Date())),
      delivery.durationMs === undefined ? undefined : element('span', {}, duration(delivery.durationMs)),
      element('span', {}, inShort(url)),
    ),
    body === undefined || body === '' ? undefined : element('pre', { tabindex: 0 }, shownLines(body)),
  );
}

function lineOf({ response, verdict }: ShownDelivery): string {
  if (response === undefined) return 'Waiting for the handler';
  return `${shownText(response)}${verdict === 'accepted' ? '' : ', would be retried'}`;
}

/** What cannot be seen is written out, except for line breaks. */
function shownLines(text: string): string {
  const { start, left } = clipped(text, 4_000);
  return start.split(/\r?\n/).map(shownText).join('\n') + (left > 0 ? '\n…' : '');
}

function inShort(text: string): string {
  const { start, left } = clipped(text, LONGEST);
  return shownText(start) + (left > 0 ? '…' : '');
}

addEventListener('message', (event: MessageEvent<ToView>) => show(event.data.webhook));

document.body.append(announcement, element('main', {}, top, bottom));
post({ kind: 'ready' });
