import { commands, workspace } from 'vscode';
import type { EndpointView } from '../endpoints/endpointView';
import type { LeakGuard } from '../leaks/leakGuard';
import { applyFix, fixAll } from '../language/applyFixes';
import type { LiveProblems } from '../language/liveProblems';
import { notify } from '../shell/notify';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import type { ResponseView } from '../response/responseView';
import type { Services } from '../shell/services';
import {
  cancelSend,
  copyExternalId,
  copyRequestId,
  resendSameBody,
  sendInvoice,
  sendInvoiceTo,
  sendRequests,
  showLastProblem,
} from '../sending/sendCommands';
import { callEndpoint, openEndpointPage, refreshMerchant } from '../endpoints/endpointCommands';
import { copyAsCurl } from '../authoring/copyCurl';
import { setBaseUrl } from '../keys/baseUrl';
import { selectEnvironment, startSandbox, stopSandbox } from '../keys/environmentCommands';
import { historyHandlers } from '../history/historyCommands';
import { importApiKey, removeAllApiKeys, removeApiKey, setApiKey } from '../keys/keyCommands';
import { verifyApiKey } from '../keys/verification';
import { ignoreFile, moveKey } from '../leaks/leakFixCommands';
import { defineVariable } from '../authoring/defineVariable';
import { newInvoiceRequest, openRequest } from '../authoring/newRequest';
import { newRequestFromCurl } from '../authoring/newRequestFromCurl';
import { openSamples } from '../authoring/samples';
import { rotateApiKey } from '../keys/rotateApiKey';
import type { CommandHandlers } from '../shell/registrar';
import { openResponse, showResponse } from '../response/responseCommands';
import { addCommitHook, removeCommitHook } from '../leaks/commitHooks';
import { webhookHandlers } from '../webhooks/webhookActions';
import type { WebhookView } from '../webhooks/webhookView';
import { controlSending } from '../webhooks/controlSending';
import { simulatePayment } from '../webhooks/simulatePayment';
import { scanForKeys } from '../leaks/scanCommand';
import { copyWebhookUrl, forwardWebhooks, startWebhooks, stopWebhooks } from '../webhooks/webhookCommands';
import { explainSignature } from '../webhooks/explainSignature';
import type { HandlerTests } from '../webhooks/handlerTests';
import { newWebhookHandler } from '../webhooks/newHandler';
import { removeWebhookSecret, setWebhookSecret } from '../webhooks/webhookSecrets';
import { BUTTONS } from '../../core/sharedWords';

/** Where what came back, or was found, is shown. */
export interface Views {
  readonly endpointView: EndpointView;
  readonly responseView: ResponseView;
  readonly webhookView: WebhookView;
  readonly responseTexts: ReadOnlyTexts;
  readonly leakGuard: LeakGuard;
  readonly handlerTests: HandlerTests;
  readonly live: LiveProblems;
}

/** Every command and what carries it out. */
export function commandHandlers(
  services: Services,
  { endpointView, responseView, webhookView, responseTexts, leakGuard, handlerTests, live }: Views,
): CommandHandlers {
  return {
    'eccaex.sendInvoice': (first, second) => sendInvoice(services, first, second),
    'eccaex.sendInvoiceTo': (first, second) => sendInvoiceTo(services, first, second),
    'eccaex.sendFolder': (first, second) => sendInvoice(services, first, second),
    'eccaex.selectEnvironment': (first) => selectEnvironment(services, first),
    'eccaex.setBaseUrl': (first) => setBaseUrl(services, first),
    'eccaex.setApiKey': (first) => inTrusted(() => setApiKey(services, first)),
    'eccaex.importApiKey': (first) => inTrusted(() => importApiKey(services, first)),
    'eccaex.verifyApiKey': (first) => inTrusted(() => verifyApiKey(services, first)),
    'eccaex.rotateApiKey': (first) => inTrusted(() => rotateApiKey(services, first)),
    'eccaex.removeApiKey': (first) => removeApiKey(services, first),
    'eccaex.removeAllApiKeys': () => removeAllApiKeys(services),
    'eccaex.newInvoiceRequest': () => newInvoiceRequest(services),
    'eccaex.newRequestFromCurl': () => newRequestFromCurl(services),
    'eccaex.openSamples': (first) => openSamples(services, first),
    ...historyHandlers(services, responseView),
    'eccaex.callEndpoint': (first) => callEndpoint(services, endpointView, first),
    'eccaex.showPaymentMethods': () => callEndpoint(services, endpointView, { endpoint: 'payment-methods' }),
    'eccaex.showCurrencies': () => callEndpoint(services, endpointView, { endpoint: 'currencies' }),
    'eccaex.showWithdrawals': () => callEndpoint(services, endpointView, { endpoint: 'withdrawals' }),
    'eccaex.openEndpointPage': (first) => openEndpointPage(first),
    'eccaex.copyAsCurl': (first) => copyAsCurl(services, first),
    'eccaex.scanForKeys': () => scanForKeys(services, leakGuard),
    'eccaex.addCommitHook': () => inTrusted(() => addCommitHook(services)),
    'eccaex.removeCommitHook': () => inTrusted(() => removeCommitHook(services)),
    'eccaex.showResponse': (first) => showResponse(services, responseView, first),
    'eccaex.openResponse': (first) => openResponse(services, responseTexts, first),
    'eccaex.startSandbox': () => startSandbox(services),
    'eccaex.stopSandbox': () => stopSandbox(services),
    'eccaex.startWebhooks': () => startWebhooks(services),
    'eccaex.stopWebhooks': () => stopWebhooks(services),
    'eccaex.forwardWebhooks': () => inTrusted(() => forwardWebhooks(services)),
    'eccaex.copyWebhookUrl': () => copyWebhookUrl(services),
    'eccaex.setWebhookSecret': (first) => inTrusted(() => setWebhookSecret(services, first)),
    'eccaex.explainSignature': (first) => inTrusted(() => explainSignature(services, responseTexts, first)),
    'eccaex.newWebhookHandler': (first) => newWebhookHandler(services, first),
    '_eccaex.replayCheck': (first) => inTrusted(() => handlerTests.replay(String(first))),
    'eccaex.removeWebhookSecret': (first) => removeWebhookSecret(services, first),
    'eccaex.simulatePayment': (first) => simulatePayment(services, first),
    ...webhookHandlers(services, webhookView, responseTexts),
    '_eccaex.controlSending': (first) => controlSending(services, first),
    '_eccaex.sendRequests': (first) => sendRequests(services, first),
    '_eccaex.resendSameBody': (first) => resendSameBody(services, first),
    '_eccaex.copyExternalId': (first) => copyExternalId(services, first),
    '_eccaex.copyRequestId': (first) => copyRequestId(services, first),
    '_eccaex.moveKey': (first) => inTrusted(() => moveKey(services, first)),
    '_eccaex.ignoreFile': (first) => ignoreFile(services, first),
    '_eccaex.cancelSend': (first) => cancelSend(services, first),
    '_eccaex.fixAll': (first) => fixAll(services, live, first),
    '_eccaex.applyFix': (first) => applyFix(services, live, first),
    '_eccaex.defineVariable': (first) => defineVariable(services, first),
    '_eccaex.followSend': (first) => responseView.follow(first),
    '_eccaex.openRequest': (first) => openRequest(first),
    '_eccaex.refreshMerchant': (first) => refreshMerchant(services, first),
    '_eccaex.showProblem': (first) => showLastProblem(services, first),
  };
}

/** In a workspace that nobody vouches for, no key is asked for, read or sent. Sending says so in its report. */
async function inTrusted(work: () => unknown): Promise<unknown> {
  if (workspace.isTrusted) return work();
  const manage = BUTTONS.manageTrust;
  const choice = await notify.warn('Keys, secrets and webhooks are used in trusted workspaces only.', manage);
  if (choice === manage) await commands.executeCommand('workbench.trust.manage');
  return undefined;
}
