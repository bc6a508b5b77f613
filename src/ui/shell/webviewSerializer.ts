import { window, type Disposable, type WebviewPanel } from 'vscode';

/** What a reload brings back. */
export interface Restorable {
  /** Takes the panel of before, with the state that its page kept; disposes of it where there is nothing to show. */
  restore(panel: WebviewPanel, state: unknown): void;
}

/** Has webviews of a type restored after a reload, by what is loaded for it then. */
export function serializeWebviews(viewType: string, load: () => Promise<Restorable>): Disposable {
  return window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
  });
}
