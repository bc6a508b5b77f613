import assert from 'node:assert/strict';
import { parseDocument } from '../../src/core/document/document';
import type { Environment } from '../../src/core/environments/environment';
import type { EditFixId, Fix, FixContext } from '../../src/core/fixes/fix';
import { fixesFor } from '../../src/core/fixes/fixes';
import type { DocumentProblem, DocumentProblemKind } from '../../src/core/problems/problem';
import { wordsOf } from '../../src/core/problems/words';
import { validate, type ValidationContext } from '../../src/core/validate/validate';
import { edited, marked } from './marked';

export type EditFix = Extract<Fix, { edits: unknown }>;

export const CONTEXT: ValidationContext & FixContext = {
  environment: 'dev',
  variables: { shop: 'kyiv' },
  defaultUrls: {
    callback_url: 'https://default.example/callback',
    success_url: 'https://default.example/success',
    fail_url: 'https://default.example/fail',
  },
  newId: () => 'new',
};

/** One row of a table: a text with the place of its problem marked, and what is said of it. */
export interface Row {
  /** Where the marked place and what stands around it do not say it all. */
  readonly name?: string;
  readonly text: string;
  readonly code: DocumentProblemKind;
  readonly pointer?: string;
  readonly arguments?: object;
  /** A part of its message. */
  readonly says?: string;
  readonly environment?: Environment;
  /** Further problems of the text. None, where nothing is said. */
  readonly also?: readonly DocumentProblemKind[];
  /**
   * The text after each fix that is offered; of several with one id a list, in order. No other one is, but to define a
   * placeholder, which changes no text.
   */
  readonly fixes?: Partial<Readonly<Record<EditFixId, string | readonly string[]>>>;
}

/** Checks the table, a test for each row. */
export function checkTable(rows: readonly Row[]): void {
  for (const row of rows) {
    const { name = surroundings(row.text) } = row;
    it(`${row.code}: ${name}`, () => checkRow(row));
  }
}

function surroundings(source: string): string {
  const around = source.slice(Math.max(0, source.indexOf('«') - 20), source.indexOf('»') + 20);
  return JSON.stringify(around.length > 80 ? `${around.slice(0, 80)}…` : around);
}

export function checkRow({ text: source, code, pointer = '', also = [], fixes = {}, ...row }: Row): void {
  const { text, span } = marked(source);
  const context = { ...CONTEXT, environment: row.environment ?? CONTEXT.environment };
  const document = parseDocument(text);
  const problems = validate(document, context);
  assert.deepEqual(problems.map(({ kind }) => kind).sort(), [code, ...also].sort());
  const problem = problems.find((one) => one.kind === code && one.span.offset === span.offset);
  assert.ok(problem, `no ${code} at ${span.offset}, but at ${problems.map((one) => one.span.offset).join()}`);
  assert.deepEqual(placeOf(problem), { pointer, span });
  if (row.arguments) assert.deepEqual(problem.arguments, row.arguments);
  if (row.says !== undefined) {
    const { message } = wordsOf(problem, context);
    assert.ok(message.includes(row.says), message);
  }
  const offered: Record<string, string[]> = {};
  for (const fix of fixesFor(problem, document, context).filter(({ id }) => id !== 'define-placeholder'))
    (offered[fix.id] ??= []).push('edits' in fix ? edited(text, fix.edits) : 'an action');
  const expected = Object.entries(fixes).map(([id, after]) => [id, [after].flat()]);
  assert.deepEqual(offered, Object.fromEntries(expected));
}

function placeOf({ pointer, span: { offset, length } }: DocumentProblem): object {
  return { pointer, span: { offset, length } };
}

/** The codes of all problems of a text, in order. */
export function codesOf(text: string, context: Partial<ValidationContext> = {}): string[] {
  return validate(parseDocument(text), { ...CONTEXT, ...context }).map(({ kind }) => kind);
}
