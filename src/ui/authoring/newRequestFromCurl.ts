import { CREATE_INVOICE } from '../../core/contract/endpoints';
import { env, window, workspace } from 'vscode';
import { readCurl, type CurlFault, type CurlReading } from '../../core/curl/readCurl';
import { ApiKey, KEY_FAULTS } from '../../core/environments/apiKey';
import { ENVIRONMENTS, type RemoteEnvironment } from '../../core/environments/environment';
import { list } from '../../core/phrases';
import { inBackground } from '../shell/log';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import { pickEnvironment } from '../shell/environmentLabels';
import { storeKey } from '../keys/keyCommands';
import { openUnsaved } from './newRequest';
import { BUTTONS, SANDBOX_HAS_KEYS } from '../../core/sharedWords';

/** Opens what the cURL command on the clipboard sends as an unsaved request, without the key; gives its URI. */
export async function newRequestFromCurl(services: Services): Promise<string | undefined> {
  let reading = readCurl(await env.clipboard.readText());
  while (!reading.ok) {
    const again = BUTTONS.tryAgain;
    const choice = await notify.warn(FAULTS[reading.fault], again);
    if (choice !== again) return undefined;
    reading = readCurl(await env.clipboard.readText());
  }
  const document = await openUnsaved(
    `request-${services.random.uuid().slice(0, 8)}.invoice.json`,
    reading.body,
  );
  await window.showTextDocument(document);
  inBackground(services.log, offerToStore(services, reading));
  return document.uri.toString();
}

const FAULTS: Readonly<Record<CurlFault, string>> = {
  'too-long': 'The text on the clipboard is longer than 1 MB. Copy the cURL command alone.',
  'no-command': 'There is no cURL command on the clipboard. Copy one that creates an invoice.',
  'open-quote': 'The cURL command on the clipboard breaks off inside quotes. Copy the complete command.',
  'other-endpoint': `The cURL command on the clipboard does not send to …/${CREATE_INVOICE.path}. Copy one that does.`,
  'no-body': 'The cURL command on the clipboard has no body, so there is no request to open.',
  'body-in-file':
    'The cURL command on the clipboard reads its body from a file. Open that file, and send it from there.',
};

/** What becomes of a key in the command: it is in no file, and whoever pasted it decides whether it is kept. */
async function offerToStore(services: Services, { key: text, origin }: Extract<CurlReading, { ok: true }>) {
  if (text === undefined) return;
  const key = ApiKey.entered(text);
  const left = 'The API key in the cURL command was left out of the file.';
  if (!(key instanceof ApiKey)) {
    void notify.info(`${left} It cannot be an API key. ${KEY_FAULTS[key]}`);
    return;
  }
  if (!workspace.isTrusted) {
    void notify.info(`${left} Keys are stored in trusted workspaces only.`);
    return;
  }
  const holders = await services.keyRing.othersWith(key, 'sandbox');
  if (holders.length > 0) {
    void notify.info(`${left} It is the key stored for ${list(holders)}.`);
    return;
  }
  const fitting = environmentsAt(origin, services);
  // Where several have the same host, nothing tells whose key it is.
  const [only] = fitting.length === 1 ? fitting : [];
  const other = 'Store for…';
  const buttons = only === undefined ? [other] : [`Store for ${only}`, other];
  const where =
    origin === undefined || fitting.length > 0
      ? ''
      : ` It was for ${origin}, the base URL of no environment.`;
  const choice = await notify.warn(`${left}${where} The clipboard still holds it.`, ...buttons);
  if (choice === undefined) return;
  const environment =
    choice === other ? await pickEnvironment(services, 'This is the API key of which environment?') : only;
  if (environment === 'sandbox') {
    void notify.info(SANDBOX_HAS_KEYS);
    return;
  }
  if (environment !== undefined) await storeKey(services, environment, text, true);
}

function environmentsAt(origin: string | undefined, { keyRing }: Services): RemoteEnvironment[] {
  const remote = ENVIRONMENTS.filter((environment) => environment !== 'sandbox');
  return remote.filter((environment) => {
    const destination = keyRing.destination(environment);
    return destination.ok && destination.origin === origin;
  });
}
