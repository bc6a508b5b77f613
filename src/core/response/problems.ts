import { fieldNamed, URL_FIELDS } from '../contract/fields';
import { documentedError } from '../contract/errors';
import { compareDecimals } from '../decimal';
import type { RequestDocument, RequestNode } from '../document/document';
import { membersOf, nodeAt, pointerOf } from '../document/pointer';
import type { Problem, SentProblem } from '../problems/problem';
import { parseJson, type Answer, type RawAnswer } from './answer';
import type { ReceivedEnvelope, Statement } from './decode';
import { isObject, type JsonObject } from '../json';
import { fieldsNamedIn, mentionsIn, type Mention } from './mentions';

/** A request that was sent, in its text. */
interface SentText {
  readonly pointer: string;
  /** JSON, as it was sent; absent where nobody can say what was. */
  readonly body?: string | undefined;
  readonly document: RequestDocument;
  readonly request: RequestNode;
}

/** The problems that a response tells of, each at its place in the document that was sent. */
export function problemsOf(answer: Answer, raw: RawAnswer, sent: SentText): SentProblem[] {
  const { status, location, origin, wait } = raw;
  const { pointer } = sent;
  switch (answer.kind) {
    case 'invoice':
      return differences(answer.invoice, sent);
    case 'envelope':
      return placed(answer.envelope, raw, sent);
    case 'redirect':
      return [
        { kind: 'redirect', arguments: { status, location, host: otherHost(location, origin) }, pointer },
      ];
    case 'not-json':
    case 'not-an-invoice':
      return [{ kind: answer.kind, arguments: { status }, pointer }];
    case 'http-status': {
      const { said } = answer;
      return placesOfStatement(said, status, sent).map(({ path, text }) => ({
        kind: 'http-status',
        arguments: {
          status,
          ...(said ? { said: text ?? said.message } : {}),
          ...(wait ? { wait } : {}),
        },
        pointer: pointer + pointerOf(path),
      }));
    }
  }
}

/** Names in the request, and what an invoice has it under. */
const REPEATED = [
  ['amount', 'amount'],
  ['currency_code', 'currency'],
  ['external_id', 'external_id'],
] as const;

/** Where an invoice has something else than was sent. What it leaves out is no difference. */
function differences(invoice: JsonObject, { body, pointer }: SentText): SentProblem[] {
  const sent = body === undefined ? undefined : parseJson(body);
  if (!isObject(sent)) return [];
  return REPEATED.flatMap(([field, name]) => {
    const [own, received] = [textOf(sent[field]), textOf(invoice[name])];
    if (own === undefined || received === undefined || own === received) return [];
    if (field === 'amount' && compareDecimals(own, received) === 0) return [];
    return [
      {
        kind: 'invoice-differs' as const,
        arguments: { field, sent: own, received },
        pointer: pointer + pointerOf([field]),
      },
    ];
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The host that a redirect leads to, where that is another than the one that was asked. */
export function otherHost(location = '', origin?: string): string | undefined {
  if (!URL.canParse(location, origin)) return undefined;
  const target = new URL(location, origin);
  return target.origin === origin ? undefined : target.host;
}

function placed(
  envelope: ReceivedEnvelope,
  { status, keyAcceptedAt, wait }: RawAnswer,
  { document, request }: SentText,
): SentProblem[] {
  const { code, message } = envelope.error;
  const further = { ...(keyAcceptedAt === undefined ? {} : { keyAcceptedAt }), ...(wait ? { wait } : {}) };
  const problem = (
    pointer: string,
    detail?: string,
    missing: readonly string[] = [],
  ): Problem<'envelope'> => ({
    kind: 'envelope',
    arguments: { code, message, status, requestId: envelope.requestId, detail, missing, ...further },
    pointer,
  });
  const documented = documentedError(code);
  if (documented?.about === 'urls') {
    const absent = absentUrls(request);
    if (absent.empty.length > 0)
      return absent.empty.map((name) => problem(request.pointer + pointerOf([name]), undefined, [name]));
    return [problem(request.pointer, undefined, absent.missing)];
  }
  const places = documented ? [WHOLE] : placesNamed(envelope.error, status, document, request);
  return places.map(({ path, text }) => problem(request.pointer + pointerOf(path), text));
}

function absentUrls({ node }: RequestNode): { missing: string[]; empty: string[] } {
  const members = membersOf(node);
  const names = URL_FIELDS.map(({ name }) => name);
  return {
    missing: names.filter((url) => !members.some(({ name }) => name === url)),
    empty: names.filter((url) =>
      members.some(({ name, value }) => name === url && String(value?.value).trim() === ''),
    ),
  };
}

/** The request itself. */
const WHOLE: Mention = { path: [], text: undefined };

/** What stands in front of the API may speak of anything: only an error of the request is about its fields. */
function placesOfStatement(said: Statement | undefined, status: number, sent: SentText): readonly Mention[] {
  if (!said || status < 400 || status >= 500) return [WHOLE];
  return placesNamed({ ...said, code: '' }, status, sent.document, sent.request);
}

/** About the key, or how much is sent, and never about a field. */
const NOT_ABOUT_FIELDS: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Where an error belongs: the details come first; then the message; then what the status says. Only what is in the
 * request, or could be, is a place; without any it is about the whole request.
 */
function placesNamed(
  { code, message, details }: ReceivedEnvelope['error'],
  status: number,
  document: RequestDocument,
  request: RequestNode,
): readonly Mention[] {
  if (NOT_ABOUT_FIELDS.has(status)) return [WHOLE];
  const known = mentionsIn(details).filter(({ path }) => isPlace(path, document, request));
  if (known.length > 0) return withoutRepeats(known);
  const named = fieldsNamedIn(message);
  if (named.length > 0) return named.map((name) => ({ path: [name], text: undefined }));
  const conflict = status === 409 || /EXTERNAL_ID|DUPLICATE|CONFLICT|ALREADY_EXISTS/.test(code);
  return [conflict ? { path: ['external_id'], text: undefined } : WHOLE];
}

function isPlace(path: readonly string[], { root }: RequestDocument, request: RequestNode): boolean {
  const [first = ''] = path;
  return fieldNamed(first) !== undefined || nodeAt(root, request.pointer + pointerOf(path)) !== undefined;
}

function withoutRepeats(mentions: readonly Mention[]): Mention[] {
  const byPlace = new Map<string, Mention>();
  for (const mention of mentions) {
    const place = pointerOf(mention.path);
    const before = byPlace.get(place);
    const text = [before?.text, mention.text].filter((part) => part !== undefined).join(' ');
    byPlace.set(place, { path: mention.path, text: text === '' ? undefined : text });
  }
  return [...byPlace.values()];
}
