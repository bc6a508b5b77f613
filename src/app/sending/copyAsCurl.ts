import { CREATE_INVOICE } from '../../core/contract/endpoints';
import { type CurlRequest, plainJson } from '../../core/curl/curlCommand';
import type { RequestNode } from '../../core/document/document';
import type { Span } from '../../core/document/positions';
import { resolve } from '../../core/document/placeholders';
import { endpointUrl, parseBaseUrl, type BaseUrlFault } from '../../core/environments/baseUrl';
import { type Environment, type RemoteEnvironment, keyVariable } from '../../core/environments/environment';
import { SANDBOX_KEYS } from '../../core/environments/sandboxKeys';
import { severityOf } from '../../core/problems/catalogue';
import type { ProblemKind } from '../../core/problems/problem';
import { readDrafts, type Draft, requestContext } from '../requests/drafts';
import { keysToFind, withLeaks } from '../requests/leaks';
import { NOTHING_STORED } from '../keys/storedKeys';
import type { SendPorts } from '../ports';

/** Why there is no command to copy. */
export type NoCurl =
  | { readonly reason: 'unreadable' | 'sandbox'; readonly detail: string }
  | { readonly reason: 'url-unsafe'; readonly environment: RemoteEnvironment; readonly fault: BaseUrlFault }
  /** `no-request`: the text has no such request. `key-in-file`: a stored key stands in it. */
  | { readonly reason: 'no-request' | 'key-in-file' };

export type CurlCopy =
  | {
      readonly ok: true;
      readonly request: CurlRequest;
      /** What speaks against sending it. */
      readonly errors: number;
    }
  | ({ readonly ok: false } & NoCurl);

type Ports = Pick<SendPorts, 'files' | 'keys' | 'settings' | 'sandbox' | 'consent' | 'random' | 'clock'>;

/** One request of a file: by its place in a batch, else the one around an offset, else the first. */
export interface RequestChoice {
  readonly uri: string;
  readonly index?: number;
  readonly offset?: number;
}

/** What a cURL command of one request sends, its placeholders resolved. The key itself is in none. */
export async function copyAsCurl(
  { uri, index, offset = 0 }: RequestChoice,
  environment: Environment,
  ports: Ports,
): Promise<CurlCopy> {
  const context = requestContext(environment, ports);
  const item = { uri, ...(index === undefined ? {} : { index }) };
  const { drafts, unreadable } = await readDrafts([item], ports.files, context);
  const [fault] = unreadable;
  if (fault) return { ok: false, reason: 'unreadable', detail: fault.detail };
  const stored = ports.consent.isTrusted() ? await ports.keys.readAll() : NOTHING_STORED;
  const keys = keysToFind(stored, environment);
  const checked = withLeaks(drafts, keys, context.variables);
  const around = checked.find(({ request }) => request && contains(request.node, offset));
  const draft = around ?? checked[0];
  const request = draft?.isWholeText && index === undefined ? requestAround(draft, offset) : draft?.request;
  if (!draft || !request || draft.document.syntaxError) return { ok: false, reason: 'no-request' };
  if (draft.leaks.length > 0) return { ok: false, reason: 'key-in-file' };
  const target = await targetOf(environment, ports);
  if (!target.ok) return target;
  const values = {
    ...ports.random,
    now: () => ports.clock.now(),
    webhookUrl: () => context.webhookUrl,
    variables: context.variables,
  };
  const body = plainJson(resolve(draft.document, request, values).body);
  const errors = draft.problems.filter(
    (problem) => severityOf(problem) === 'error' && !NOT_COPIED.has(problem.kind),
  ).length;
  return { ok: true, request: { ...target.request, body }, errors };
}

/** What is cut out of the body: a shell must not get to read it. */
const NOT_COPIED: ReadonlySet<ProblemKind> = new Set(['json-comment', 'json-trailing-comma']);

/** A draft that stands for a whole batch has the first of its requests. */
function requestAround({ document, request }: Draft, offset: number): RequestNode | undefined {
  return document.requests.find(({ node }) => contains(node, offset)) ?? request;
}

function contains(node: Span, offset: number): boolean {
  return node.offset <= offset && offset <= node.offset + node.length;
}

type CurlTarget =
  { readonly ok: true; readonly request: Omit<CurlRequest, 'body'> } | ({ readonly ok: false } & NoCurl);

async function targetOf(
  environment: Environment,
  { keys, settings, sandbox, consent }: Ports,
): Promise<CurlTarget> {
  if (environment !== 'sandbox') {
    const parsed = parseBaseUrl(settings.baseUrl(environment));
    if (!parsed.ok) return { ok: false, reason: 'url-unsafe', environment, fault: parsed.fault };
    const url = endpointUrl(parsed.url, CREATE_INVOICE.path);
    return { ok: true, request: { url, key: { variable: keyVariable(environment) } } };
  }
  try {
    const url = endpointUrl(new URL(await sandbox.baseUrl()), CREATE_INVOICE.path);
    const reading = consent.isTrusted() ? await keys.read('sandbox') : undefined;
    const own = reading?.state === 'present' ? reading.stored.key : undefined;
    const chosen =
      reading?.state === 'present' ? SANDBOX_KEYS.find(({ key }) => key === own?.reveal()) : SANDBOX_KEYS[0];
    // Whoever gave the sandbox a key of another kind may have given it a real one.
    if (!chosen) return { ok: true, request: { url, key: { variable: 'ECCAEX_API_KEY_SANDBOX' } } };
    return {
      ok: true,
      request: { url, key: chosen.key === undefined ? undefined : { publicKey: chosen.key } },
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: 'sandbox', detail };
  }
}
