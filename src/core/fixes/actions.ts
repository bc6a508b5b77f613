import { isVariableName } from '../document/placeholders';
import type { Environment } from '../environments/environment';
import type { ActionFix, ActionFixId } from './fix';

/** The fixes that do something else than edit the document, with their titles. */
export function actions(
  { environment }: { readonly environment: Environment },
  ...ids: ActionFixId[]
): ActionFix[] {
  // The sandbox has no base URL of the user's.
  return ids
    .filter((id) => id !== 'open-base-url-setting' || environment !== 'sandbox')
    .map((id) => ({ id, title: actionTitle(id, environment) }));
}

/** Nothing where that is no name. */
export function defining(expression: string, environment: Environment): ActionFix[] {
  if (!isVariableName(expression)) return [];
  const title = `Define {{${expression}}} for ${environment}…`;
  return [{ id: 'define-placeholder', title, variable: expression }];
}

function actionTitle(id: ActionFixId, environment: Environment): string {
  switch (id) {
    case 'eccaex.setApiKey':
      return `Set the API key for ${environment}…`;
    case 'eccaex.verifyApiKey':
      return `Verify the API key for ${environment}`;
    case 'eccaex.rotateApiKey':
      return `Rotate the API key for ${environment}…`;
    case 'eccaex.selectEnvironment':
      return 'Switch environment…';
    case 'eccaex.sendInvoice':
      return `Send again to ${environment}`;
    case 'copy-external-id':
      return 'Copy external_id';
    case 'resend-same-body':
      return `Resend the exact request to ${environment}`;
    case 'open-key-page':
      return 'Show where to create API keys';
    case 'open-base-url-setting':
      return `Set the base URL for ${environment}…`;
    case 'open-timeout-setting':
      return 'Open the timeout in the settings';
    case 'trust-workspace':
      return 'Manage workspace trust';
    case 'copy-request-id':
      return 'Copy the request id for support';
    case 'refresh-currencies':
      return `Fetch the currencies of ${environment} again`;
    case 'refresh-payment-methods':
      return `Fetch the payment methods of ${environment} again`;
    case 'define-placeholder':
      return `Define the placeholder for ${environment}…`;
    case 'call-again':
      return 'Call again';
  }
}
