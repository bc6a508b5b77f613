import { languages, type Diagnostic, type Uri } from 'vscode';
import { severityOf } from '../../core/problems/catalogue';
import type { ProblemKind } from '../../core/problems/problem';
import { toSeverity } from '../shell/convert';

const COMMENT = 0x209;

/** What VS Code's own JSON support calls these. Source: vscode-json-languageservice, `ErrorCode`. */
const CODES: Partial<Record<ProblemKind, (code: number) => boolean>> = {
  'json-trailing-comma': (code) => code === 0x207,
  'json-duplicate-key': (code) => code === 0x208,
  'json-comment': (code) => code === COMMENT,
  'json-syntax': (code) => code > 0x100 && code < 0x300 && (code < 0x207 || code > 0x209),
};

/**
 * The problems that VS Code's own JSON support shows of a document: in JSON mode, unless it is switched
 * off or the document is too large for it.
 */
export function otherJsonProblems(uri: Uri): Diagnostic[] {
  return languages
    .getDiagnostics(uri)
    .filter(({ source, code }) => source === 'json' || source === 'jsonc' || isOfComment(source, code));
}

/** VS Code's JSON support names itself with all that it says but this. */
function isOfComment(source: string | undefined, code: Diagnostic['code']): boolean {
  return !source && code === COMMENT;
}

/**
 * Whether one of the others says the same, so that it need not be said twice. One that makes less of it does not
 * count: of a repeated key VS Code only warns, which keeps a request from being sent here.
 */
export function isShownAlready(kind: ProblemKind, others: readonly Diagnostic[]): boolean {
  const isSame = CODES[kind];
  const own = toSeverity(severityOf({ kind }));
  return (
    isSame !== undefined &&
    others.some(({ code, severity }) => typeof code === 'number' && isSame(code) && severity <= own)
  );
}
