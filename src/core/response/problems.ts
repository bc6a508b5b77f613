import { fieldNamed, URL_FIELDS } from '../contract/fields';
import { isDocumentedErrorCode } from '../contract/errorCodes';
import type { RequestDocument, RequestNode } from '../document/document';
import { membersOf, nodeAt, pointerOf } from '../document/pointer';
import type { Problem, SentProblem } from '../problems/problem';
import type { Answer, RawAnswer } from './answer';
import type { ReceivedEnvelope } from './decode';
import { fieldsNamedIn, mentionsIn, type Mention } from './mentions';

/** A request that was sent, in its text. Only an envelope has that looked at. */
interface SentText {
  readonly pointer: string;
  readonly document: RequestDocument;
  readonly request: RequestNode;
}

/** The problems that an answer tells of, each at its place in the document that was sent; none for an invoice. */
export function problemsOf(answer: Answer, raw: RawAnswer, sent: SentText): SentProblem[] {
  const { status, location, origin } = raw;
  const { pointer } = sent;
  switch (answer.kind) {
    case 'invoice':
      return [];
    case 'envelope':
      return placed(answer.envelope, raw, sent);
    case 'redirect':
      return [
        { kind: 'redirect', arguments: { status, location, host: otherHost(location, origin) }, pointer },
      ];
    case 'not-json':
    case 'not-an-invoice':
    case 'http-status':
      return [{ kind: answer.kind, arguments: { status }, pointer }];
  }
}

/** The host that a redirect leads to, where that is another than the one that was asked. */
export function otherHost(location = '', origin?: string): string | undefined {
  if (!URL.canParse(location, origin)) return undefined;
  const target = new URL(location, origin);
  return target.origin === origin ? undefined : target.host;
}

function placed(
  envelope: ReceivedEnvelope,
  { status, keyAcceptedAt }: RawAnswer,
  { document, request }: SentText,
): SentProblem[] {
  const { code, message } = envelope.error;
  const accepted = keyAcceptedAt === undefined ? {} : { keyAcceptedAt };
  const problem = (
    pointer: string,
    detail?: string,
    missing: readonly string[] = [],
  ): Problem<'envelope'> => ({
    kind: 'envelope',
    arguments: { code, message, status, requestId: envelope.requestId, detail, missing, ...accepted },
    pointer,
  });
  if (code === 'MISSING_REQUIRED_URLS') {
    const absent = absentUrls(request);
    if (absent.empty.length > 0)
      return absent.empty.map((name) => problem(request.pointer + pointerOf([name]), undefined, [name]));
    return [problem(request.pointer, undefined, absent.missing)];
  }
  const aboutFields = !(isDocumentedErrorCode(code) || status === 401 || status === 403);
  const places = aboutFields ? placesNamed(envelope, status, document, request) : [];
  if (places.length === 0) return [problem(request.pointer)];
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

/** The details come first; then the message; then what the status says. Only what is in the request, or could be, is a place. */
function placesNamed(
  envelope: ReceivedEnvelope,
  status: number,
  document: RequestDocument,
  request: RequestNode,
): Mention[] {
  const { code, message, details } = envelope.error;
  const known = mentionsIn(details).filter(({ path }) => isPlace(path, document, request));
  if (known.length > 0) return withoutRepeats(known);
  const named = fieldsNamedIn(message);
  if (named.length > 0) return named.map((name) => ({ path: [name], text: undefined }));
  const conflict = status === 409 || /EXTERNAL_ID|DUPLICATE|CONFLICT|ALREADY_EXISTS/.test(code);
  return conflict ? [{ path: ['external_id'], text: undefined }] : [];
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
