import * as vscode from 'vscode';

type Name = 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage';
const NAMES: readonly Name[] = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'];

/**
 * Hears what the extension tells and asks while something is done: the extension host under test shows neither
 * notifications nor dialogs. `press` is the button that a person would press, where there is one of that name.
 */
export async function whileListening<Result>(
  act: (told: readonly string[]) => PromiseLike<Result>,
  press?: string,
): Promise<{ result: Result; told: readonly string[] }> {
  const told: string[] = [];
  const window = vscode.window as Record<Name, unknown>;
  const own = NAMES.map((name) => [name, window[name]] as const);
  for (const name of NAMES)
    window[name] = (message: string, ...rest: unknown[]) => {
      told.push(message);
      return Promise.resolve(rest.find((button) => button === press));
    };
  try {
    return { result: await act(told), told };
  } finally {
    for (const [name, show] of own) window[name] = show;
  }
}

/** Picks, while something is done, what has this label in the lists that the extension shows. */
export async function picking<Result>(label: string, act: () => PromiseLike<Result>): Promise<Result> {
  const window = vscode.window as { showQuickPick: unknown };
  const own = window.showQuickPick;
  window.showQuickPick = async (items: Thenable<readonly vscode.QuickPickItem[]>) =>
    (await items).find((item) => item.label === label);
  try {
    return await act();
  } finally {
    window.showQuickPick = own;
  }
}

const YES = /^(Send |Store$|Replace$|Remove$)/;
let yesSayers = 0;
let before: unknown;

/** Says yes to what the extension asks while something is done, as a person who means it would; the rest is as ever. */
export async function sayingYes<Result>(act: () => PromiseLike<Result>): Promise<Result> {
  const window = vscode.window as Record<Name, unknown>;
  if (yesSayers++ === 0) {
    const own = (before = window.showWarningMessage) as (...given: unknown[]) => Thenable<unknown>;
    window.showWarningMessage = (...given: unknown[]) => {
      const yes = given.find(
        (button) => typeof button === 'string' && button !== given[0] && YES.test(button),
      );
      return isModal(given[1]) && yes !== undefined ? Promise.resolve(yes) : own(...given);
    };
  }
  try {
    return await act();
  } finally {
    if (--yesSayers === 0) window.showWarningMessage = before;
  }
}

const isModal = (options: unknown): boolean =>
  typeof options === 'object' && options !== null && 'modal' in options && options.modal === true;
