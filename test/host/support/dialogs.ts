import * as vscode from 'vscode';

type Name = 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage';
const NAMES: readonly Name[] = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'];

/**
 * Hears what the extension tells and asks while something is done: the extension host under test shows neither
 * notifications nor dialogs. `press` is the button that a person would press, where there is one of that name.
 */
export async function whileListening<Result>(
  act: () => PromiseLike<Result>,
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
    return { result: await act(), told };
  } finally {
    for (const [name, show] of own) window[name] = show;
  }
}
