import {
  CodeAction,
  CodeActionKind,
  languages,
  type CodeActionContext,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  type Range,
  type TextDocument,
} from 'vscode';
import type { PresentProblem } from '../../app/outcomes/problemsOfNow';
import { requestAt } from '../../core/document/document';
import { spanAt } from '../../core/document/pointer';
import { fixAllEdits, fixesFor } from '../../core/fixes/fixes';
import { clip } from '../../core/phrases';
import { codeOf } from '../../core/problems/problem';
import { toRange, DIAGNOSTIC_SOURCE } from '../shell/convert';
import { editOf, effectOf } from '../shell/fixCommands';
import type { LiveDocument, LiveProblems } from './liveProblems';

/** What a user can have run on save: `"editor.codeActionsOnSave": {"source.fixAll.eccaex": "explicit"}`. */
const FIX_ALL = CodeActionKind.SourceFixAll.append('eccaex');

/** Offers the fixes of the problems below the cursor. They are computed from the text of now. */
export class FixProvider implements CodeActionProvider {
  constructor(private readonly live: LiveProblems) {}

  register(): Disposable {
    return languages.registerCodeActionsProvider('*', this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
    });
  }

  provideCodeActions(
    document: TextDocument,
    range: Range,
    { diagnostics, only }: CodeActionContext,
  ): CodeAction[] {
    const live = this.live.of(document);
    if (!live) return [];
    if (only && (FIX_ALL.contains(only) || only.contains(FIX_ALL))) return this.#fixAll(document, live);
    const actions = live.problems
      .filter(({ problem }) => rangeOf(live, problem).intersection(range))
      .flatMap((present) => this.#actionsFor(present, document, live, diagnostics));
    return withoutRepeats([...actions, ...(actions.length > 0 ? this.#fixAllHere(document, live) : [])]);
  }

  #fixAll(document: TextDocument, live: LiveDocument): CodeAction[] {
    const problems = live.problems.map(({ problem }) => problem);
    const edits = fixAllEdits(problems, live.document, this.live.context());
    if (edits.length === 0) return [];
    const action = new CodeAction('Fix all that is safe to fix', FIX_ALL);
    action.edit = editOf(edits, document.uri, live.document);
    return [action];
  }

  /** The same in the menu of fixes, where more than one of them is due. */
  #fixAllHere(document: TextDocument, live: LiveDocument): CodeAction[] {
    return this.#fixAll(document, live).map((all) => {
      const action = new CodeAction('Fix all that is safe to fix', CodeActionKind.QuickFix);
      if (all.edit) action.edit = all.edit;
      return action;
    });
  }

  #actionsFor(
    present: PresentProblem,
    document: TextDocument,
    live: LiveDocument,
    all: readonly Diagnostic[],
  ): CodeAction[] {
    const { problem, environment, sent } = present;
    const range = rangeOf(live, problem);
    const code = clip(codeOf(problem));
    const diagnostics = all.filter(
      (diagnostic) =>
        diagnostic.source === DIAGNOSTIC_SOURCE &&
        typeof diagnostic.code === 'object' &&
        diagnostic.code.value === code &&
        diagnostic.range.isEqual(range),
    );
    // It is located in the text of now, where the request may have moved since it was sent.
    const request = requestAt(live.document, problem.pointer);
    const isBatch = live.document.root?.type === 'array';
    const subject = {
      uri: document.uri.toString(),
      environment,
      ...(isBatch && sent && request ? { index: request.index } : {}),
      ...(sent ? { sentAs: sent.report.index } : {}),
    };
    return fixesFor(problem, live.document, { ...this.live.context(), environment }).map((fix, place) => {
      const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
      action.diagnostics = diagnostics;
      // The invoice may exist: nobody resends its body by a key for the likeliest fix.
      action.isPreferred = place === 0 && fix.id !== 'resend-same-body';
      return Object.assign(action, effectOf(fix, document.uri, live.document, subject));
    });
  }
}

function rangeOf({ document }: LiveDocument, problem: PresentProblem['problem']): Range {
  return toRange(document.lines.rangeOf(problem.span ?? spanAt(document, problem.pointer)));
}

/** Several problems at one place can have the same fix, such as sending again. */
function withoutRepeats(actions: readonly CodeAction[]): CodeAction[] {
  return actions.filter(
    (action, place) => actions.findIndex(({ title }) => title === action.title) === place,
  );
}
