import { DiagnosticSeverity, Range } from 'vscode';
import type { Range as CoreRange } from '../../core/document/positions';
import type { Severity } from '../../core/problems/problem';

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
