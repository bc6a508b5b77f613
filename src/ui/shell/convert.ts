import { DiagnosticSeverity, Range, Uri } from 'vscode';
import type { Range as CoreRange } from '../../core/document/positions';
import type { Severity } from '../../core/problems/problem';
import { posix } from 'node:path';
import { clip } from '../../core/phrases';

export function toRange({ start, end }: CoreRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

export function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
  }
}

/** What VS Code shows behind the message of a diagnostic. */
export const DIAGNOSTIC_SOURCE = 'EccaEx';

/** The last part of a file's URI, as people call the file. A name can hold anything; what is shown is one short line. */
export function fileNameOf(uri: string): string {
  return clip(posix.basename(Uri.parse(uri).path), 100);
}
