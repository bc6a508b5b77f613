import { Uri, ViewColumn, window, type WebviewOptions, type WebviewPanel } from 'vscode';
import { webviewPage } from './webviewPage';
import type { Restorable } from './webviewSerializer';

/** What there is to know of a webview before it is opened. */
export interface WebviewKind {
  readonly viewType: string;
  /** Of its style sheet `media/NAME.css` and of its script. */
  readonly name: string;
  readonly title: string;
  readonly column: ViewColumn;
}

export interface WebviewEvents {
  /** A reload brings the page back, with the state that it kept. False where there is nothing to show in it. */
  restored(state: unknown): boolean;
  /** As it comes from the page. */
  received(message: unknown): void;
  closed?(): void;
}

/** The one panel of a kind. It outlives reloads; its page is loaded anew each time it comes to the front. */
export class WebviewHost implements Restorable {
  #panel: WebviewPanel | undefined;
  /** Whether the page listens. */
  #isReady = false;

  constructor(
    private readonly kind: WebviewKind,
    private readonly extension: Uri,
    private readonly newNonce: () => string,
    private readonly events: WebviewEvents,
  ) {}

  restore(panel: WebviewPanel, state: unknown): void {
    if (this.events.restored(state)) this.#take(panel);
    else panel.dispose();
  }

  /** Brings the panel to the front; `preserveFocus`: whoever clicks through a list stays in it. */
  open(preserveFocus = false): void {
    const { viewType, title, column: viewColumn } = this.kind;
    if (this.#panel) this.#panel.reveal(undefined, preserveFocus);
    else {
      const where = { viewColumn: besideOf(viewColumn), preserveFocus };
      this.#take(window.createWebviewPanel(viewType, title, where, pageOptions(this.extension)));
    }
  }

  entitle(title: string): void {
    if (this.#panel) this.#panel.title = title;
  }

  /** The page has said that it listens. */
  ready(): void {
    this.#isReady = true;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Whether there is a page that hears what is posted. */
  get isReady(): boolean {
    return this.#panel !== undefined && this.#isReady;
  }

  post(message: unknown): void {
    if (this.isReady) void this.#panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #take(panel: WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#isReady = false;
    panel.webview.options = pageOptions(this.extension);
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.events.closed?.();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#isReady = false;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (this.#panel === panel) this.events.received(message);
    });
    const { webview } = panel;
    webview.html = webviewPage(this.kind.name, this.kind.title, {
      styleSource: webview.cspSource,
      nonce: this.newNonce(),
      address: (...path) => webview.asWebviewUri(Uri.joinPath(this.extension, ...path)).toString(),
    });
  }
}

/**
 * A third column leaves none of them readable: where there are two, it goes into the one that is not used now, unless
 * that has a page of VS Code's own, such as the walkthrough, which is read meanwhile.
 */
function besideOf(column: ViewColumn): ViewColumn {
  const { all, activeTabGroup } = window.tabGroups;
  const other = all.find((group) => group !== activeTabGroup);
  if (column !== ViewColumn.Beside || !other) return column;
  const isPage = other.activeTab !== undefined && other.activeTab.input === undefined;
  return (isPage ? activeTabGroup : other).viewColumn;
}

/** What a webview may load: scripts and style sheets of the extension's own. */
function pageOptions(extension: Uri): WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension, 'dist', 'webview'), Uri.joinPath(extension, 'media')],
  };
}
