/** What several places say: in the same words in the editor, its pages and the CLI. Each place has its other words itself. */

/** Buttons, and links in pages. */
export const BUTTONS = {
  setKey: 'Set Key',
  replaceKey: 'Replace Key',
  rotateKey: 'Rotate Key',
  setBaseUrl: 'Set Base URL',
  manageTrust: 'Manage Trust',
  tryAgain: 'Try Again',
  convertToJson: 'Convert to JSON',
  openPaymentLink: 'Open Payment Link',
  copyLink: 'Copy Link',
  simulatePayment: 'Simulate Payment…',
} as const;

/** Steps of what to do. The CLI says some of them in its own way (`terminal/words.ts`). */
export const STEPS = {
  checkBaseUrl: 'Check the base URL.',
  checkProxy: 'Check the proxy settings.',
  checkBaseUrlAndProxy: 'Check the base URL and the proxy settings.',
  checkNetwork: 'Check the base URL, the network and the proxy settings.',
  checkEnvironment: 'Check that the right environment is active.',
  raiseTimeout: 'To wait longer, raise the setting eccaex.timeoutSeconds.',
  writeValue:
    'Write the value, or a placeholder such as {{$uuid}} or {{name}} with a name from the setting eccaex.variables.',
} as const;

export const BASE_URL_NOT_USABLE = 'base URL not usable';

export const SANDBOX_HAS_KEYS =
  'The sandbox has its own keys. Pick the environment that this key belongs to.';

/** Why a file cannot be read, as in `cannotRead`. */
export const FILE_FAULTS = {
  absent: 'it does not exist',
  folder: 'it is a folder',
  tooLarge: 'it is larger than 50 MB',
} as const;

/** `detail`: why, as the system or `FILE_FAULTS` says it. */
export function cannotRead(name: string, detail: string): string {
  return `${name} cannot be read: ${detail}.`;
}

export function notOpened(name: string): string {
  return `${name} could not be opened.`;
}

export function goneFromHistory(name: string): string {
  return `${name} is no longer in the history.`;
}
