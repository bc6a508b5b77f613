import { workspace } from 'vscode';
import type { KeyVerdict } from '../../app/keys/keyRing';
import type { KeyReading } from '../../app/ports';
import { leadsToProd } from '../../app/api/target';
import { parseBaseUrl } from '../../core/environments/baseUrl';
import type { Environment } from '../../core/environments/environment';
import { SANDBOX_KEYS } from '../../core/environments/sandboxKeys';
import { prodHostWords } from '../../core/problems/cautions';
import type { Services } from './services';

/** Where an environment's requests go, in words for people. */
export function hostOf(environment: Environment, { settings }: Pick<Services, 'settings'>): string {
  if (environment === 'sandbox') return 'this machine';
  const baseUrl = parseBaseUrl(settings.baseUrl(environment));
  return baseUrl.ok ? baseUrl.url.host : 'base URL not usable';
}

/** What to know about an environment that leads to prod's host; nothing where it does not. */
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
export function keyLabel(environment: Environment, reading: KeyReading | undefined): string {
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
      return `key ${reading.stored.key?.fingerprint ?? 'missing'}`;
    case 'absent':
      return 'no key';
    case 'unreadable':
      return 'key unreadable';
  }
}

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
