import { env, window } from 'vscode';
import type { CurlCopy, NoCurl, RequestChoice } from '../../app/sending/copyAsCurl';
import { curlCommand, type CurlRequest, type Shell } from '../../core/curl/curlCommand';
import type { Environment } from '../../core/environments/environment';
import { wordsOf } from '../../core/problems/words';
import { inBackground } from '../shell/log';
import { readArguments, type CommandArguments } from '../shell/commandArguments';
import { fileNameOf } from '../shell/convert';
import { notify } from '../shell/notify';
import { isSendable } from '../shell/requestDocuments';
import type { Services } from '../shell/services';
import { cannotRead } from '../../core/sharedWords';

/** Puts a cURL command for one request on the clipboard, and gives it to whoever called. */
export async function copyAsCurl(services: Services, first: unknown): Promise<string | undefined> {
  const given = readArguments(first);
  const choice = choiceOf(given);
  if (!choice) {
    void notify.warn('Open a request file to copy its request as a cURL command.');
    return undefined;
  }
  const environment = given.environment ?? services.environment.get();
  const copy = await services.copyAsCurl(choice, environment);
  if (!copy.ok) {
    void notify.error(`Not copied: ${whyNot(copy, fileNameOf(choice.uri))}`);
    return undefined;
  }
  const command = await copyFor(services.shell, copy.request);
  inBackground(services.log, offerOtherShell(copy, environment, services.shell));
  return command;
}

function choiceOf({ uris, index }: CommandArguments): RequestChoice | undefined {
  const editor = window.activeTextEditor;
  const [uri = editor && isSendable(editor.document) ? editor.document.uri : undefined] = uris ?? [];
  if (!uri) return undefined;
  if (index !== undefined) return { uri: uri.toString(), index };
  const isActive = editor?.document.uri.toString() === uri.toString();
  return {
    uri: uri.toString(),
    ...(isActive ? { offset: editor.document.offsetAt(editor.selection.active) } : {}),
  };
}

async function copyFor(shell: Shell, request: CurlRequest): Promise<string> {
  const command = curlCommand(request, shell);
  await env.clipboard.writeText(command);
  return command;
}

const SHELLS: Readonly<Record<Shell, { readonly name: string; readonly other: Shell }>> = {
  posix: { name: 'sh', other: 'powershell' },
  powershell: { name: 'PowerShell', other: 'posix' },
};

/** Says what was copied, and offers the quoting of the other shell; the clipboard has one of them at a time. */
async function offerOtherShell(
  { request, errors }: Extract<CurlCopy, { ok: true }>,
  environment: Environment,
  shell: Shell,
): Promise<void> {
  const { name, other } = SHELLS[shell];
  const { key } = request;
  const about = [
    `cURL command for ${environment} copied (${name}).`,
    key && 'variable' in key ? `It takes the key from the environment variable ${key.variable}.` : '',
    errors > 0 ? `The request has ${errors} ${errors === 1 ? 'error' : 'errors'}.` : '',
  ];
  const button = `Copy for ${SHELLS[other].name}`;
  const message = about.filter((sentence) => sentence !== '').join(' ');
  const choice = await (errors > 0 ? notify.warn(message, button) : notify.info(message, button));
  if (choice === undefined) return;
  await copyFor(other, request);
  await offerOtherShell({ ok: true, request, errors }, environment, other);
}

function whyNot(why: NoCurl, name: string): string {
  switch (why.reason) {
    case 'unreadable':
      return cannotRead(name, why.detail);
    case 'no-request':
      return `${name} has no request there.`;
    case 'key-in-file':
      return `an API key stands in the request. Take it out of ${name} first.`;
    case 'sandbox':
      return `the sandbox could not be started: ${why.detail}.`;
    case 'url-unsafe': {
      const { environment, fault } = why;
      return wordsOf({ kind: 'url-unsafe', arguments: { environment, fault }, pointer: '' }, { environment })
        .message;
    }
  }
}
