import { ConfigurationTarget, window, workspace } from 'vscode';
import { isVariableName } from '../../core/document/placeholders';
import { isObject } from '../../core/json';
import { readArguments } from '../shell/commandArguments';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

/** Asks for the value of a placeholder and keeps it in the user's settings. Gives whether it was kept. */
export async function defineVariable({ keys }: Services, first: unknown): Promise<boolean> {
  const { environment, variable } = readArguments(first);
  if (!environment || variable === undefined || !isVariableName(variable)) return false;
  const { redact } = await keys.readAll();
  const value = await window.showInputBox({
    title: `Value of {{${variable}}} in ${environment}`,
    prompt: 'Stored in your user settings, in eccaex.variables. Requests are sent with it.',
    ignoreFocusOut: true,
    validateInput: (text) =>
      redact(text) === text ? undefined : 'This is an API key. Keys are sent by themselves, in a header.',
  });
  if (value === undefined) return false;
  const settings = workspace.getConfiguration('eccaex');
  const all = settings.inspect('variables')?.globalValue;
  const known = isObject(all) ? all : {};
  const own = isObject(known[environment]) ? known[environment] : {};
  const changed = { ...known, [environment]: { ...own, [variable]: value } };
  try {
    await settings.update('variables', changed, ConfigurationTarget.Global);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void notify.error(`Could not store {{${variable}}}: ${why}`);
    return false;
  }
  return true;
}
