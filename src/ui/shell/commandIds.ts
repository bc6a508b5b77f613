import { commands } from 'vscode';

/** The commands that the manifest contributes; a test proves both lists equal. */
export const PUBLIC_COMMANDS = [
  'eccaex.sendInvoice',
  'eccaex.sendInvoiceTo',
  'eccaex.sendFolder',
  'eccaex.selectEnvironment',
  'eccaex.setBaseUrl',
  'eccaex.setApiKey',
  'eccaex.importApiKey',
  'eccaex.verifyApiKey',
  'eccaex.rotateApiKey',
  'eccaex.removeApiKey',
  'eccaex.removeAllApiKeys',
  'eccaex.newInvoiceRequest',
  'eccaex.newRequestFromCurl',
  'eccaex.openSamples',
  'eccaex.openHistoryEntry',
  'eccaex.openHistoryAnswer',
  'eccaex.openSentRequest',
  'eccaex.showUnanswered',
  'eccaex.compareResponses',
  'eccaex.compareRequests',
  'eccaex.resendSameRequest',
  'eccaex.resendFile',
  'eccaex.dismissUnanswered',
  'eccaex.exportHar',
  'eccaex.createBugReport',
  'eccaex.deleteHistoryEntry',
  'eccaex.clearHistory',
  'eccaex.filterHistory',
  'eccaex.clearHistoryFilter',
  'eccaex.callEndpoint',
  'eccaex.showPaymentMethods',
  'eccaex.showCurrencies',
  'eccaex.showWithdrawals',
  'eccaex.openEndpointPage',
  'eccaex.copyAsCurl',
  'eccaex.scanForKeys',
  'eccaex.addCommitHook',
  'eccaex.removeCommitHook',
  'eccaex.showResponse',
  'eccaex.openResponse',
  'eccaex.startSandbox',
  'eccaex.stopSandbox',
  'eccaex.startWebhooks',
  'eccaex.stopWebhooks',
  'eccaex.forwardWebhooks',
  'eccaex.copyWebhookUrl',
  'eccaex.setWebhookSecret',
  'eccaex.removeWebhookSecret',
  'eccaex.explainSignature',
  'eccaex.newWebhookHandler',
  'eccaex.simulatePayment',
  'eccaex.openWebhook',
  'eccaex.replayWebhook',
  'eccaex.replayWebhookSignedNow',
  'eccaex.editWebhook',
  'eccaex.compareWebhooks',
  'eccaex.saveWebhook',
] as const;

/** Behind fixes and links only, whose arguments they take; the underscore is VS Code's mark for such. */
export const INTERNAL_COMMANDS = [
  '_eccaex.sendRequests',
  '_eccaex.resendSameBody',
  '_eccaex.copyExternalId',
  '_eccaex.copyRequestId',
  '_eccaex.cancelSend',
  '_eccaex.fixAll',
  '_eccaex.applyFix',
  '_eccaex.defineVariable',
  '_eccaex.followSend',
  '_eccaex.refreshMerchant',
  '_eccaex.openRequest',
  '_eccaex.moveKey',
  '_eccaex.ignoreFile',
  '_eccaex.showProblem',
  '_eccaex.replayCheck',
  '_eccaex.controlSending',
] as const;

export type CommandId = (typeof PUBLIC_COMMANDS)[number] | (typeof INTERNAL_COMMANDS)[number];

/** The keys that the manifest's `when` clauses read. */
type ContextKey =
  | 'eccaex.sandboxRunning'
  | 'eccaex.webhooksRunning'
  | 'eccaex.webhooksEmpty'
  | 'eccaex.requestEditor'
  | 'eccaex.sentEditor'
  | 'eccaex.noRequestFiles'
  | 'eccaex.historyEmpty'
  | 'eccaex.historyFiltered'
  | 'eccaex.samplesOpened'
  | 'eccaex.createdInSandbox'
  | 'eccaex.errorFixed'
  | 'eccaex.devKeySet';

export function setContext(key: ContextKey, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
