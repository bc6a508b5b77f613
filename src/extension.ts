import { Uri, window, type ExtensionContext } from 'vscode';
import { FolderJournal } from './adapters/journalFiles';
import { fileTree } from './adapters/fileTree';
import { Git } from './adapters/git';
import { gitHooks } from './adapters/gitHooks';
import { LocalSandbox } from './adapters/localSandbox';
import { NodeFetchHttp } from './adapters/nodeFetchHttp';
import { systemClock, systemRandom } from './adapters/systemClock';
import { WorkspaceEnvironment } from './adapters/vscode/activeEnvironment';
import { filesOutside } from './adapters/vscode/filesOutside';
import { SecretKeyStore } from './adapters/vscode/secretKeyStore';
import { historyLimit, userSettings } from './adapters/vscode/userSettings';
import { workspaceFiles } from './adapters/vscode/workspaceFiles';
import { History } from './app/history/history';
import { KeyRedactor } from './app/keys/keyRedactor';
import { Endpoints } from './app/endpoints/endpoints';
import { copyAsCurl } from './app/sending/copyAsCurl';
import { checkFiles } from './app/checking/checkFiles';
import { KeyRing } from './app/keys/keyRing';
import { LastOutcomes } from './app/reports/lastOutcomes';
import { MerchantStore } from './app/endpoints/merchantStore';
import { LeakScanner } from './app/leaks/leakScanner';
import { LeakStore } from './app/leaks/leakStore';
import type { SendPorts } from './app/ports';
import { ReportStore } from './app/reports/reportStore';
import { Sender } from './app/sending/sender';
import { SendJournal } from './app/history/sendJournal';
import { transcriptOf } from './terminal/transcript';
import { FixProvider } from './ui/codeActions';
import { commandHandlers } from './ui/commands/handlers';
import { registerCommands } from './ui/commands/registrar';
import { RequestCompletion } from './ui/completion';
import { WorkspaceConsent } from './ui/consent';
import { RequestLenses } from './ui/codeLens';
import { ContextKeys } from './ui/contextKeys';
import { Diagnostics } from './ui/diagnostics';
import { EndpointView } from './ui/endpoints/endpointView';
import { FileEvents } from './ui/fileEvents';
import { FieldHover } from './ui/fieldHover';
import { GuidanceHover } from './ui/hover';
import { SentValueHints } from './ui/inlayHints';
import { watchKeys } from './ui/keyEvents';
import { inBackground } from './ui/background';
import { HistoryDocuments } from './ui/history/documents';
import { tellThatNothingIsKept } from './ui/history/failure';
import { HistoryTree } from './ui/history/tree';
import { offerUnanswered } from './ui/history/unanswered';
import { LeakDiagnostics } from './ui/leakDiagnostics';
import { LeakFixes } from './ui/leakFixes';
import { LeakGuard } from './ui/leakGuard';
import { LiveProblems } from './ui/liveProblems';
import { ReadOnlyTexts } from './ui/readOnlyTexts';
import { ENDPOINT_SCHEME, RESPONSE_SCHEME } from './ui/requestDocuments';
import { ResponseView } from './ui/response/responseView';
import type { Services } from './ui/services';
import { EnvironmentStatus } from './ui/statusBar';
import { ApiTree } from './ui/views/apiTree';
import { EnvironmentsTree } from './ui/views/environmentsTree';
import { RequestsTree } from './ui/views/requestsTree';
import { RequestTasks } from './ui/tasks/requestTasks';

/** Puts the parts together; no logic of its own. */
export function activate(context: ExtensionContext): void {
  const { secrets, globalState, workspaceState, subscriptions, extensionUri } = context;
  const http = new NodeFetchHttp();
  const keys = new SecretKeyStore(secrets, globalState);
  const environment = new WorkspaceEnvironment(workspaceState);
  const sandbox = new LocalSandbox(async () => (await import('./sandbox/server')).startSandbox());
  const log = window.createOutputChannel('EccaEx', { log: true });
  const reports = new ReportStore();
  const folder = Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'journal').fsPath;
  const journalFiles = new FolderJournal(folder, tellThatNothingIsKept(log));
  const keyRedactor = new KeyRedactor(keys);
  const history = new History(journalFiles, historyLimit, systemClock);
  const ports: SendPorts = {
    http,
    keys,
    settings: userSettings,
    sandbox,
    files: workspaceFiles,
    consent: new WorkspaceConsent(filesOutside),
    journal: new SendJournal(journalFiles, keyRedactor, systemClock, systemRandom.uuid),
    clock: systemClock,
    random: systemRandom,
  };
  const git = new Git();
  const services: Services = {
    scanner: new LeakScanner({ keys, tree: fileTree, git, isTrusted: () => ports.consent.isTrusted() }),
    leaks: new LeakStore(),
    git,
    hooks: gitHooks,
    memory: workspaceState,
    extensionFolder: extensionUri.fsPath,
    sender: new Sender(ports, reports),
    reports,
    history,
    historyTree: new HistoryTree(history),
    endpoints: new Endpoints(ports, new MerchantStore(userSettings)),
    check: (items, environment) => checkFiles(items, environment, ports),
    keyRing: new KeyRing(ports),
    leftovers: keys,
    settings: userSettings,
    environment,
    sandbox,
    clock: systemClock,
    random: systemRandom,
    log,
    environmentVariable: (name) => (Object.hasOwn(process.env, name) ? process.env[name] : undefined),
    copyAsCurl: (choice, environment) => copyAsCurl(choice, environment, ports),
    shell: process.platform === 'win32' ? 'powershell' : 'posix',
    onDidAcceptKey: (listener) => keys.onDidAccept(listener),
    onDidChangeKey: (listener) => keys.onDidChange(listener),
  };
  const live = new LiveProblems(services);
  const files = new FileEvents(services);
  const outcomes = new LastOutcomes(reports, history);
  const endpointTexts = new ReadOnlyTexts(ENDPOINT_SCHEME);
  const endpointView = new EndpointView(services, endpointTexts, extensionUri);
  const leakDiagnostics = new LeakDiagnostics(services);
  const leakGuard = new LeakGuard(services, files);
  const responseTexts = new ReadOnlyTexts(RESPONSE_SCHEME);
  const responseView = new ResponseView(services, live, responseTexts, extensionUri);
  subscriptions.push(
    leakDiagnostics,
    leakGuard,
    new LeakFixes(services).register(),
    { dispose: () => http.dispose() },
    { dispose: () => sandbox.stop() },
    environment,
    log,
    journalFiles,
    journalFiles.onDidChange(() => void history.refresh()),
    keys.onDidChange(() => keyRedactor.changed()),
    services.historyTree,
    new HistoryDocuments(history),
    files,
    new Diagnostics(services, live, files),
    watchKeys(services),
    new EnvironmentStatus(services),
    new ContextKeys(services),
    new FixProvider(live).register(),
    new RequestCompletion(live).register(),
    new GuidanceHover(live).register(),
    new FieldHover(live).register(),
    new RequestLenses(services, live),
    new SentValueHints(services, live),
    outcomes.watch(),
    new EnvironmentsTree(services),
    new RequestsTree(services, workspaceFiles, outcomes),
    new ApiTree(services),
    endpointTexts,
    endpointView,
    responseTexts,
    responseView,
    ...registerCommands(
      commandHandlers(services, { endpointView, responseView, responseTexts, leakGuard }),
      services,
    ),
    new RequestTasks(services, transcriptOf).register(),
  );
  inBackground(log, offerUnanswered(services));
}
