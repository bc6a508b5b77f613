import { workspace, type TextDocument } from 'vscode';
import { problemsOfNow, type PresentProblem } from '../app/problemsOfNow';
import type { RequestDocument } from '../core/document/document';
import type { FixContext } from '../core/fixes/fix';
import type { ValidationContext } from '../core/validate/validate';
import { isRequestDocument } from './requestDocuments';
import type { Services } from './services';

export interface LiveDocument {
  readonly document: RequestDocument;
  readonly problems: readonly PresentProblem[];
}

/** The problems of open documents as they stand now; each version of a text is read once. */
export class LiveProblems {
  readonly #known = new WeakMap<TextDocument, { state: string; live: LiveDocument }>();
  #revision = 0;

  constructor(private readonly services: Services) {}

  /** A request file, or one that was sent. */
  isOurs(document: TextDocument): boolean {
    return this.services.reports.latest(document.uri.toString()).length > 0 || isRequestDocument(document);
  }

  /** `undefined` for documents that are none of ours: no request files, and never sent. */
  of(document: TextDocument): LiveDocument | undefined {
    if (!this.isOurs(document)) return undefined;
    const reports = this.services.reports.latest(document.uri.toString());
    const state = `${document.version} ${this.#revision}`;
    const known = this.#known.get(document);
    if (known?.state === state) return known.live;
    const live = problemsOfNow(document.getText(), this.context(), reports);
    this.#known.set(document, { state, live });
    return live;
  }

  /** Environment, settings or reports are not what they were. */
  forget(): void {
    this.#revision++;
  }

  context(): ValidationContext & FixContext {
    const { environment, settings, random } = this.services;
    const active = environment.get();
    return {
      environment: active,
      variables: settings.variables(active),
      defaultUrls: settings.defaultUrls(),
      newId: () => random.uuid().slice(0, 8),
    };
  }
}

export function openDocument(uri: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri);
}
