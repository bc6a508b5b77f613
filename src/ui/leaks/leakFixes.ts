import {
  CodeAction,
  CodeActionKind,
  languages,
  Uri,
  WorkspaceEdit,
  type CodeActionContext,
  type CodeActionProvider,
  type Command,
  type Disposable,
  type Range,
  type TextDocument,
} from 'vscode';
import type { PlacedLeak } from '../../app/leaks/leakScanner';
import { DOCUMENTATION } from '../../core/contract/documentation';
import type { Span } from '../../core/document/positions';
import { ApiKey } from '../../core/environments/apiKey';
import {
  keyVariable,
  webhookSecretVariable,
  type Environment,
  type RemoteEnvironment,
} from '../../core/environments/environment';
import type { KeyForm } from '../../core/leaks/keyForms';
import { placeholderEdit } from '../../core/leaks/placeholder';
import { toRange, DIAGNOSTIC_SOURCE, fileNameOf } from '../shell/convert';
import type { Services } from '../shell/services';

/** Forms that nothing has to decode where they stand: a placeholder in their place means the same. */
const REPLACEABLE: ReadonlySet<KeyForm> = new Set<KeyForm>(['plain', 'url', 'split']);

/** What helps against a key in a file. */
export class LeakFixes implements CodeActionProvider {
  constructor(private readonly services: Pick<Services, 'leaks'>) {}

  register(): Disposable {
    return languages.registerCodeActionsProvider('*', this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  provideCodeActions(document: TextDocument, range: Range, { diagnostics }: CodeActionContext): CodeAction[] {
    const known = this.services.leaks.of(document.uri.toString());
    // Places of another text would have something else replaced.
    if (known?.version !== document.version) return [];
    return known.leaks
      .filter((leak) => toRange(leak.range).intersection(range))
      .flatMap((leak) => {
        const own = diagnostics.filter(
          (diagnostic) =>
            diagnostic.source === DIAGNOSTIC_SOURCE && diagnostic.range.isEqual(toRange(leak.range)),
        );
        return actionsFor(leak, document).map((action, place) => {
          action.diagnostics = own;
          action.isPreferred = place === 0;
          return action;
        });
      });
  }
}

function actionsFor({ leak, circumstances }: PlacedLeak, document: TextDocument): CodeAction[] {
  const uri = document.uri.toString();
  const actions: CodeAction[] = [];
  if (leak.code === 'key-literal') {
    if (leak.isCertain) actions.push(moving(document, leak));
  } else if (REPLACEABLE.has(leak.form)) {
    const environment = leak.environments.find(isRemote);
    if (environment) actions.push(replacing(document, leak, environment));
  }
  if (circumstances.git === 'untracked') {
    const title = `Add ${fileNameOf(uri)} to .gitignore`;
    actions.push(running({ title, command: '_eccaex.ignoreFile', arguments: [{ uri }] }));
  }
  if (circumstances.git === 'committed' || circumstances.isClientSide) {
    const title = 'Open EccaEx Docs on Rotating Keys';
    actions.push(
      running({ title, command: 'vscode.open', arguments: [Uri.parse(DOCUMENTATION.authentication)] }),
    );
  }
  return actions;
}

/** The title says what will stand there; of which environment the key is, a person says next. */
function moving(document: TextDocument, leak: PlacedLeak['leak']): CodeAction {
  const variable = leak.isWebhookSecret ? webhookSecretVariable('dev') : keyVariable('dev');
  const { text } = placeholderEdit(document.getText(), leak, document.languageId, variable);
  const title = `Store ${fingerprintAt(document, leak)} and replace it with ${text.replace('_DEV', '_…')}`;
  const uri = document.uri.toString();
  return running({ title, command: '_eccaex.moveKey', arguments: [{ uri, index: leak.offset }] });
}

function fingerprintAt(document: TextDocument, { offset, length }: Span): string {
  const key = ApiKey.parse(document.getText().slice(offset, offset + length));
  return key instanceof ApiKey ? key.fingerprint : 'the key';
}

/** The key is in SecretStorage already. */
function replacing(
  document: TextDocument,
  leak: PlacedLeak['leak'],
  environment: RemoteEnvironment,
): CodeAction {
  const [name, what] = leak.isWebhookSecret
    ? [webhookSecretVariable(environment), 'webhook secret']
    : [keyVariable(environment), 'key'];
  const edit = placeholderEdit(document.getText(), leak, document.languageId, name);
  const action = new CodeAction(
    `Replace the ${environment} ${what} with ${edit.text}`,
    CodeActionKind.QuickFix,
  );
  action.edit = new WorkspaceEdit();
  const { offset, length } = edit.span;
  const start = document.positionAt(offset);
  action.edit.replace(document.uri, toRange({ start, end: document.positionAt(offset + length) }), edit.text);
  return action;
}

function running(command: Command): CodeAction {
  const action = new CodeAction(command.title, CodeActionKind.QuickFix);
  action.command = command;
  return action;
}

function isRemote(environment: Environment): environment is RemoteEnvironment {
  return environment !== 'sandbox';
}
