import { parseBaseUrl } from '../../core/environments/baseUrl';
import type { ApiKey } from '../../core/environments/apiKey';
import type { Environment } from '../../core/environments/environment';
import { defaultSandboxKey } from '../../core/environments/sandboxKeys';
import type { Problem } from '../../core/problems/problem';
import type { KeyStore, SandboxServer, Settings, StoredKey } from '../ports';

/** Where a request goes and the key it carries. */
export interface Target {
  readonly environment: Environment;
  readonly baseUrl: URL;
  readonly origin: string;
  /** `undefined`: no header is sent; for the sandbox alone. */
  readonly key: ApiKey | undefined;
  /** When the key was stored, and when the API last took it. */
  readonly keyDates?: Pick<StoredKey, 'storedAt' | 'acceptedAt'>;
}

type Obstacle = Problem<'url-unsafe' | 'key-absent' | 'key-unreadable' | 'key-other-origin' | 'connection'>;

export type Resolution =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly obstacle: Obstacle; readonly origin: string | undefined };

interface TargetPorts {
  readonly keys: KeyStore;
  readonly settings: Settings;
  readonly sandbox: SandboxServer;
}

/** Whether requests to `dev` or `staging` reach the host that `prod` has: they then create real invoices. */
export function leadsToProd(environment: Environment, settings: Pick<Settings, 'baseUrl'>): boolean {
  if (environment === 'sandbox' || environment === 'prod') return false;
  const own = parseBaseUrl(settings.baseUrl(environment));
  const prod = parseBaseUrl(settings.baseUrl('prod'));
  return own.ok && prod.ok && own.url.host === prod.url.host;
}

/** Base URL first, key second: a key is not even read for a URL that it could not go to. */
export async function resolveTarget(environment: Environment, ports: TargetPorts): Promise<Resolution> {
  return environment === 'sandbox' ? resolveSandbox(ports) : resolveRemote(environment, ports);
}

async function resolveSandbox({ keys, sandbox }: TargetPorts): Promise<Resolution> {
  let baseUrl: URL;
  try {
    baseUrl = new URL(await sandbox.baseUrl());
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return obstructed({ kind: 'connection', arguments: { reason: 'never-left', detail }, pointer: '' });
  }
  const reading = await keys.read('sandbox');
  const key = reading.state === 'present' ? reading.stored.key : defaultSandboxKey();
  return { ok: true, target: { environment: 'sandbox', baseUrl, origin: baseUrl.origin, key } };
}

async function resolveRemote(
  environment: Exclude<Environment, 'sandbox'>,
  { keys, settings }: TargetPorts,
): Promise<Resolution> {
  const baseUrl = parseBaseUrl(settings.baseUrl(environment));
  if (!baseUrl.ok) {
    return obstructed({ kind: 'url-unsafe', arguments: { environment, fault: baseUrl.fault }, pointer: '' });
  }
  const { url, origin } = baseUrl;
  const reading = await keys.read(environment);
  if (reading.state === 'unreadable') {
    return obstructed({ kind: 'key-unreadable', arguments: { environment }, pointer: '' }, origin);
  }
  if (reading.state === 'absent' || !reading.stored.key) {
    return obstructed({ kind: 'key-absent', arguments: { environment }, pointer: '' }, origin);
  }
  const { key, origin: keyOrigin } = reading.stored;
  if (keyOrigin !== origin) {
    return obstructed(
      { kind: 'key-other-origin', arguments: { environment, keyOrigin, origin }, pointer: '' },
      origin,
    );
  }
  return { ok: true, target: { environment, baseUrl: url, origin, key, keyDates: reading.stored } };
}

function obstructed(obstacle: Obstacle, origin?: string): Resolution {
  return { ok: false, obstacle, origin };
}
