import { ENDPOINTS } from '../../core/contract/endpoints';
import { element } from '../shared/dom';
import { focusInPage, replaceContent } from '../shared/focus';
import { DataTable, type Look } from './dataTable';
import { Filters } from './filters';
import { failureOf, headOf, isInvalid, nothingOf, notCalledOf, notSent, pagerOf, type Post } from './parts';
import type { FromView, RestoredCall, ShownCall, ToView } from './protocol';

/** What VS Code gives to a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  setState(state: RestoredCall): void;
};

const vscode = acquireVsCodeApi();
const post: Post = (message) => vscode.postMessage(message);

const main = element('main', { tabindex: -1 });
/** Says what came of a call to whoever does not see it. */
const announcement = element('div', { class: 'for-readers', role: 'status' });

let shown: ShownCall | undefined;
/** What was set and not applied yet stays while the same call is shown. */
let filters: Filters | undefined;
let look: Look = { order: undefined, wanted: '' };

function show(call: ShownCall): void {
  if (JSON.stringify(call) === JSON.stringify(shown)) return;
  // Another list has other columns.
  if (call.title !== shown?.title) look = { order: undefined, wanted: '' };
  if (JSON.stringify(restoredOf(call)) !== JSON.stringify(shown && restoredOf(shown)))
    filters = ENDPOINTS[call.endpoint].parameters.length > 0 ? new Filters(call, post) : undefined;
  shown = call;
  replaceContent(main, headOf(call, post), filters?.element, ...contentOf(call));
  const wrong = isInvalid(call.state) ? filters?.check() : undefined;
  if (wrong) focusInPage(wrong);
  const words = wordsFor(call);
  if (announcement.textContent !== words) announcement.textContent = words;
}

function contentOf(call: ShownCall): readonly HTMLElement[] {
  const { state, title } = call;
  switch (state.kind) {
    case 'idle':
    case 'calling':
      return [notCalledOf(state.kind)];
    case 'failed':
      return [isInvalid(state) ? notSent() : failureOf(state, post)];
    case 'answered': {
      const pager = state.pages ? [pagerOf(state.pages, post)] : [];
      if (state.table.rows.length === 0) return [nothingOf(call, state.pages), ...pager];
      return [new DataTable(state, title, look, post).element, ...pager];
    }
  }
}

function restoredOf({ endpoint, query, environment }: ShownCall): RestoredCall {
  return { endpoint, query, environment };
}

function wordsFor({ title, environment, state }: ShownCall): string {
  switch (state.kind) {
    case 'idle':
      return `${title} of ${environment}: not called.`;
    case 'calling':
      return `Calling ${title} of ${environment}.`;
    case 'failed':
      return `${title} of ${environment}: ${state.message}`;
    case 'answered':
      return `${title} of ${environment}: ${state.table.rows.length} rows. ${state.pages?.label ?? ''}`;
  }
}

addEventListener('message', (event: MessageEvent<ToView>) => {
  vscode.setState(restoredOf(event.data.call));
  show(event.data.call);
});

document.body.append(announcement, main);
post({ kind: 'ready' });
