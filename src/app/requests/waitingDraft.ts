import {
  parseDocument,
  requestWithIndex,
  type RequestDocument,
  type RequestNode,
} from '../../core/document/document';
import type { ResolvedString } from '../../core/document/placeholders';
import { anchorRequest } from '../../core/document/requestAnchor';
import type { AnchoredRequest } from '../../core/document/requestIdentity';
import type { DocumentProblem } from '../../core/problems/problem';
import { perDocument, isSendable, type Draft, type SendableDraft } from './drafts';

/** A draft with the very text that is sent for it. */
export type ReadyDraft = WaitingDraft & { readonly body: string };

/** A text, with what was read of it only for as long as there is memory for that: it is ten times as large. */
class SharedText {
  readonly #text: string;
  #document: WeakRef<RequestDocument>;

  constructor(document: RequestDocument) {
    this.#text = document.text;
    this.#document = new WeakRef(document);
  }

  get document(): RequestDocument {
    const known = this.#document.deref();
    if (known) return known;
    const anew = parseDocument(this.#text);
    this.#document = new WeakRef(anew);
    return anew;
  }
}

/** A draft that can be sent, and waits for that with thousands of others: its text is read anew where that is needed. */
export class WaitingDraft implements SendableDraft {
  readonly uri: string;
  readonly index: number;
  readonly problems: readonly DocumentProblem[];
  readonly leaks: readonly DocumentProblem[];
  readonly isWholeText = false;
  body?: string;
  strings?: readonly ResolvedString[];
  /** Of the request in its document. */
  readonly pointer: string;
  readonly anchor: AnchoredRequest;
  readonly #text: SharedText;
  readonly #indexInText: number;

  /** `place`: among all that was asked for. */
  constructor(
    draft: SendableDraft,
    text: SharedText,
    readonly place: number,
  ) {
    const { uri, index, problems, leaks, body, document, request } = draft;
    this.uri = uri;
    this.index = index;
    this.problems = problems;
    this.leaks = leaks;
    if (body !== undefined) this.body = body;
    this.pointer = request.pointer;
    this.anchor = anchorRequest(document, request);
    this.#text = text;
    this.#indexInText = request.index;
  }

  get document(): RequestDocument {
    return this.#text.document;
  }

  get request(): RequestNode {
    const request = requestWithIndex(this.document, this.#indexInText);
    if (!request) throw new Error('The same text has the same requests.');
    return request;
  }
}

/** Gives a draft the text that is sent for it. */
export function withBody(draft: WaitingDraft, body: string, strings?: readonly ResolvedString[]): ReadyDraft {
  return Object.assign(draft, { body, ...(strings ? { strings } : {}) });
}

/** The drafts that can be sent, each with its place among all. The others are given to `settle`. */
export function waitingOf(
  drafts: readonly Draft[],
  settle: (draft: Draft, place: number) => void,
): WaitingDraft[] {
  const textOf = perDocument((document) => new SharedText(document));
  return drafts.flatMap((draft, place) => {
    if (isSendable(draft)) return [new WaitingDraft(draft, textOf(draft.document), place)];
    settle(draft, place);
    return [];
  });
}
