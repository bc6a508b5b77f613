import { window, type ExtensionContext } from 'vscode';
import { LocalSandbox } from './adapters/localSandbox';
import { NodeFetchHttp } from './adapters/nodeFetchHttp';
import { systemClock, systemRandom } from './adapters/systemClock';
import { WorkspaceEnvironment } from './adapters/vscode/activeEnvironment';
import { SecretKeyStore } from './adapters/vscode/secretKeyStore';
import { userSettings } from './adapters/vscode/userSettings';
import { workspaceFiles } from './adapters/vscode/workspaceFiles';
import { KeyRing } from './app/keyRing';
import type { SendPorts } from './app/ports';
import { ReportStore } from './app/reportStore';
import { Sender } from './app/sender';
import { FixProvider } from './ui/codeActions';
import { commandHandlers } from './ui/commands/handlers';
import { registerCommands } from './ui/commands/registrar';
import { RequestCompletion } from './ui/completion';
import { consent } from './ui/consent';
import { RequestLenses } from './ui/codeLens';
import { ContextKeys } from './ui/contextKeys';
import { Diagnostics } from './ui/diagnostics';
import { FileEvents } from './ui/fileEvents';
import { FieldHover } from './ui/fieldHover';
import { GuidanceHover } from './ui/hover';
import { SentValueHints } from './ui/inlayHints';
import { watchKeys } from './ui/keyEvents';
import { LiveProblems } from './ui/liveProblems';
import type { Services } from './ui/services';
import { EnvironmentStatus } from './ui/statusBar';

/** Puts the parts together; no logic of its own. */
export function activate({ secrets, workspaceState, subscriptions }: ExtensionContext): void {
  const http = new NodeFetchHttp();
  const keys = new SecretKeyStore(secrets);
  const environment = new WorkspaceEnvironment(workspaceState);
  const sandbox = new LocalSandbox(async () => (await import('./sandbox/server')).startSandbox());
  const log = window.createOutputChannel('EccaEx', { log: true });
  const reports = new ReportStore();
  const ports: SendPorts = {
    http,
    keys,
    settings: userSettings,
    sandbox,
    files: workspaceFiles,
    consent,
    clock: systemClock,
    random: systemRandom,
  };
  const services: Services = {
    sender: new Sender(ports, reports),
    reports,
    keyRing: new KeyRing(ports),
    settings: userSettings,
    environment,
    sandbox,
    clock: systemClock,
    random: systemRandom,
    log,
    environmentVariable: (name) => process.env[name],
    onDidChangeKey: (listener) => keys.onDidChange(listener),
  };
  const live = new LiveProblems(services);
  const files = new FileEvents(services);
  subscriptions.push(
    { dispose: () => http.dispose() },
    { dispose: () => sandbox.stop() },
    environment,
    log,
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
    ...registerCommands(commandHandlers(services), services),
  );
}
