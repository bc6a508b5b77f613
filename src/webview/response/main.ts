import { BatchTable } from './batchTable';
import { answerBody, textOrTree } from './bodyView';
import { element } from '../shared/dom';
import { replaceContent } from '../shared/focus';
import { headersOf, timeTable } from './exchangeTables';
import { guidanceOf } from './guidance';
import { invoiceCard } from './invoiceCard';
import type { FromView, RestoredState, ShownAnswer, ShownRequest, ToView } from './protocol';
import { pinOf, sendingOf, summaryOf, unknownOf } from './summary';
import { Tabs, type Tab } from './tabs';

/** What VS Code gives to a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  setState(state: RestoredState): void;
};

const vscode = acquireVsCodeApi();
const post = (message: FromView): void => vscode.postMessage(message);

const title = element('div', { class: 'title', tabindex: -1 });
const batch = new BatchTable(post);
const top = element('div', { class: 'top', tabindex: -1 });
const bottom = element('div', { class: 'bottom', tabindex: -1 });
/** Says what came of a send to whoever does not see it. */
const announcement = element('div', { class: 'for-readers', role: 'status' });

let bodies: { id: string; sent: string | undefined; received: string | undefined } | undefined;
let shown: ShownRequest | undefined;
/** The response whose parts are in the tabs. */
let inTabs: string | undefined;
let tab = 'body';

/** What is sent anywhere, and each word that is typed, has the request shown again: most often there is nothing new. */
function show(request: ShownRequest): void {
  const before = shown;
  shown = request;
  const { state, name, uri, index, entry, isPinned } = request;
  vscode.setState({
    uri,
    index,
    ...(isPinned ? { isPinned } : {}),
    ...(entry === undefined ? {} : { entry }),
  });
  if (!isSame([name, isPinned], before && [before.name, before.isPinned]))
    replaceContent(title, element('span', { class: 'name' }, name), pinOf(request, post));
  batch.select(request);
  if (!isSame([name, state], before && [before.name, before.state])) replaceContent(top, ...partsOf(request));
  announce(wordsFor(request));
  showTabs();
}

function partsOf({ state, name }: ShownRequest): readonly (HTMLElement | undefined)[] {
  switch (state.kind) {
    case 'unknown':
      return [unknownOf(name, post)];
    case 'sending':
      return [sendingOf(state, post)];
    case 'answered':
      return [
        summaryOf(state),
        guidanceOf(state, post),
        state.invoice ? invoiceCard(state.invoice, post) : undefined,
      ];
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The bodies come once; what is around them can change, and comes again. */
function showTabs(): void {
  const state = shown?.state;
  if (state?.kind !== 'answered' || !state.exchange) {
    inTabs = undefined;
    replaceContent(bottom);
    return;
  }
  if (bodies?.id !== state.id) {
    inTabs = undefined;
    replaceContent(bottom, element('p', { class: 'note loading' }, 'Loading the response…'));
    afterPaint('outcome painted');
    return;
  }
  if (inTabs === state.id) return;
  inTabs = state.id;
  const tabs = new Tabs(tabsOf(state, bodies), tab, (id) => (tab = id));
  replaceContent(bottom, tabs.element);
  afterPaint('response painted');
}

/** Measured by the benchmark: once this frame is drawn, it is on screen. */
function afterPaint(mark: string): void {
  requestAnimationFrame(() => setTimeout(() => performance.mark(mark)));
}

function tabsOf(answer: ShownAnswer, { sent, received }: NonNullable<typeof bodies>): Tab[] {
  const { exchange } = answer;
  if (!exchange) return [];
  const { request, response } = exchange;
  const headers = response?.headers ?? [];
  return [
    { id: 'body', title: 'Body', content: () => answerBody(answer, received, post) },
    {
      id: 'headers',
      title: response ? `Headers ${headers.length}` : 'Headers',
      content: () => headersOf(headers, 'Response headers', answer),
    },
    { id: 'request', title: 'Request', content: () => requestOf(request, sent, answer) },
    { id: 'time', title: 'Time', content: () => timeTable(exchange) },
  ];
}

function requestOf(
  { method, url, headers }: NonNullable<ShownAnswer['exchange']>['request'],
  sent: string | undefined,
  answer: ShownAnswer,
): HTMLElement {
  return element(
    'div',
    { class: 'request' },
    element('p', { class: 'request-line' }, element('code', {}, `${method} ${url}`)),
    headersOf(headers, 'Request headers', answer),
    sent === undefined ? undefined : textOrTree(sent, 'Request body', post),
  );
}

function wordsFor({ state, name }: ShownRequest): string {
  switch (state.kind) {
    case 'unknown':
      return `No response to ${name} is known.`;
    case 'sending':
      return `Sending ${name} to ${state.environment}.`;
    case 'answered': {
      const { headline, code, environment, problems } = state;
      const what = [headline, code].filter((part) => part !== undefined).join(' ');
      return `${name}, ${environment}: ${what}. ${problems[0]?.message ?? ''}`;
    }
  }
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function announce(words: string): void {
  if (announcement.textContent !== words) announcement.textContent = words;
}

addEventListener('message', (event: MessageEvent<ToView>) => {
  const message = event.data;
  if (message.kind === 'show') show(message.request);
  else if (message.kind === 'batch') batch.show(message.batch);
  else {
    const { id, sent, received } = message;
    bodies = { id, sent: textOf(sent), received: textOf(received) };
    showTabs();
  }
});

document.body.append(announcement, element('main', {}, title, batch.element, top, bottom));
post({ kind: 'ready' });
