import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Report } from '../../../src/core/report/report';
import { sayingYes } from './dialogs';
import { assertIsKnown } from '../../support/usedKeys';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server';

/** A server that the environment `dev` points to, with the key that opens it. */
export async function startMerchant(slowMs = 60_000): Promise<Sandbox> {
  const merchant = await startSandbox({ slowMs });
  await setBaseUrl('dev', merchant.baseUrl);
  await useKey('dev', 'sandbox_active');
  await vscode.commands.executeCommand('eccaex.selectEnvironment', { environment: 'dev' });
  return merchant;
}

export async function stopMerchant(merchant: Sandbox): Promise<void> {
  await forget('dev');
  await setBaseUrl('dev', undefined);
  await merchant.stop();
}

export async function setBaseUrl(environment: string, url: string | undefined): Promise<void> {
  await setUserSetting(`eccaex.baseUrl.${environment}`, url);
}

export async function setUserSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** Gives an environment a key, in the place of the one that it has. */
export async function useKey(environment: string, key: string): Promise<{ done: boolean } | undefined> {
  assertIsKnown(key);
  await forget(environment);
  return sayingYes(() => importKey(environment, key));
}

export async function forget(environment: string): Promise<void> {
  await sayingYes(() => vscode.commands.executeCommand('eccaex.removeApiKey', { environment }));
}

/** Imports a key from a variable of the extension host, as a task can ask for. */
export async function importKey(environment: string, key: string): Promise<{ done: boolean } | undefined> {
  const variable = 'HOST_TEST_KEY';
  process.env[variable] = key;
  try {
    return await vscode.commands.executeCommand('eccaex.importApiKey', { environment, variable });
  } finally {
    Reflect.deleteProperty(process.env, variable);
  }
}

/** A request file's text; `undefined` leaves a field out. */
export function invoice(fields: Readonly<Record<string, string | undefined>> = {}): string {
  const request = {
    amount: '1500.00',
    currency_code: 'UAH',
    customer_id: 'user_12345',
    external_id: `order-${randomUUID()}`,
    callback_url: 'https://shop.example/hook',
    success_url: 'https://shop.example/ok',
    fail_url: 'https://shop.example/fail',
    ...fields,
  };
  return `${JSON.stringify(request, null, 2)}\n`;
}

/** Sends as a person who says yes to what is asked. */
export function send(argument?: unknown): Promise<Report> {
  return sayingYes(() => sendUnanswered(argument));
}

/** Sends where nobody answers what is asked. */
export async function sendUnanswered(argument?: unknown): Promise<Report> {
  const report = await vscode.commands.executeCommand<Report | undefined>('eccaex.sendInvoice', argument);
  assert.ok(report, 'the command returns a report');
  return report;
}
