import { ConfigurationTarget, env, window, workspace, type Uri } from 'vscode';
import { pickOne } from '../shell/pickOne';
import { isObject } from '../../core/json';
import { advice, diagnose, type Diagnosis } from '../../core/webhook/diagnosis';
import { webhooksInHar } from '../../core/webhook/readHar';
import {
  fromBase64,
  IDEMPOTENCY_HEADER,
  onlyHeader,
  SIGNATURE_HEADER,
  TIMESTAMP_HEADER,
  utf8,
} from '../../core/webhook/signature';
import type { Evidence } from '../../core/webhook/trials';
import { fileNameOf } from '../shell/convert';
import { inBackground } from '../shell/log';
import { notify } from '../shell/notify';
import { timeWords } from './webhookWords';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import type { Services } from '../shell/services';

type Received = Pick<Evidence, 'body' | 'signature' | 'timestamp' | 'idempotencyKey' | 'receivedAtSeconds'>;

/**
 * Says why the signature of a webhook does not hold. `first`: `{bodyBase64 or body, signature, timestamp,
 * idempotencyKey, receivedAt}` as an event has them; without it a person is asked.
 */
export async function explainSignature(
  services: Services,
  texts: ReadOnlyTexts,
  first: unknown,
): Promise<(Pick<Diagnosis, 'state' | 'skewSeconds' | 'cause' | 'scheme'> & { advice: string }) | undefined> {
  const received = readReceived(first) ?? (await ask());
  if (!received) return undefined;
  const [{ secrets }, stored] = await Promise.all([services.webhooks(), services.keys.readAll()]);
  const diagnosis = diagnose(services.digests, {
    ...received,
    scheme: services.webhookSettings.scheme(),
    environment: undefined,
    secrets: await secrets.known(),
    apiKeys: stored.keys
      .filter(({ isWebhookSecret }) => !isWebhookSecret)
      .map(({ environment, key }) => ({ environment, secret: key.reveal() })),
    toleranceSeconds: services.webhookSettings.toleranceSeconds(),
  });
  inBackground(services.log, tell(diagnosis, texts));
  const { state, skewSeconds, cause, scheme } = diagnosis;
  return { state, skewSeconds, cause, scheme, advice: advice(diagnosis) };
}

function readReceived(first: unknown): Received | undefined {
  if (!isObject(first)) return undefined;
  const { bodyBase64, body, signature, timestamp, idempotencyKey, receivedAt } = first;
  const bytes =
    typeof bodyBase64 === 'string'
      ? fromBase64(bodyBase64)
      : typeof body === 'string'
        ? utf8(body)
        : undefined;
  if (!bytes || typeof signature !== 'string' || typeof timestamp !== 'string') return undefined;
  return {
    body: bytes,
    signature,
    timestamp,
    idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : '',
    receivedAtSeconds: typeof receivedAt === 'number' ? receivedAt : undefined,
  };
}

async function ask(): Promise<Received | undefined> {
  const editor = window.activeTextEditor?.document;
  const sources = [
    ...(editor
      ? [
          {
            label: 'Active Editor',
            description: fileNameOf(editor.uri.toString()),
            source: 'editor' as const,
          },
        ]
      : []),
    { label: 'Clipboard', description: 'the raw body', source: 'clipboard' as const },
    { label: 'File…', description: 'the raw body, byte for byte', source: 'file' as const },
    { label: 'HAR File…', description: 'body and headers of a recorded request', source: 'har' as const },
  ];
  const title = 'Explain Webhook Signature';
  const picked = await pickOne(sources, {
    title,
    placeHolder: 'Where is the body of the webhook?',
  });
  if (!picked) return undefined;
  if (picked.source === 'har') return fromHar(title);
  const body =
    picked.source === 'clipboard'
      ? utf8(await env.clipboard.readText())
      : picked.source === 'editor' && editor
        ? await bytesOf(editor.uri, editor.isDirty || editor.isUntitled ? editor.getText() : undefined)
        : await chosenFile();
  if (!body) return undefined;
  const input = (prompt: string) => window.showInputBox({ title, prompt, ignoreFocusOut: true });
  const signature = await input(`Value of ${SIGNATURE_HEADER}`);
  if (signature === undefined) return undefined;
  const timestamp = await input(`Value of ${TIMESTAMP_HEADER}`);
  if (timestamp === undefined) return undefined;
  return {
    body,
    signature: signature.trim(),
    timestamp: timestamp.trim(),
    idempotencyKey: '',
    receivedAtSeconds: undefined,
  };
}

async function bytesOf(uri: Uri, unsaved: string | undefined): Promise<Uint8Array | undefined> {
  if (unsaved !== undefined) return utf8(unsaved);
  try {
    return await workspace.fs.readFile(uri);
  } catch {
    void notify.error(`${fileNameOf(uri.toString())} cannot be read.`);
    return undefined;
  }
}

async function chosenFile(filters?: Record<string, string[]>): Promise<Uint8Array | undefined> {
  const [uri] =
    (await window.showOpenDialog({ canSelectMany: false, ...(filters ? { filters } : {}) })) ?? [];
  return uri && bytesOf(uri, undefined);
}

async function fromHar(title: string): Promise<Received | undefined> {
  const bytes = await chosenFile({ HAR: ['har', 'json'] });
  if (!bytes) return undefined;
  const webhooks = webhooksInHar(new TextDecoder().decode(bytes));
  if (webhooks.length === 0) {
    void notify.warn(`This file contains no request with the header ${SIGNATURE_HEADER}.`);
    return undefined;
  }
  const items = webhooks.map((webhook) => ({
    label: webhook.url,
    description:
      webhook.receivedAtSeconds === undefined
        ? ''
        : timeWords(new Date(webhook.receivedAtSeconds * 1000).toISOString()),
    webhook,
  }));
  const picked = items.length === 1 ? items[0] : await pickOne(items, { title, matchOnDescription: true });
  if (!picked) return undefined;
  const { headers, body, receivedAtSeconds } = picked.webhook;
  return {
    body,
    signature: onlyHeader(headers, SIGNATURE_HEADER) ?? '',
    timestamp: onlyHeader(headers, TIMESTAMP_HEADER) ?? '',
    idempotencyKey: onlyHeader(headers, IDEMPOTENCY_HEADER) ?? '',
    receivedAtSeconds,
  };
}

async function tell(diagnosis: Diagnosis, texts: ReadOnlyTexts): Promise<void> {
  const { state, sentence, cures, scheme, environment } = diagnosis;
  const show = 'Show Fix';
  const remember = 'Use This Scheme';
  // A test event of the sandbox says nothing of the vendor's scheme.
  const isReal = environment !== null && environment !== 'sandbox';
  const buttons = [...(scheme && isReal ? [remember] : []), ...(cures.length > 0 ? [show] : [])];
  const choice = await (state === 'valid' ? notify.info(sentence) : notify.warn(sentence, ...buttons));
  if (choice === remember)
    await workspace
      .getConfiguration('eccaex')
      .update('webhooks.signature', scheme, ConfigurationTarget.Global);
  if (choice === show) await texts.open('Webhook Signature.txt', `${advice(diagnosis)}\n`);
}
