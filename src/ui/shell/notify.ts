import { ProgressLocation, window, type Progress, env, type Uri } from 'vscode';
import { withoutLinks } from './markdown';

/** Resolves to the button that was pressed; `undefined` where the notification was closed without one. */
type Notification = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

export interface ProgressStep {
  readonly message: string;
  /** Percent of the work, done since the step before. */
  readonly increment: number;
}

export interface ProgressOptions {
  /** Until it shows in the corner, in milliseconds. */
  readonly delay?: number;
  /** Whether to show in the status bar, too; a send has an item of its own there. */
  readonly inStatusBar?: boolean;
}

/** Work that is over sooner, in milliseconds, tells of itself in the status bar. */
const SOON = 1_000;

/**
 * All that is told outside of the editor. VS Code shows three notifications that come within 800 ms in the corner, and
 * the others in their list alone: what came of something is also where that thing is shown. VS Code makes links of `[title](command:…)` in notifications and
 * runs the command on a click; what a server, a file or a file's name says becomes none here.
 */
export const notify = {
  info: ((message, ...buttons) =>
    window.showInformationMessage(withoutLinks(message), ...buttons)) satisfies Notification,
  warn: ((message, ...buttons) =>
    window.showWarningMessage(withoutLinks(message), ...buttons)) satisfies Notification,
  error: ((message, ...buttons) =>
    window.showErrorMessage(withoutLinks(message), ...buttons)) satisfies Notification,

  /** A question that has to be answered before anything else; VS Code adds a button to cancel. */
  async ask(question: string, detail: string, ...buttons: string[]): Promise<string | undefined> {
    const options = { modal: true, detail: withoutLinks(detail) };
    try {
      return await window.showWarningMessage(withoutLinks(question), options, ...buttons);
    } catch {
      // Where VS Code cannot ask, nobody has said yes.
      return undefined;
    }
  },

  /**
   * Tells of some work until it is done: in the status bar, and in the corner, with a button that cancels it, where it
   * takes longer. The signal is given when the person cancels it.
   */
  async progress<Result>(
    title: string,
    work: (report: (step: ProgressStep) => void, signal: AbortSignal) => Thenable<Result>,
    { delay = SOON, inStatusBar = true }: ProgressOptions = {},
  ): Promise<Result> {
    const abort = new AbortController();
    const surfaces = new Set<Progress<ProgressStep>>();
    let message = '';
    let grown = 0;
    const working = work((step) => {
      message = step.message;
      grown += step.increment;
      for (const surface of surfaces) surface.report(step);
    }, abort.signal);
    // What goes wrong is told by the caller.
    const over = working.then(
      () => undefined,
      () => undefined,
    );
    const show = (location: ProgressLocation, cancellable: boolean): void => {
      const options = { location, title: withoutLinks(title), cancellable };
      void window.withProgress(options, (surface, token) => {
        surfaces.add(surface);
        token.onCancellationRequested(() => abort.abort());
        surface.report({ message, increment: grown });
        return over;
      });
    };
    if (inStatusBar) show(ProgressLocation.Window, false);
    const opening = setTimeout(() => show(ProgressLocation.Notification, true), delay);
    try {
      return await working;
    } finally {
      clearTimeout(opening);
    }
  },
};

export async function copyText(text: string, what = ''): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${what === '' ? 'Copied' : `${what} copied`}`, 3000);
}

/**
 * Opens a link of the web, exactly. VS Code takes it as a text, too, and keeps that where it opens it as it is;
 * as a `Uri` it would be written anew, where `%26` in a query becomes `&`.
 */
export function openWebLink(link: string): Thenable<boolean> {
  return env.openExternal(link as unknown as Uri);
}
