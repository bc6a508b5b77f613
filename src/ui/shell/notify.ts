import { ProgressLocation, window, type Progress } from 'vscode';
import { withoutLinks } from './markdown';

/** Resolves to the button that was pressed; `undefined` where the notification was closed without one. */
type Notification = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/**
 * All that is told outside of the editor. VS Code makes links of `[title](command:…)` in notifications and
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

  /** Tells of some work until it is done. The signal is given when the person cancels it. */
  progress<Result>(
    title: string,
    work: (
      report: Progress<{ message?: string; increment?: number }>,
      signal: AbortSignal,
    ) => Thenable<Result>,
  ): Thenable<Result> {
    const options = {
      location: ProgressLocation.Notification,
      title: withoutLinks(title),
      cancellable: true,
    };
    return window.withProgress(options, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return work(progress, abort.signal);
    });
  },
};
