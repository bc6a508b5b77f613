import { commands, window, workspace, type TextDocument } from 'vscode';
import { requestAt } from '../../core/document/document';
import { isFixId } from '../../core/fixes/fix';
import { fixAllEdits, fixesFor } from '../../core/fixes/fixes';
import { isObject } from '../../core/json';
import { severityOf } from '../../core/problems/catalogue';
import { readArguments, startedHere } from '../shell/commandArguments';
import { fileNameOf } from '../shell/convert';
import { editOf, effectOf, runHere } from '../shell/fixCommands';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';
import type { LiveProblems } from './liveProblems';

/** Makes all edits that leave what the user means as it is; gives whether there was one. */
export async function fixAll(services: Services, live: LiveProblems, first: unknown): Promise<boolean> {
  const document = await shown(first);
  const ofNow = document && live.of(document);
  if (!ofNow) return false;
  const problems = ofNow.problems.map(({ problem }) => problem);
  const edits = fixAllEdits(problems, ofNow.document, live.context());
  if (edits.length === 0 || !(await workspace.applyEdit(editOf(edits, document.uri, ofNow.document))))
    return false;
  offerSend(services, live, document);
  return true;
}

/** Makes one fix where a problem of the request has it; gives whether it was made. */
export async function applyFix(services: Services, live: LiveProblems, first: unknown): Promise<boolean> {
  const document = await shown(first);
  const ofNow = document && live.of(document);
  const id = isObject(first) ? first['fix'] : undefined;
  if (!ofNow || !isFixId(id)) return false;
  const { index = 0 } = readArguments(first);
  const [found] = ofNow.problems
    .filter(({ problem }) => (requestAt(ofNow.document, problem.pointer)?.index ?? 0) === index)
    .flatMap(({ problem, environment }) =>
      fixesFor(problem, ofNow.document, { ...live.context(), environment })
        .filter((fix) => fix.id === id)
        .map((fix) =>
          effectOf(fix, document.uri, ofNow.document, { uri: document.uri.toString(), environment }),
        ),
    );
  if (!found) return false;
  const isMade = 'edit' in found ? await workspace.applyEdit(found.edit) : await runHere(found.command);
  if (isMade !== true) return false;
  offerSend(services, live, document, index);
  return true;
}

async function shown(first: unknown): Promise<TextDocument | undefined> {
  const { uris: [uri] = [] } = readArguments(first);
  const named = uri ?? window.activeTextEditor?.document.uri;
  if (!named) return undefined;
  try {
    const document = await workspace.openTextDocument(named);
    await window.showTextDocument(document);
    return document;
  } catch {
    void notify.error(`Could not open ${fileNameOf(named.toString())}.`);
    return undefined;
  }
}

/** Says what is left to fix, and offers to send where nothing is. */
function offerSend(services: Services, live: LiveProblems, document: TextDocument, index?: number): void {
  const { uri } = document;
  const name = fileNameOf(uri.toString());
  const problems = live.of(document)?.problems ?? [];
  const left = problems.filter(({ problem }) => severityOf(problem) === 'error').length;
  if (left > 0) {
    void notify.info(`${name}: ${left === 1 ? '1 error needs' : `${left} errors need`} your attention.`);
    return;
  }
  const environment = services.environment.get();
  const send = `Send to ${environment}`;
  void notify.info(`${name} is fixed.`, send).then((choice) => {
    if (choice === send)
      void commands.executeCommand(
        'eccaex.sendInvoice',
        startedHere({ uri, environment, ...(index === undefined || index === 0 ? {} : { index }) }),
      );
  });
}
