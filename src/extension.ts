import { Uri, window, type ExtensionContext } from 'vscode';
import { Git } from './adapters/git/git';
import { gitHooks } from './adapters/git/gitHooks';
import { LocalSandbox } from './adapters/localServer/localSandbox';
import { systemClock, systemDigests, systemHmac, systemRandom, systemTimer } from './adapters/system';
import { WorkspaceEnvironment, workspaceJournal, workspaceFiles } from './adapters/vscode/workspace';
import { filesOutside } from './adapters/vscode/filesOutside';
import { SampleFiles } from './adapters/vscode/sampleFiles';
import { SecretKeyStore } from './adapters/vscode/secretKeyStore';
import { historyLimit, userSettings, webhookSettings } from './adapters/vscode/userSettings';
import { TARGET_MEMORY } from './core/webhook/forwarding';
import type { WebhookRoom } from './app/webhooks/listener';
import { History } from './app/history/history';
import { Endpoints, MerchantStore } from './app/endpoints/endpoints';
import { KeyRing } from './app/keys/keyRing';
import { LeakStore } from './app/leaks/leakStore';
import type { SendPorts } from './app/ports';
import { Outcomes } from './app/outcomes/outcomes';
import { Approvals } from './app/sending/approvals';
import { Sender } from './app/sending/sender';
import { SendJournal } from './app/history/sendJournal';
import { registerCommands } from './ui/shell/registrar';
import { WorkspaceConsent } from './ui/sending/consent';
import { onFirstRequest, whenNeeded } from './ui/activation/firstRequest';
import { inBackground } from './ui/shell/log';
import { HistoryDocuments } from './ui/history/documents';
import { tellOfTrouble, offerUnanswered } from './ui/history/offerUnanswered';
import { HistoryTree } from './ui/history/tree';
import { ReadOnlyTexts } from './ui/shell/readOnlyTexts';
import { ENDPOINT_SCHEME, RESPONSE_SCHEME, SAMPLE_SCHEME } from './ui/shell/requestDocuments';
import type { Services } from './ui/shell/services';
import { ApiTree } from './ui/endpoints/apiTree';
import { EnvironmentsTree } from './ui/keys/environmentsTree';
import { RequestsTree } from './ui/sending/requestsTree';
import { WebhooksTree } from './ui/webhooks/webhooksTree';
import { RequestTasks } from './ui/tasks/requestTasks';
import { serializeWebviews } from './ui/shell/webviewSerializer';

/** Puts the parts together; no logic of its own. */
export function activate(context: ExtensionContext): void {
  const { secrets, globalState, workspaceState, subscriptions, extensionUri } = context;
  const http = whenNeeded(async () => {
    const { NodeFetchHttp } = await import('./adapters/http/nodeFetchHttp');
    const made = new NodeFetchHttp();
    subscriptions.push(made);
    return made;
  });
  const keys = new SecretKeyStore(secrets, globalState);
  const environment = new WorkspaceEnvironment(workspaceState);
  let room: WebhookRoom | undefined;
  const sandbox = new LocalSandbox(async () =>
    (await import('./sandbox/server')).startSandbox({
      scheme: () => webhookSettings.scheme(),
      listener: () => room?.listener.running && new URL(room.listener.running.url).origin,
    }),
  );
  const webhooksTree = new WebhooksTree();
  const log = window.createOutputChannel('EccaEx', { log: true });
  const journalFiles = workspaceJournal(context, tellOfTrouble(log));
  const history = new History(journalFiles, historyLimit, systemClock);
  const outcomes = new Outcomes(systemClock, history);
  const ports: SendPorts = {
    http: { exchange: async (request, signal) => (await http()).exchange(request, signal) },
    keys,
    settings: userSettings,
    sandbox,
    files: workspaceFiles,
    consent: new WorkspaceConsent(filesOutside),
    journal: new SendJournal(journalFiles, keys, systemClock, systemRandom.uuid, history),
    clock: systemClock,
    random: systemRandom,
    webhookUrl: async (of) => {
      if (of !== 'sandbox') return userSettings.webhookUrl(of);
      const started = await (await webhooks()).listener.start();
      return started.ok ? started.url : undefined;
    },
  };
  const webhooks = whenNeeded(async () => {
    const { WebhookJournal } = await import('./app/webhooks/webhookJournal');
    const journal = new WebhookJournal(journalFiles, keys, systemClock, history);
    const [{ openRoom }, { webhookListener }, { webhookForwarder }, { WebhookStatus }, { timelineOf }] =
      await Promise.all([
        import('./app/webhooks/listener'),
        import('./adapters/http/webhookListener'),
        import('./adapters/http/webhookForwarder'),
        import('./ui/webhooks/webhookStatus'),
        import('./ui/webhooks/timeline'),
      ]);
    const opened = openRoom(
      {
        listener: webhookListener,
        forwarder: webhookForwarder,
        hmac: systemHmac,
        settings: webhookSettings,
        consent: ports.consent,
        keys,
        clock: systemClock,
        timer: systemTimer,
        newId: systemRandom.uuid,
        journal,
      },
      workspaceState.get(TARGET_MEMORY),
    );
    await history.refresh();
    await journal.catchUp(opened.webhooks);
    subscriptions.push(
      new WebhookStatus(opened),
      history.onDidChange(() => inBackground(log, journal.catchUp(opened.webhooks))),
      keys.onDidChange(() => opened.secrets.changed()),
      { dispose: () => opened.webhooks.dispose() },
      { dispose: () => opened.listener.stop() },
    );
    webhooksTree.attach(opened.webhooks);
    historyTree.attach(timelineOf(opened, sandbox));
    room = opened;
    return opened;
  });
  const historyTree = new HistoryTree(history);
  const git = new Git();
  const sender = new Sender(
    async (items, environment, options) =>
      (await import('./app/sending/sendInvoices')).sendInvoices(items, environment, ports, options),
    outcomes,
  );
  const keyRing = new KeyRing(ports);
  const services: Services = {
    scanner: whenNeeded(async () => {
      const { LeakScanner } = await import('./app/leaks/leakScanner');
      const { fileTree } = await import('./adapters/files/fileTree');
      return new LeakScanner({ keys, tree: fileTree, git, isTrusted: () => ports.consent.isTrusted() });
    }),
    leaks: new LeakStore(),
    git,
    hooks: gitHooks,
    memory: workspaceState,
    extensionFolder: extensionUri.fsPath,
    sender,
    approvals: new Approvals(),
    outcomes,
    history,
    historyTree,
    endpoints: new Endpoints(
      async (call, environment, signal) =>
        (await import('./app/endpoints/callEndpoint')).callEndpoint(call, environment, ports, signal),
      new MerchantStore(userSettings),
      outcomes,
    ),
    check: async (items, environment) =>
      (await import('./app/sending/checkFiles')).checkFiles(items, environment, ports),
    keyRing,
    keys,
    leftovers: keys,
    settings: userSettings,
    webhooks,
    webhookSettings,
    webhookSecrets: keys,
    digests: systemDigests,
    handlerPorts: async () => {
      const { webhookForwarder } = await import('./adapters/http/webhookForwarder');
      return {
        forwarder: webhookForwarder,
        hmac: systemHmac,
        clock: systemClock,
        timer: systemTimer,
        newId: systemRandom.uuid,
      };
    },
    environment,
    sandbox,
    clock: systemClock,
    random: systemRandom,
    log,
    environmentVariable: (name) => (Object.hasOwn(process.env, name) ? process.env[name] : undefined),
    copyAsCurl: async (choice, environment) =>
      (await import('./app/sending/copyAsCurl')).copyAsCurl(choice, environment, ports),
    shell: process.platform === 'win32' ? 'powershell' : 'posix',
    onDidAcceptKey: (listener) => keys.onDidAccept(listener),
    onDidChangeKey: (listener) => keys.onDidChange(listener),
  };
  const endpointTexts = new ReadOnlyTexts(ENDPOINT_SCHEME);
  const responseTexts = new ReadOnlyTexts(RESPONSE_SCHEME);
  const windowFeatures = whenNeeded(async () => {
    const { WindowFeatures } = await import('./ui/activation/windowFeatures');
    const features = new WindowFeatures(services);
    subscriptions.push(features);
    return features;
  });
  const requestFeatures = whenNeeded(async () => {
    const { files, leakGuard } = await windowFeatures();
    const { RequestFeatures } = await import('./ui/activation/requestFeatures');
    const shared = { files, leakGuard, endpointTexts, responseTexts };
    const features = new RequestFeatures(services, shared, extensionUri);
    subscriptions.push(features);
    return features;
  });
  subscriptions.push(
    { dispose: () => sandbox.stop() },
    environment,
    log,
    journalFiles,
    journalFiles.onDidChange(() => void history.refresh()),
    history.onDidChange(() => {
      if (history.webhooks.length > 0) inBackground(log, webhooks());
    }),
    sandbox.onDidSend(() => inBackground(log, webhooks())),
    keys,
    historyTree,
    webhooksTree,
    new HistoryDocuments(history),
    new SampleFiles(SAMPLE_SCHEME, Uri.joinPath(extensionUri, 'samples')).register(),
    outcomes.onDidChange((change) => {
      if (change.kind !== 'reported') return;
      const reports = outcomes.latest(change.uri).map(({ report }) => report);
      inBackground(log, keyRing.heard(reports));
    }),
    new EnvironmentsTree(services),
    new RequestsTree(services, workspaceFiles),
    new ApiTree(services),
    endpointTexts,
    responseTexts,
    ...registerCommands(async () => (await requestFeatures()).commands, services),
    ...(['eccaex.endpoint', 'eccaex.response', 'eccaex.webhook'] as const).map((type) =>
      serializeWebviews(type, async () => (await requestFeatures()).views[type]),
    ),
    new RequestTasks(services, async (results, nameOf) =>
      (await import('./terminal/results')).transcriptOf(results, nameOf),
    ).register(),
  );
  // Other extensions wait for this one.
  setImmediate(() => {
    inBackground(log, windowFeatures());
    subscriptions.push(onFirstRequest(services, () => inBackground(log, requestFeatures())));
    inBackground(log, offerUnanswered(services));
  });
}
