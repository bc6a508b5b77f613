import { workspace, QuickPickItemKind, type QuickPickItem, ThemeIcon } from 'vscode';
import { pickOne } from './pickOne';
import type { KeyVerdict } from '../../app/keys/keyRing';
import type { KeyReading } from '../../app/ports';
import { leadsToProd } from '../../app/api/target';
import { parseBaseUrl } from '../../core/environments/baseUrl';
import { type Environment, ENVIRONMENTS } from '../../core/environments/environment';
import { SANDBOX_KEYS } from '../../core/environments/sandboxKeys';
import { prodHostWords } from '../../core/problems/cautions';
import type { Services } from './services';
import type { Flight } from '../../app/outcomes/outcomes';
import { fileNameOf } from './convert';
import { BASE_URL_NOT_USABLE } from '../../core/sharedWords';

/** Where an environment's requests go, in words for people. */
export function hostOf(environment: Environment, { settings }: Pick<Services, 'settings'>): string {
  if (environment === 'sandbox') return 'this machine';
  const baseUrl = parseBaseUrl(settings.baseUrl(environment));
  return baseUrl.ok ? baseUrl.url.host : BASE_URL_NOT_USABLE;
}

/** In a few words, that an environment which is not prod leads to prod's host; nothing where it does not. */
export function prodHostMark(environment: Environment, { settings }: Pick<Services, 'settings'>): string {
  return leadsToProd(environment, settings) ? 'prod’s host' : '';
}

/** What that means, in a sentence. */
export function prodHostLine(environment: Environment, { settings }: Pick<Services, 'settings'>): string[] {
  return leadsToProd(environment, settings) ? [prodHostWords(environment)] : [];
}

/** In a workspace that nobody vouches for, no key is read. */
export async function readKey(
  environment: Environment,
  { keyRing }: Pick<Services, 'keyRing'>,
): Promise<KeyReading | undefined> {
  return workspace.isTrusted ? keyRing.read(environment) : undefined;
}

/** What may be shown of a key that was read, or why it was not. */
export function keyLabel(
  environment: Environment,
  reading: KeyReading | undefined,
  { keyRing }: Pick<Services, 'keyRing'>,
): string {
  if (!reading) return 'keys are read in trusted workspaces alone';
  if (environment === 'sandbox') {
    if (reading.state === 'absent') return 'built-in key';
    if (reading.state === 'unreadable') return 'key unreadable';
    const { key } = reading.stored;
    // Its own keys are no secrets; any other is shown as every key is.
    const own = SANDBOX_KEYS.find((known) => known.key === key?.reveal());
    return own ? (own.key ?? 'no key') : `key ${key?.fingerprint ?? ''}`;
  }
  switch (reading.state) {
    case 'present':
      return isForOtherHost(environment, reading, { keyRing })
        ? `key is for ${hostName(reading.stored.origin)}`
        : `key ${reading.stored.key?.fingerprint ?? 'missing'}`;
    case 'absent':
      return 'no key';
    case 'unreadable':
      return 'key unreadable';
  }
}

/** Whether a key was set for another host than its environment has now, where it never goes. */
export function isForOtherHost(
  environment: Environment,
  reading: KeyReading | undefined,
  { keyRing }: Pick<Services, 'keyRing'>,
): boolean {
  const destination = keyRing.destination(environment);
  return (
    environment !== 'sandbox' &&
    reading?.state === 'present' &&
    destination.ok &&
    reading.stored.origin !== destination.origin
  );
}

const hostName = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : origin);

/** What the API said of a key, in one sentence. `name` tells the key from others of the environment. */
export function verdictWords(environment: Environment, verdict: KeyVerdict, name = 'key'): string {
  switch (verdict.result) {
    case 'accepted':
      return `${verdict.origin} accepts the ${name} for ${environment}.`;
    case 'refused':
      return `${verdict.origin} refuses the ${name} for ${environment}: ${verdict.code} (HTTP ${verdict.status}).`;
    case 'unclear':
      return `Could not verify the ${name} for ${environment}: ${verdict.why}.`;
  }
}

/** `order.invoice.json to dev`, `3 files to dev`, `batch.invoice.json (50 requests) to dev`, `currencies of dev` */
export function flightLabel({ items, endpoint, count, environment }: Flight): string {
  if (endpoint !== undefined) return `${endpoint} of ${environment}`;
  const [only] = items;
  const what = items.length === 1 && only ? fileNameOf(only.uri) : `${items.length} files`;
  const requests = count > items.length ? ` (${count} requests)` : '';
  return `${what}${requests} to ${environment}`;
}

type EnvironmentItem = QuickPickItem & { readonly environment?: Environment };

/** Lets a person choose an environment; `undefined` where they do not. */
export async function pickEnvironment(services: Services, title: string): Promise<Environment | undefined> {
  const active = services.environment.get();
  const items = await Promise.all(
    ENVIRONMENTS.map(async (environment): Promise<EnvironmentItem> => ({
      environment,
      label: environment,
      iconPath: new ThemeIcon(
        environment === 'prod' ? 'warning' : environment === 'sandbox' ? 'beaker' : 'globe',
      ),
      description: `${hostOf(environment, services)} · ${keyLabel(environment, await readKey(environment, services), services)}${environment === active ? ' · active' : ''}`,
    })),
  );
  const separator: EnvironmentItem = { label: 'Merchant API', kind: QuickPickItemKind.Separator };
  const [sandbox, ...remote] = items;
  const picked = await pickOne(sandbox ? [sandbox, separator, ...remote] : remote, {
    title,
    placeHolder: `Active: ${active}`,
    matchOnDescription: true,
  });
  return picked?.environment;
}
