import { SnippetString } from 'vscode';
import { FIELDS } from '../../core/contract/fields';

/** The values of one request, by field. */
export type RequestValues = Readonly<Record<string, string>>;

/** A request with all documented fields, one tab stop in each value. */
export function requestSnippet(values: RequestValues): SnippetString {
  const snippet = new SnippetString();
  appendRequest(snippet, values, '');
  return snippet.appendText('\n');
}

/** A batch of requests, one tab stop in each value. */
export function batchSnippet(requests: readonly RequestValues[]): SnippetString {
  const snippet = new SnippetString('[\n');
  for (const [place, values] of requests.entries()) {
    appendRequest(snippet, values, '  ');
    snippet.appendText(place < requests.length - 1 ? ',\n' : '\n');
  }
  return snippet.appendText(']\n');
}

function appendRequest(snippet: SnippetString, values: RequestValues, indent: string): void {
  snippet.appendText(`${indent}{\n`);
  for (const [place, { name }] of FIELDS.entries()) {
    snippet
      .appendText(`${indent}  "${name}": "`)
      .appendPlaceholder(values[name] ?? '')
      .appendText(place < FIELDS.length - 1 ? '",\n' : `"\n${indent}}`);
  }
}
