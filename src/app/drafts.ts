import {
  parseDocument,
  requestWithIndex,
  type RequestDocument,
  type RequestNode,
} from '../core/document/document';
import type { ResolvedString } from '../core/document/placeholders';
import { severityOf } from '../core/problems/catalogue';
import type { DocumentProblem } from '../core/problems/problem';
import { validate, type ValidationContext } from '../core/validate/validate';
import type { FileReading, RequestFiles } from './ports';

/** What to send: all requests of a file, or one element of a batch. */
export interface SendItem {
  readonly uri: string;
  readonly index?: number;
  /** A body that was sent before, to be sent again to the letter; with `index`. */
  readonly body?: string;
}

/** One request of a file, checked. */
export interface Draft {
  readonly uri: string;
  readonly index: number;
  readonly document: RequestDocument;
  /** Absent where the text has no such request. */
  readonly request: RequestNode | undefined;
  readonly problems: readonly DocumentProblem[];
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

export function isSendable(draft: Draft): draft is SendableDraft {
  return draft.request !== undefined && !draft.problems.some((problem) => severityOf(problem) === 'error');
}

/** Reads each file once, and gives its requests with what is wrong with each of them. */
export async function readDrafts(
  items: readonly SendItem[],
  files: RequestFiles,
  context: ValidationContext,
): Promise<{ drafts: Draft[]; unreadable: UnreadableFile[] }> {
  const drafts: Draft[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const item of items) {
    const reading = await files.read(item.uri);
    if (item.body !== undefined) drafts.push(draftOfBody(item.uri, item.index ?? 0, item.body, reading));
    else if (!reading.ok && reading.fault === 'unreadable')
      unreadable.push({ uri: item.uri, detail: reading.detail });
    else drafts.push(...draftsOf(item, reading, context));
  }
  return { drafts, unreadable };
}

/** A body that was sent before passed the checks then; the document only says where its problems show. */
function draftOfBody(uri: string, index: number, body: string, reading: FileReading): Draft {
  const ofNow = parseDocument(reading.ok ? reading.text : '');
  const request = requestWithIndex(ofNow, index);
  if (request) return { uri, index, document: ofNow, request, problems: [], body };
  const document = parseDocument(body);
  return { uri, index, document, request: document.requests[0], problems: [], body };
}

function draftsOf({ uri, index }: SendItem, reading: FileReading, context: ValidationContext): Draft[] {
  const document = parseDocument(reading.ok ? reading.text : '');
  const problems: DocumentProblem[] = reading.ok
    ? validate(document, context)
    : [
        {
          kind: 'json-syntax',
          arguments: { reason: 'not-utf-8' },
          pointer: '',
          span: { offset: 0, length: 0 },
        },
      ];
  const draft = (place: number, own: readonly DocumentProblem[]): Draft => ({
    uri,
    index: place,
    document,
    request: requestWithIndex(document, place),
    problems: own,
  });
  if (document.root?.type === 'object') return (index ?? 0) === 0 ? [draft(0, problems)] : [];
  const elements = document.root?.type === 'array' ? (document.root.children ?? []) : [];
  // What is wrong with all of the text is wrong with whichever request of it was asked for.
  if (elements.length === 0 || problems.some(isAboutWholeText)) return [draft(index ?? 0, problems)];
  const byElement = new Map<number, DocumentProblem[]>(elements.map((_, place) => [place, []]));
  for (const problem of problems) byElement.get(Number(problem.pointer.split('/')[1]))?.push(problem);
  return elements
    .map((_, place) => draft(place, byElement.get(place) ?? []))
    .filter((one) => index === undefined || one.index === index);
}

/** A list that is not JSON cannot be sent in part. */
function isAboutWholeText({ pointer }: DocumentProblem): boolean {
  return pointer === '';
}
