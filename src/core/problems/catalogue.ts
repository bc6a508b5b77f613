import { DOCUMENTATION } from '../contract/documentation';
import { documentedError } from '../contract/errors';
import type { DocumentProblems, Problem, ProblemKind, SentProblem, Severity } from './problem';

const SEVERITY: Readonly<Record<keyof DocumentProblems, Severity>> = {
  'json-syntax': 'error',
  'json-comment': 'error',
  'json-trailing-comma': 'error',
  'json-duplicate-key': 'error',
  'root-type': 'error',
  'field-missing': 'error',
  'urls-missing': 'warning',
  'field-type': 'error',
  'field-unknown': 'warning',
  'field-misnamed': 'error',
  'field-empty': 'error',
  'field-too-long': 'error',
  'amount-format': 'error',
  'amount-zero': 'warning',
  'amount-minor-units': 'information',
  'currency-format': 'error',
  'currency-unknown': 'error',
  'url-format': 'error',
  'url-insecure': 'warning',
  'url-unreachable': 'information',
  'placeholder-unknown': 'error',
  'webhook-url-absent': 'error',
  'placeholder-format': 'error',
  'placeholder-foreign': 'warning',
  'external-id-repeated': 'error',
  'key-in-file': 'error',
  'more-problems': 'information',
  'amount-outside-limits': 'information',
  'currency-not-offered': 'information',
};

/** Where a problem comes from: the text alone, or the attempt to send it. */
export function sourceOf({ kind }: { readonly kind: ProblemKind }): 'document' | 'api' {
  return Object.hasOwn(SEVERITY, kind) ? 'document' : 'api';
}

export function isSentProblem(problem: Problem): problem is SentProblem {
  return sourceOf(problem) === 'api';
}

export function severityOf({ kind }: { readonly kind: ProblemKind }): Severity {
  if (kind === 'invoice-differs') return 'warning';
  return (SEVERITY as Partial<Record<ProblemKind, Severity>>)[kind] ?? 'error';
}

/**
 * Whether the same request, sent again as it is, can succeed and cannot create a second invoice.
 * A 5xx from a gateway is not: nobody knows whether the API behind it did its work.
 */
export function isRetryable(problem: Problem): boolean {
  switch (problem.kind) {
    case 'envelope':
      return problem.arguments.status === 429 || problem.arguments.status === 503;
    case 'http-status':
      return problem.arguments.status === 429;
    case 'connection':
      return problem.arguments.reason === 'never-left';
    case 'rate-limited':
      return true;
    default:
      return false;
  }
}

/** The vendor's page on a problem. */
export function documentationOf(problem: Problem): string {
  switch (problem.kind) {
    case 'envelope': {
      const { code, status } = problem.arguments;
      const otherwise = status === 401 || status === 403 ? 'authentication' : 'errors';
      return DOCUMENTATION[documentedError(code)?.page ?? otherwise];
    }
    case 'key-absent':
    case 'key-unreadable':
    case 'key-other-origin':
    case 'key-refused':
      return DOCUMENTATION.authentication;
    case 'url-unsafe':
    case 'redirect':
    case 'connection':
    case 'timeout':
      return DOCUMENTATION.introduction;
    case 'amount-outside-limits':
      return DOCUMENTATION['payment-methods'];
    case 'currency-not-offered':
      return DOCUMENTATION.currencies;
    case 'http-status':
    case 'rate-limited':
    case 'unreadable':
      return DOCUMENTATION.errors;
    default:
      return DOCUMENTATION.invoices;
  }
}
