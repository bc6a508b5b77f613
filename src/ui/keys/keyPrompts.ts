import { createHash } from 'node:crypto';
import { commands, InputBoxValidationSeverity, window } from 'vscode';
import { ApiKey, KEY_FAULTS, removedWords } from '../../core/environments/apiKey';
import type { Environment } from '../../core/environments/environment';
import { list } from '../../core/phrases';
import { wordsOf } from '../../core/problems/words';
import { readArguments } from '../shell/commandArguments';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { pickEnvironment } from '../shell/environmentLabels';
import { BUTTONS } from '../../core/sharedWords';

/** A masked field; `check` says what else is wrong with a key. Gives what was typed. */
export function askForKey({
  title,
  prompt,
  check,
}: {
  readonly title: string;
  readonly prompt: string;
  readonly check?: (key: ApiKey) => string | undefined;
}): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt,
    placeHolder: 'Paste the key (merchant dashboard, Settings → API Keys)',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      // An empty box is where everybody starts: no error before something was typed.
      if (value === '') return undefined;
      const key = ApiKey.entered(value);
      const fault = key instanceof ApiKey ? check?.(key) : KEY_FAULTS[key];
      const message = removedWords(value);
      return fault ?? (message && { message, severity: InputBoxValidationSeverity.Info });
    },
  });
}

/** What a variable of the extension host holds; says so where there is none, or where more than a key is in it. */
export function keyOfVariable(services: Services, name: string): string | undefined {
  const text = services.environmentVariable(name.trim());
  if (text === undefined)
    void notify.error(
      `The extension host has no environment variable ${name.trim()}. Set it, and start VS Code from that shell.`,
    );
  const removed = text === undefined ? undefined : removedWords(text);
  if (removed !== undefined) void notify.info(`${name.trim()}: ${removed}`);
  return text;
}

export async function confirmSameKey(
  environment: Environment,
  others: readonly Environment[],
): Promise<boolean> {
  const choice = await notify.ask(
    `This key is already stored for ${list(others)}. Use it for ${environment}, too?`,
    'The vendor advises a separate key for each environment. With the same key, a request to one reaches the same merchant account as to the other.',
    'Use It',
  );
  return choice !== undefined;
}

/** Asks about a key that nobody typed: it may be somebody else's. `old` is `absent` where there is none. */
export async function confirmFoundKey(
  environment: Environment,
  old: ApiKey | 'absent' | 'unreadable',
  key: ApiKey,
): Promise<boolean> {
  const store = old === 'absent' ? 'Store' : 'Replace';
  const stored = old instanceof ApiKey ? nameBeside(old) : old;
  const choice = await notify.ask(
    old === 'absent'
      ? `Store the key ${nameBeside(key)} for ${environment}?`
      : `Replace the key for ${environment} (${stored}) with ${nameBeside(key)}?`,
    'Do that only if you know whose key this is: your requests would reach that merchant’s account.',
    store,
  );
  return choice === store;
}

/** The fingerprint of a key and 8 hex digits of its SHA-256: four characters can be made to match another key's. */
function nameBeside(key: ApiKey): string {
  return `${key.fingerprint}, SHA-256 ${createHash('sha256').update(key.reveal()).digest('hex').slice(0, 8)}`;
}

/** What is named, else the active environment; a person picks where that is the sandbox, which has no settings. */
export function activeOrPicked(
  services: Services,
  first: unknown,
  title: string,
): Promise<Environment | undefined> {
  const active = services.environment.get();
  const given = readArguments(first).environment ?? (active === 'sandbox' ? undefined : active);
  return given ? Promise.resolve(given) : pickEnvironment(services, title);
}

export function environmentFor(
  services: Services,
  first: unknown,
  title: string,
): Promise<Environment | undefined> {
  const given = readArguments(first).environment;
  return given ? Promise.resolve(given) : pickEnvironment(services, title);
}

/** The origin that a key would be bound to; says so where the base URL has none. */
export async function destinationOf(
  services: Services,
  environment: Exclude<Environment, 'sandbox'>,
): Promise<string | undefined> {
  const destination = services.keyRing.destination(environment);
  if (destination.ok) return destination.origin;
  const { message } = wordsOf(
    { kind: 'url-unsafe', arguments: { environment, fault: destination.fault }, pointer: '' },
    { environment },
  );
  const choice = notify.error(message, BUTTONS.setBaseUrl);
  void choice.then((picked) => {
    if (picked) void commands.executeCommand('eccaex.setBaseUrl', { environment });
  });
  return Promise.resolve(undefined);
}
