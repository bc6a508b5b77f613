import type { Uri } from 'vscode';
import { commandHandlers } from './handlers';
import type { CommandHandlers } from '../shell/registrar';
import { EndpointView } from '../endpoints/endpointView';
import type { FileEvents } from '../shell/fileEvents';
import { FixProvider } from '../language/codeActions';
import { RequestLenses } from '../language/codeLens';
import { RequestCompletion } from '../language/completion';
import { Diagnostics } from '../language/diagnostics';
import { FieldHover } from '../language/fieldHover';
import { GuidanceHover } from '../language/hover';
import { SentValueHints } from '../language/inlayHints';
import { LiveProblems } from '../language/liveProblems';
import type { LeakGuard } from '../leaks/leakGuard';
import type { ReadOnlyTexts } from '../shell/readOnlyTexts';
import { ResponseView } from '../response/responseView';
import { HandlerTests } from '../webhooks/handlerTests';
import { WebhookView } from '../webhooks/webhookView';
import type { Services } from '../shell/services';
import type { Restorable } from '../shell/webviewSerializer';

/** What is there from the start. */
interface Shared {
  readonly files: FileEvents;
  readonly leakGuard: LeakGuard;
  readonly endpointTexts: ReadOnlyTexts;
  readonly responseTexts: ReadOnlyTexts;
}

/**
 * What works on requests: the commands, what an editor shows, and the responses. It is most of the extension, and is
 * loaded with the first command, request or response.
 */
export class RequestFeatures {
  readonly commands: CommandHandlers;
  /** By the type of the webview. */
  readonly views: Readonly<Record<'eccaex.endpoint' | 'eccaex.response' | 'eccaex.webhook', Restorable>>;
  readonly #disposables: readonly { dispose(): unknown }[];

  constructor(services: Services, shared: Shared, extension: Uri) {
    const { files, leakGuard, endpointTexts, responseTexts } = shared;
    const live = new LiveProblems(services);
    const endpointView = new EndpointView(services, endpointTexts, extension);
    const responseView = new ResponseView(services, live, responseTexts, extension);
    const handlerTests = new HandlerTests(services);
    const webhookView = new WebhookView(services, extension);
    this.commands = commandHandlers(services, {
      webhookView,
      endpointView,
      responseView,
      responseTexts,
      leakGuard,
      handlerTests,
      live,
    });
    this.views = {
      'eccaex.endpoint': endpointView,
      'eccaex.response': responseView,
      'eccaex.webhook': webhookView,
    };
    this.#disposables = [
      new Diagnostics(services, live, files),
      new FixProvider(live).register(),
      new RequestCompletion(live).register(),
      new GuidanceHover(live).register(),
      new FieldHover(live).register(),
      new RequestLenses(services, live),
      new SentValueHints(services, live),
      endpointView,
      responseView,
      handlerTests,
      webhookView,
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
