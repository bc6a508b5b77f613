import { ProgressLocation, window, type Progress } from 'vscode';
import { withoutLinks } from './markdown';

/** Resolves to the button that was pressed; `undefined` where the notification was closed without one. */
type Notification = (message: string, ...buttons: string[]) => Promise<string | undefined>;

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

/** Milliseconds. Two of ours and one of somebody else's fit into what VS Code shows. */
const APART = 400;

/** VS Code keeps a progress in the corner for this long at least, in milliseconds. */
const SHORTEST_PROGRESS = 800;

/** Work that is over sooner, in milliseconds, tells of itself in the status bar. */
const SOON = 1_000;

/**
 * The corner of the window. VS Code shows three notifications that come within 800 ms and never shows the others
 * there, so each waits for its turn, and what came of some work waits until the progress of it is gone.
 */
class Corner {
  #free = 0;

  /** Resolves when there is room, which is then taken for so long. */
  async turn(milliseconds: number): Promise<void> {
    const now = Date.now();
    const begin = Math.max(now, this.#free);
    this.#free = begin + milliseconds;
    if (begin > now) await new Promise((resolve) => setTimeout(resolve, begin - now));
  }
}

const corner = new Corner();

const inTurn =
  (show: (message: string, ...buttons: string[]) => Thenable<string | undefined>): Notification =>
  async (message, ...buttons) => {
    await corner.turn(APART);
    return show(withoutLinks(message), ...buttons);
  };

/**
 * All that is told outside of the editor. VS Code makes links of `[title](command:…)` in notifications and
 * runs the command on a click; what a server, a file or a file's name says becomes none here.
 */
export const notify = {
  info: inTurn((message, ...buttons) => window.showInformationMessage(message, ...buttons)),
  warn: inTurn((message, ...buttons) => window.showWarningMessage(message, ...buttons)),
  error: inTurn((message, ...buttons) => window.showErrorMessage(message, ...buttons)),

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
    const opening = setTimeout(() => {
      void corner.turn(SHORTEST_PROGRESS);
      show(ProgressLocation.Notification, true);
    }, delay);
    try {
      return await working;
    } finally {
      clearTimeout(opening);
    }
  },
};
