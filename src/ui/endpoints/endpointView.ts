import { commands, env, Uri, ViewColumn, type WebviewPanel } from 'vscode';
import type { CallResult } from '../../app/endpoints/callEndpoint';
import { ENDPOINTS } from '../../core/contract/endpoints';
import { endpointNamed, labelOf, queryOf, type Call } from '../../core/endpoints/call';
import { tableOf } from '../../core/endpoints/table';
import { isEnvironment, type Environment } from '../../core/environments/environment';
import { isObject } from '../../core/json';
import { readMessage, type FromView, type ToView } from '../../webview/endpoint/protocol';
import { inBackground } from '../shell/log';
import { commandOf } from '../shell/fixCommands';
import type { Services } from '../shell/services';
import { copyText } from '../shell/notify';
import { hostOf } from '../shell/environmentLabels';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import { WebviewHost } from '../shell/webviewHost';
import type { Restorable } from '../shell/webviewSerializer';
import { openText } from '../response/openBody';
import { shownCall } from './shownCall';

interface Subject {
  readonly call: Call;
  readonly environment: Environment;
  readonly state: CallResult | 'calling' | 'idle';
}

/** The one webview that shows what an endpoint returns: always the call that it names, and no older response. */
export class EndpointView implements Restorable {
  readonly #host: WebviewHost;
  #subject: Subject | undefined;
  #underWay: AbortController | undefined;

  constructor(
    private readonly services: Services,
    private readonly texts: ReadOnlyTexts,
    extension: Uri,
  ) {
    const kind = {
      viewType: 'eccaex.endpoint',
      name: 'endpoint',
      title: 'EccaEx API',
      column: ViewColumn.Active,
    };
    this.#host = new WebviewHost(kind, extension, services.random.uuid, {
      // Nothing is sent by itself: the page says what it showed, and has a button that calls it.
      restored: (state) => {
        const restored = readRestored(state);
        if (restored) this.#subject = { ...restored, state: 'idle' };
        return restored !== undefined;
      },
      received: (message) => {
        const asked = readMessage(message);
        if (asked) inBackground(services.log, this.#answer(asked));
      },
      closed: () => this.#underWay?.abort(),
    });
  }

  /** Calls an endpoint and shows what it returns. One that is still under way is stopped. */
  call(call: Call, environment: Environment): Promise<CallResult> {
    this.#host.open();
    return this.#call(call, environment);
  }

  /** For whoever works in the page already: to bring that to the front would take the focus from what they use. */
  async #call(call: Call, environment: Environment): Promise<CallResult> {
    this.#underWay?.abort();
    const underWay = new AbortController();
    this.#underWay = underWay;
    this.#subject = { call, environment, state: 'calling' };
    this.#show();
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

  restore(panel: WebviewPanel, state: unknown): void {
    this.#host.restore(panel, state);
  }

  dispose(): void {
    this.#underWay?.abort();
    this.#host.dispose();
  }

  #show(): void {
    if (!this.#subject) return;
    const { call, environment, state } = this.#subject;
    this.#host.entitle(`${ENDPOINTS[call.endpoint].title} · ${environment}`);
    if (!this.#host.isReady) return;
    const message: ToView = {
      kind: 'show',
      call: shownCall(call, environment, state, hostOf(environment, this.services)),
    };
    this.#host.post(message);
  }

  async #answer(asked: FromView): Promise<unknown> {
    if (!this.#subject) return undefined;
    const { call, environment, state } = this.#subject;
    const result = typeof state === 'object' ? state : undefined;
    switch (asked.kind) {
      case 'ready':
        this.#host.ready();
        this.#show();
        return undefined;
      case 'cancel':
        this.#underWay?.abort();
        return undefined;
      case 'refresh':
        return this.#call(call, environment);
      case 'page':
        return this.#call({ ...call, query: { ...call.query, page: String(asked.page) } }, environment);
      case 'filter':
        return this.#call({ ...call, query: queryOf(ENDPOINTS[call.endpoint], asked.query) }, environment);
      case 'text':
        return result?.text !== undefined && openText(this.texts, call.endpoint, result.text);
      case 'docs':
        return env.openExternal(Uri.parse(result?.problem?.docs ?? ENDPOINTS[call.endpoint].page));
      case 'copy':
        return result && this.#copyCell(result, asked.row, asked.column);
      case 'open':
        return this.#openItem(asked.row);
      case 'fix': {
        const fix = result?.problem?.fixes[asked.place];
        if (!fix) return undefined;
        if (fix.id === 'call-again') return this.#call(call, environment);
        const { command, arguments: given = [] } = commandOf(fix.id, fix.title, { uri: '', environment });
        return commands.executeCommand(command, ...(given as unknown[]));
      }
    }
  }

  async #copyCell({ endpoint, data }: CallResult, row: number, column: number): Promise<void> {
    const text = tableOf(endpoint, data).rows[row]?.[column]?.text;
    if (text !== undefined) await copyText(text);
  }

  /** Calls the endpoint of the one item in a row of a list. */
  async #openItem(row: number): Promise<unknown> {
    if (typeof this.#subject?.state !== 'object') return undefined;
    const { environment, data } = this.#subject.state;
    const item: unknown = Array.isArray(data) ? data[row] : undefined;
    const id = isObject(item) ? item['withdraw_uuid'] : undefined;
    return typeof id === 'string'
      ? this.#call({ endpoint: 'withdrawal', query: { withdraw_uuid: id } }, environment)
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
