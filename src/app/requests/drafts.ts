import {
  parseDocument,
  requestWithIndex,
  type RequestDocument,
  type RequestNode,
} from '../../core/document/document';
import type { ResolvedString } from '../../core/document/placeholders';
import { severityOf } from '../../core/problems/catalogue';
import type { DocumentProblem } from '../../core/problems/problem';
import { validate, type ValidationContext } from '../../core/validate/validate';
import { byFile } from './byFile';
import { inPool } from './pool';
import type { FileReading, RequestFiles, SendPorts } from '../ports';
import type { Environment } from '../../core/environments/environment';
import type { FixContext } from '../../core/fixes/fix';

/** What to send: all requests of a file, or one element of a batch. */
export interface SendItem {
  readonly uri: string;
  readonly index?: number;
  /** A body that was sent before, to be sent again exactly; with `index`. */
  readonly body?: string;
  /** Elements that are left out of all. */
  readonly except?: ReadonlySet<number>;
}

/** One request of a file, checked. */
export interface Draft {
  readonly uri: string;
  readonly index: number;
  readonly document: RequestDocument;
  /** Absent where the text has no such request. */
  readonly request: RequestNode | undefined;
  readonly problems: readonly DocumentProblem[];
  /** The keys that stand in it. */
  readonly leaks: readonly DocumentProblem[];
  /** It stands for all of a text that is wrong as a whole. */
  readonly isWholeText: boolean;
  readonly body?: string;
  /** What the placeholders in its strings stand for, once they are resolved. */
  readonly strings?: readonly ResolvedString[];
}

/** A request that nothing in its document speaks against. */
export type SendableDraft = Draft & { readonly request: RequestNode };

export interface UnreadableFile {
  readonly uri: string;
  readonly detail: string;
}

/** An element that a file does not have. */
export interface AbsentRequest {
  readonly uri: string;
  readonly index: number;
  /** How many requests the file has. */
  readonly count: number;
}

/** What was asked for, as far as it is there. */
export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly unreadable: readonly UnreadableFile[];
  readonly absent: readonly AbsentRequest[];
}

export function isSendable(draft: Draft): draft is SendableDraft {
  return (
    draft.request !== undefined &&
    draft.leaks.length === 0 &&
    !draft.problems.some((problem) => severityOf(problem) === 'error')
  );
}

/** So many that the round trips to VS Code overlap, and that no system runs out of open files. */
const READ_AT_ONCE = 64;

/** Reads each file once, and gives its requests with what is wrong with each of them. */
export async function readDrafts(
  items: readonly SendItem[],
  files: RequestFiles,
  context: ValidationContext,
): Promise<Drafts> {
  const drafts: Draft[] = [];
  const unreadable: UnreadableFile[] = [];
  const absent: AbsentRequest[] = [];
  const wanted = [...byFile(items)];
  const readings = await inPool(
    wanted,
    READ_AT_ONCE,
    ([uri]) => files.read(uri),
    () => false,
  );
  for (const [place, [uri, asked]] of wanted.entries()) {
    const reading = readings[place];
    if (!reading) continue;
    const again = asked.flatMap(({ index = 0, body }) => (body === undefined ? [] : [{ index, body }]));
    const anew = asked.filter(({ body }) => body === undefined);
    drafts.push(...draftsOfBodies(uri, again, reading));
    if (anew.length === 0) continue;
    if (!reading.ok && reading.fault === 'unreadable') {
      unreadable.push({ uri, detail: reading.detail });
      continue;
    }
    const found = draftsOf(uri, reading, context);
    const [first] = found;
    // What is wrong with all of the text is wrong with whichever request of it was asked for.
    if (first?.isWholeText) {
      const index = anew[0]?.index ?? 0;
      drafts.push({ ...first, index, request: requestWithIndex(first.document, index) });
    } else {
      const isAsked = selectionOf(anew);
      for (const draft of found) if (isAsked(draft.index)) drafts.push(draft);
      for (const { index } of anew)
        if (index !== undefined && index >= found.length) absent.push({ uri, index, count: found.length });
    }
  }
  return { drafts, unreadable, absent };
}

function selectionOf(items: readonly SendItem[]): (index: number) => boolean {
  const one = new Set(items.map(({ index }) => index));
  const all = items.filter(({ index }) => index === undefined);
  return (index) => one.has(index) || all.some(({ except }) => !except?.has(index));
}

/** A body that was sent before passed the checks then; the document only says where its problems show. */
function draftsOfBodies(
  uri: string,
  bodies: readonly { readonly index: number; readonly body: string }[],
  reading: FileReading,
): Draft[] {
  if (bodies.length === 0) return [];
  const ofNow = parseDocument(reading.ok ? reading.text : '');
  return bodies.map(({ index, body }) => {
    const place = requestWithIndex(ofNow, index);
    const document = place ? ofNow : parseDocument(body);
    const request = place ?? document.requests[0];
    return { uri, index, document, request, problems: [], leaks: [], isWholeText: false, body };
  });
}

function draftsOf(uri: string, reading: FileReading, context: ValidationContext): Draft[] {
  const document = parseDocument(reading.ok ? reading.text : '');
  const problems = reading.ok ? validate(document, context) : [NOT_UTF_8];
  const draft = (index: number, own: readonly DocumentProblem[], isWholeText = false): Draft => ({
    uri,
    index,
    document,
    request: requestWithIndex(document, index),
    problems: own,
    leaks: [],
    isWholeText,
  });
  if (document.root?.type === 'object') return [draft(0, problems)];
  const elements = document.root?.type === 'array' ? (document.root.children ?? []) : [];
  if (elements.length === 0 || problems.some(isAboutWholeText)) return [draft(0, problems, true)];
  const byElement = elements.map((): DocumentProblem[] => []);
  for (const problem of problems) byElement[Number(problem.pointer.split('/')[1])]?.push(problem);
  return byElement.map((own, index) => draft(index, own));
}

const NOT_UTF_8: DocumentProblem = {
  kind: 'json-syntax',
  arguments: { reason: 'not-utf-8' },
  pointer: '',
  span: { offset: 0, length: 0 },
};

/** A list that is not JSON cannot be sent in part. */
function isAboutWholeText({ pointer }: DocumentProblem): boolean {
  return pointer === '';
}

/** All requests of a batch share one document: what is to be found in it is looked for once. */
export function perDocument<Found>(
  find: (document: RequestDocument) => Found,
): (document: RequestDocument) => Found {
  const known = new Map<RequestDocument, Found>();
  return (document) => {
    const before = known.get(document);
    if (before !== undefined) return before;
    const found = find(document);
    known.set(document, found);
    return found;
  };
}

export type RequestContext = ValidationContext & FixContext;

export function requestContext(
  environment: Environment,
  { settings, random }: Pick<SendPorts, 'settings' | 'random'>,
): RequestContext {
  const webhookUrl = settings.webhookUrl(environment);
  return {
    environment,
    ...(webhookUrl === undefined ? {} : { webhookUrl }),
    variables: settings.variables(environment),
    defaultUrls: settings.defaultUrls(),
    newId: random.uuid,
  };
}
