import { isEnvironment } from '../environments/environment';
import { isFixId } from '../fixes/fix';
import { isObject, type JsonObject } from '../json';
import { OUTCOMES, type Outcome, type Report, type ReportedProblem } from './report';

type Position = ReportedProblem['range']['start'];

/** A report that was written before; `undefined` for anything else. */
export function decodeReport(value: unknown): Report | undefined {
  if (!isObject(value)) return undefined;
  const { file, index, environment, outcome, at, invoice, error } = value;
  if (typeof file !== 'string' || !isCount(index) || !isEnvironment(environment)) return undefined;
  if (!isOutcome(outcome) || !isTime(at)) return undefined;
  const problems = Array.isArray(value['problems']) ? value['problems'].map(decodeProblem) : [undefined];
  if (!problems.every((problem) => problem !== undefined)) return undefined;
  return {
    file,
    index,
    environment,
    ...originIn(value),
    ...texts(value, 'requestId', 'body'),
    outcome,
    at,
    ...numbers(value, 'status', 'durationMs'),
    ...(isObject(invoice) ? { invoice } : {}),
    ...decodeError(error),
    problems,
  };
}

function decodeError(value: unknown): Pick<Report, 'error'> {
  if (!isObject(value)) return {};
  const { code, message, details } = value;
  if (typeof code !== 'string' || typeof message !== 'string') return {};
  return { error: { code, message, ...(details === undefined ? {} : { details }) } };
}

function decodeProblem(value: unknown): ReportedProblem | undefined {
  if (!isObject(value)) return undefined;
  const { code, severity, source, pointer, message, docs } = value;
  const range = decodeRange(value['range']);
  if (typeof code !== 'string' || typeof pointer !== 'string' || typeof message !== 'string' || !range)
    return undefined;
  if (severity !== 'error' && severity !== 'warning' && severity !== 'information') return undefined;
  if (source !== 'document' && source !== 'api') return undefined;
  return {
    code,
    severity,
    source,
    pointer,
    range,
    message,
    guidance: list(value['guidance']).filter((step) => typeof step === 'string'),
    docs: typeof docs === 'string' && /^https:\/\//.test(docs) ? docs : '',
    retryable: value['retryable'] === true,
    fixes: list(value['fixes']).filter(isFixId),
  };
}

function decodeRange(value: unknown): ReportedProblem['range'] | undefined {
  if (!isObject(value)) return undefined;
  const start = decodePosition(value['start']);
  const end = decodePosition(value['end']);
  return start && end && { start, end };
}

function decodePosition(value: unknown): Position | undefined {
  if (!isObject(value)) return undefined;
  const { line, character } = value;
  return isCount(line) && isCount(character) ? { line, character } : undefined;
}

function originIn({ origin }: JsonObject): Pick<Report, 'origin'> {
  if (typeof origin !== 'string' || !URL.canParse(origin)) return {};
  return new URL(origin).origin === origin ? { origin } : {};
}

function texts<Name extends 'requestId' | 'body'>(
  value: JsonObject,
  ...names: Name[]
): Partial<Record<Name, string>> {
  return Object.fromEntries(
    names.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]]] : [])),
  ) as Partial<Record<Name, string>>;
}

function numbers<Name extends 'status' | 'durationMs'>(
  value: JsonObject,
  ...names: Name[]
): Partial<Record<Name, number>> {
  return Object.fromEntries(
    names.flatMap((name) => (typeof value[name] === 'number' ? [[name, value[name]]] : [])),
  ) as Partial<Record<Name, number>>;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isOutcome(value: unknown): value is Outcome {
  return OUTCOMES.some((outcome) => outcome === value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** ISO 8601, as everything that is kept has it. */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^([+-]\d{2})?\d{4}-/.test(value) && Number.isFinite(Date.parse(value));
}
