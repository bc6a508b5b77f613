import type { TextDocument } from 'vscode';
import { problemsOfNow, type PresentProblem } from '../../app/outcomes/problemsOfNow';
import type { SentReport } from '../../app/outcomes/sentReport';
import { lastSends, lastValues } from '../../app/outcomes/requestsOfNow';
import { parseDocument, type RequestDocument } from '../../core/document/document';
import { EditedTree } from '../../core/document/editedTree';
import type { SentValue } from '../../core/document/sentValues';
import type { FixContext } from '../../core/fixes/fix';
import type { CheckedRequests, ValidationContext } from '../../core/validate/validate';
import { isRequestDocument } from '../shell/requestDocuments';
import type { Services } from '../shell/services';

export interface LiveDocument {
  readonly document: RequestDocument;
  readonly problems: readonly PresentProblem[];
  /** By the place in the batch. */
  readonly lastSends: () => ReadonlyMap<number, SentReport>;
  /** Of the placeholders. */
  readonly lastValues: () => readonly SentValue[];
}

/** The problems of open documents as they stand now; each version of a text is read once. */
export class LiveProblems {
  readonly #known = new WeakMap<TextDocument, { state: string; live: LiveDocument; tree: EditedTree }>();
  #revision = 0;
  /** In the present environment, with the present settings. */
  #checked: CheckedRequests = new WeakMap();

  constructor(private readonly services: Services) {}

  /** A request file, or one that was sent. */
  isOurs(document: TextDocument): boolean {
    return this.services.outcomes.latest(document.uri.toString()).length > 0 || isRequestDocument(document);
  }

  /** `undefined` for documents that are none of ours: no request files, and never sent; or with nothing in them yet. */
  of(document: TextDocument): LiveDocument | undefined {
    if (!this.isOurs(document) || isBlank(document)) return undefined;
    const reports = this.services.outcomes.latest(document.uri.toString());
    const state = `${document.version} ${this.#revision}`;
    const known = this.#known.get(document);
    if (known?.state === state) return known.live;
    const tree = known?.tree ?? new EditedTree();
    const text = document.getText();
    const present = parseDocument(text, tree.read(text));
    const problems = problemsOfNow(present, this.context(), reports, this.#checked);
    const live = {
      document: present,
      // The guard tells of keys in all documents, at their places.
      problems: problems.filter(({ problem }) => problem.kind !== 'key-in-file'),
      lastSends: once(() => lastSends(present, reports)),
      lastValues: once(() => lastValues(present, reports)),
    };
    this.#known.set(document, { state, live, tree });
    return live;
  }

  /** Environment, settings or reports are not what they were. */
  forget(): void {
    this.#revision++;
    this.#checked = new WeakMap();
  }

  /** Currencies of the sends of this workspace, the latest first, then those that the API offers. */
  ownCurrencies(): string[] {
    const { history, endpoints, environment } = this.services;
    const sent = history.entries.flatMap(({ request }) => request.currency ?? []);
    const offered = endpoints.merchant.of(environment.get())?.currencies?.codes ?? [];
    return [...new Set([...sent, ...offered])];
  }

  context(): ValidationContext & FixContext {
    const { environment, settings, random, endpoints } = this.services;
    const active = environment.get();
    const merchant = endpoints.merchant.of(active);
    const webhookUrl = settings.webhookUrl(active);
    return {
      environment: active,
      ...(webhookUrl === undefined ? {} : { webhookUrl }),
      ...(merchant ? { merchant } : {}),
      variables: settings.variables(active),
      defaultUrls: settings.defaultUrls(),
      newId: () => random.uuid().slice(0, 8),
    };
  }
}

/** VS Code opens a named text empty, and what opened it writes into it then: until that, there is nothing to be wrong. */
function isBlank(document: TextDocument): boolean {
  return document.isUntitled && document.version === 1 && document.getText() === '';
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: compute() }).value;
}
