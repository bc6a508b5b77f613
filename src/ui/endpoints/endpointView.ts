import { commands, env, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { labelOf, type CallResult } from '../../app/callEndpoint';
import { ENDPOINTS } from '../../core/contract/endpoints';
import { endpointNamed, queryOf, type Call } from '../../core/endpoints/call';
import { tableOf } from '../../core/endpoints/table';
import { isEnvironment, type Environment } from '../../core/environments/environment';
import { isObject } from '../../core/response/decode';
import { readMessage, type FromView, type ToView } from '../../webview/endpoint/protocol';
import { inBackground } from '../background';
import { commandOf } from '../fixCommands';
import type { Services } from '../services';
import { pageOptions, webviewPage } from '../webviewPage';
import type { AnswerDocuments } from './answerDocuments';
import { shownCall } from './shownCall';

const VIEW_TYPE = 'eccaex.endpoint';

interface Subject {
  readonly call: Call;
  readonly environment: Environment;
  readonly state: CallResult | 'calling' | 'idle';
}

/** The one webview that shows what an endpoint answers: always the call that it names, and no older answer. */
export class EndpointView {
  #panel: WebviewPanel | undefined;
  #subject: Subject | undefined;
  #underWay: AbortController | undefined;
  /** Whether the page listens: it is loaded anew each time it comes to the front. */
  #isReady = false;
  readonly #restoring: { dispose(): unknown };

  constructor(
    private readonly services: Services,
    private readonly documents: AnswerDocuments,
    private readonly extension: Uri,
  ) {
    this.#restoring = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      // Nothing is sent by itself: the page says what it showed, and has a button that calls it.
      deserializeWebviewPanel: (panel, state) => {
        const restored = readRestored(state);
        if (restored) {
          this.#subject = { ...restored, state: 'idle' };
          this.#take(panel);
        } else panel.dispose();
        return Promise.resolve();
      },
    });
  }

  /** Calls an endpoint and shows what it answers. One that is still under way is stopped. */
  async call(call: Call, environment: Environment): Promise<CallResult> {
    this.#underWay?.abort();
    const underWay = new AbortController();
    this.#underWay = underWay;
    this.#subject = { call, environment, state: 'calling' };
    this.#open();
    const result = await this.services.endpoints.call(call, environment, underWay.signal);
    this.services.log.info(
      `${labelOf(call)} → ${environment} · ${result.origin ?? 'nowhere'} · ${result.outcome}`,
    );
    if (this.#underWay === underWay) {
      this.#underWay = undefined;
      this.#subject = { call, environment, state: result };
      this.#show();
    }
    return result;
  }

  dispose(): void {
    this.#underWay?.abort();
    this.#panel?.dispose();
    this.#restoring.dispose();
  }

  #open(): void {
    if (this.#panel) {
      this.#panel.reveal();
      this.#show();
      return;
    }
    this.#take(
      window.createWebviewPanel(VIEW_TYPE, 'EccaEx API', ViewColumn.Active, pageOptions(this.extension)),
    );
  }

  #take(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#isReady = false;
    panel.webview.options = pageOptions(this.extension);
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#underWay?.abort();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#isReady = false;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const asked = readMessage(message);
      if (asked && this.#panel === panel) inBackground(this.services.log, this.#answer(asked));
    });
    panel.webview.html = webviewPage(panel.webview, this.extension, {
      name: 'endpoint',
      title: 'EccaEx API',
      nonce: this.services.random.uuid(),
    });
    this.#show();
  }

  #show(): void {
    const panel = this.#panel;
    const subject = this.#subject;
    if (!panel || !subject) return;
    const { call, environment, state } = subject;
    panel.title = `${ENDPOINTS[call.endpoint].title} · ${environment}`;
    if (!this.#isReady) return;
    const message: ToView = {
      kind: 'show',
      call: shownCall(call, environment, state, this.services),
      restored: { ...call, environment },
    };
    void panel.webview.postMessage(message);
  }

  async #answer(asked: FromView): Promise<unknown> {
    if (!this.#subject) return undefined;
    const { call, environment, state } = this.#subject;
    const result = typeof state === 'object' ? state : undefined;
    switch (asked.kind) {
      case 'ready':
        this.#isReady = true;
        this.#show();
        return undefined;
      case 'cancel':
        this.#underWay?.abort();
        return undefined;
      case 'refresh':
        return this.call(call, environment);
      case 'page':
        return this.call({ ...call, query: { ...call.query, page: String(asked.page) } }, environment);
      case 'parameters':
        return commands.executeCommand('_eccaex.changeCall', { ...call, environment });
      case 'json':
        return result?.outcome === 'answered' && this.documents.open(call.endpoint, result.data);
      case 'docs':
        return env.openExternal(Uri.parse(result?.problem?.docs ?? ENDPOINTS[call.endpoint].page));
      case 'copy':
        return result && copy(tableOf(result.endpoint, result.data).rows[asked.row]?.[asked.column]?.text);
      case 'open':
        return this.#openItem(asked.row);
      case 'fix': {
        const fix = result?.problem?.fixes[asked.place];
        if (!fix) return undefined;
        if (fix.id === 'call-again') return this.call(call, environment);
        const { command, arguments: given = [] } = commandOf(fix.id, fix.title, { uri: '', environment });
        return commands.executeCommand(command, ...(given as unknown[]));
      }
    }
  }

  /** Calls the endpoint of the one item in a row of a list. */
  async #openItem(row: number): Promise<unknown> {
    if (typeof this.#subject?.state !== 'object') return undefined;
    const { environment, data } = this.#subject.state;
    const item: unknown = Array.isArray(data) ? data[row] : undefined;
    const id = isObject(item) ? item['withdraw_uuid'] : undefined;
    return typeof id === 'string'
      ? this.call({ endpoint: 'withdrawal', query: { withdraw_uuid: id } }, environment)
      : undefined;
  }
}

function readRestored(state: unknown): { call: Call; environment: Environment } | undefined {
  if (!isObject(state)) return undefined;
  const endpoint = endpointNamed(state['endpoint']);
  const { environment } = state;
  if (!endpoint || !isEnvironment(environment)) return undefined;
  return { call: { endpoint: endpoint.name, query: queryOf(endpoint, state['query']) }, environment };
}

async function copy(text: string | undefined): Promise<void> {
  if (text === undefined) return;
  await env.clipboard.writeText(text);
  window.setStatusBarMessage('$(check) Copied', 3000);
}
