import type { BaseUrlFault } from '../environments/baseUrl';
import type { Environment, RemoteEnvironment } from '../environments/environment';
import type { MethodLimits } from '../merchant/knowledge';
import type { SyntaxFault } from '../document/document';
import type { Span } from '../document/positions';
import type { Wait } from '../contract/retryAfter';

export type Severity = 'error' | 'warning' | 'information';
export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** What the document check says, and the arguments of each. */
export interface DocumentProblems {
  'json-syntax': SyntaxFault | { reason: 'not-utf-8' };
  'json-comment': object;
  'json-trailing-comma': object;
  'json-duplicate-key': { key: string };
  'root-type': { found: JsonType | 'empty-array' };
  'field-missing': { field: string };
  'urls-missing': { fields: readonly string[] };
  'field-type': { field: string; found: JsonType };
  'field-unknown': { field: string; near: string | undefined };
  /** `field`: as it is written; `meant`: the documented one; `isPresent`: whether the request has that, too. */
  'field-misnamed': { field: string; meant: string; isPresent: boolean };
  'field-empty': { field: string };
  'field-too-long': { field: string; limit: number; length: number };
  'amount-format': { value: string };
  'amount-zero': object;
  /** `decimals`: as many as ISO 4217 gives the currency. */
  'amount-minor-units': { value: string; currency: string; decimals: number };
  'currency-format': { value: string };
  'currency-unknown': { value: string; near: readonly string[] };
  'url-format': { field: string; value: string };
  'url-insecure': { field: string; why: 'http' | 'credentials' };
  'url-unreachable': { field: string; host: string };
  'placeholder-unknown': { expression: string; near: string | undefined };
  /** `near`: what it most likely should be, where it is only not closed. */
  'placeholder-format': { expression: string; isClosed: boolean; near: string | undefined };
  /** `text`: as it stands there; `ours`: the expression of our placeholder for the same, where there is one. */
  'placeholder-foreign': { text: string; ours: string | undefined };
  /** `{{$webhookUrl}}` stands for nothing in this environment. */
  'webhook-url-absent': { environment: Environment };
  'external-id-repeated': { value: string };
  'key-in-file': { environment: Environment };
  /** Problems that are not listed, since there are too many. */
  'more-problems': { count: number };
  /** What the API has said of the merchant; `fetchedAt` is ISO 8601. */
  'amount-outside-limits': {
    amount: string;
    currency: string;
    limits: readonly MethodLimits[];
    environment: Environment;
    fetchedAt: string;
  };
  'currency-not-offered': {
    currency: string;
    /** Offered ones, the nearest first. */
    near: readonly string[];
    environment: Environment;
    fetchedAt: string;
  };
}

/** What keeps a request from being sent, and the arguments of each. */
export interface SendingProblems {
  'key-absent': { environment: Environment };
  'key-unreadable': { environment: Environment };
  'key-other-origin': { environment: RemoteEnvironment; keyOrigin: string; origin: string };
  'url-unsafe': { environment: RemoteEnvironment; fault: BaseUrlFault };
  /** With the code of the refusal. */
  'key-refused': { environment: Environment; code: string };
  /** An earlier request of the same send got HTTP 429. */
  'rate-limited': { wait?: Wait | undefined };
  'untrusted-workspace': object;
}

/** What a response, or its absence, says, and the arguments of each. Texts from the server are as received. */
export interface AnswerProblems {
  envelope: {
    code: string;
    message: string;
    status: number;
    requestId: string | undefined;
    /** What `details` says of this field. */
    detail: string | undefined;
    /** The fields that a request lacks, where the response is about those. */
    missing: readonly string[];
    /** When the API last took the key that it refuses now, ISO 8601. */
    keyAcceptedAt?: string | undefined;
    wait?: Wait | undefined;
  };
  /** `said`: what the response says of itself, empty where that is nothing. */
  'http-status': { status: number; said?: string; wait?: Wait | undefined };
  /** The invoice has another value than the request. Both are as they stand there. */
  'invoice-differs': { field: string; sent: string; received: string };
  /** A response came, and reading it failed here; `status` is absent where not even that is known. */
  unreadable: { status?: number | undefined; fault: string };
  /** `host` where the target is another than the one that was asked. */
  redirect: { status: number; location: string | undefined; host: string | undefined };
  'not-json': { status: number };
  'not-an-invoice': { status: number };
  /** JSON that is not what the endpoints that read are documented to respond with. */
  'not-data': { status: number };
  timeout: { seconds: number };
  /** `ended`: the program that sent the request was gone before the response came. `not-http`: `detail` is Node's code. */
  connection: { reason: 'never-left' | 'reset' | 'not-http' | 'stopped' | 'ended'; detail: string };
  truncated: { reason: 'short' | 'too-large' };
}

export interface ProblemArguments extends DocumentProblems, SendingProblems, AnswerProblems {}

export type ProblemKind = keyof ProblemArguments;
export type DocumentProblemKind = keyof DocumentProblems;

/** A problem without words. */
export type Problem<Kind extends ProblemKind = ProblemKind> = {
  [K in Kind]: {
    readonly kind: K;
    readonly arguments: Readonly<ProblemArguments[K]>;
    /** RFC 6901; `""` for the whole request. */
    readonly pointer: string;
    /** Where in the text, if that is not where the pointer leads. */
    readonly span?: Span;
  };
}[Kind];

export type DocumentProblem = Problem<DocumentProblemKind> & { readonly span: Span };
export type SentProblem = Problem<keyof SendingProblems | keyof AnswerProblems>;

/** The code that users see and scripts rely on: an envelope's own, `http-502`, else the kind. */
export function codeOf(problem: Problem): string {
  switch (problem.kind) {
    case 'envelope':
      return problem.arguments.code;
    case 'http-status':
      return `http-${problem.arguments.status}`;
    case 'unreadable':
      return problem.arguments.status === undefined ? 'connection' : `http-${problem.arguments.status}`;
    default:
      return problem.kind;
  }
}
