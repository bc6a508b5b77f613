import {
  MarkdownString,
  TestMessage,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  window,
  workspace,
  type CancellationToken,
  type TestItem,
} from 'vscode';
import { checkHandler, type CheckResult } from '../../app/webhooks/checkHandler';
import { obstacleWords } from '../../app/webhooks/make';
import { parseTarget, TARGET_FAULTS, type Target } from '../../core/webhook/forwarding';
import { HANDLER_CHECKS, type HandlerCheck } from '../../core/webhook/handlerChecks';
import { inBackground } from '../shell/log';
import { notify } from '../shell/notify';
import type { Services } from '../shell/services';

const TARGET = 'webhooks.checkedHandler';
const STATE = 'webhooks.checkedState';

/** Whoever verifies a webhook names this header. */
const OF_HANDLER = /x[-_]signature/i;

/** The checks of a webhook handler as tests of VS Code's Test view. */
export class HandlerTests {
  readonly #controller = tests.createTestController('eccaex.webhookHandler', 'EccaEx webhook handler');
  readonly #checks = new Map<TestItem, HandlerCheck>();

  constructor(private readonly services: Services) {
    for (const check of HANDLER_CHECKS) {
      const item = this.#controller.createTestItem(check.name, check.name);
      item.description = check.sends;
      item.sortText = String(HANDLER_CHECKS.indexOf(check)).padStart(3, '0');
      this.#checks.set(item, check);
      this.#controller.items.add(item);
    }
    const profile = this.#controller.createRunProfile(
      'Check Handler',
      TestRunProfileKind.Run,
      (request, token) => this.#requested(request, token),
      true,
      undefined,
      true,
    );
    profile.configureHandler = () => inBackground(this.services.log, this.#askTarget());
  }

  dispose(): void {
    this.#controller.dispose();
  }

  /** Sends one check once more, and shows its result. */
  async replay(name: string): Promise<void> {
    const item = [...this.#checks.keys()].find(({ id }) => id === name);
    if (!item) return;
    await this.#run(new TestRunRequest([item]), undefined);
  }

  /** In a continuous run, saving a file of the handler starts it anew: at once, or after the checks that are under way. */
  async #requested(request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (!request.continuous) return this.#run(request, token);
    const { include, exclude, profile } = request;
    let isStale = false;
    let isRunning = false;
    const runUntilFresh = async (): Promise<void> => {
      isStale = true;
      if (isRunning) return;
      isRunning = true;
      try {
        while (isStale && !token.isCancellationRequested) {
          isStale = false;
          // Of one request, VS Code shows the worst of all runs: what was repaired would stay red.
          await this.#run(new TestRunRequest(include, exclude, profile, true), token);
        }
      } finally {
        isRunning = false;
      }
    };
    const saved = workspace.onDidSaveTextDocument((document) => {
      if (OF_HANDLER.test(document.getText())) inBackground(this.services.log, runUntilFresh());
    });
    token.onCancellationRequested(() => {
      saved.dispose();
    });
    await runUntilFresh();
  }

  async #run(request: TestRunRequest, token: CancellationToken | undefined): Promise<void> {
    const items = this.#itemsOf(request);
    const run = this.#controller.createTestRun(request);
    const stop = new AbortController();
    const listener = token?.onCancellationRequested(() => stop.abort());
    run.token.onCancellationRequested(() => stop.abort());
    try {
      const target = this.#remembered(TARGET) ?? (await this.#askTarget());
      const signing = target && (await this.#signing(target));
      if (!target || !signing) return;
      for (const item of items) run.started(item);
      const { forwarder, hmac, clock, timer, newId } = await this.services.handlerPorts();
      await checkHandler(
        {
          url: target.url,
          stateUrl: this.#remembered(STATE)?.url,
          scheme: this.services.webhookSettings.scheme(),
          secret: signing,
          hmac,
          only: items.map(({ id }) => id),
        },
        { forwarder, clock, timer, newId },
        stop.signal,
        (result) => {
          const item = items.find(({ id }) => id === result.check.name);
          if (!item) return;
          run.appendOutput(`${result.check.name}: ${result.got}\r\n`, undefined, item);
          if (result.passed === null) run.skipped(item);
          else if (result.passed) run.passed(item, result.durationMs);
          else run.failed(item, messageOf(result), result.durationMs);
        },
      );
    } finally {
      listener?.dispose();
      run.end();
    }
  }

  #itemsOf({ include, exclude }: TestRunRequest): readonly TestItem[] {
    const wanted = include ?? [...this.#checks.keys()];
    return wanted.filter((item: TestItem) => !exclude?.includes(item));
  }

  #remembered(name: string): Target | undefined {
    const url = this.services.memory.get(name);
    const target = typeof url === 'string' ? parseTarget(url) : undefined;
    return typeof target === 'object' ? target : undefined;
  }

  async #askTarget(): Promise<Target | undefined> {
    const input = (prompt: string, name: string) =>
      window.showInputBox({
        title: 'Check Webhook Handler',
        prompt,
        value: this.#remembered(name)?.url ?? '',
        placeHolder: 'http://127.0.0.1:3000/webhook',
        ignoreFocusOut: true,
        validateInput: (value) => {
          if (value.trim() === '' && name === STATE) return undefined;
          const target = parseTarget(value);
          return typeof target === 'string' ? `The URL ${TARGET_FAULTS[target]}.` : undefined;
        },
      });
    const url = await input('URL of your handler', TARGET);
    if (url === undefined) return undefined;
    const state = await input(
      'URL whose GET gives {external_id: {status, count}}. Leave empty to skip the checks that need it.',
      STATE,
    );
    if (state === undefined) return undefined;
    const target = parseTarget(url);
    if (typeof target === 'string') return undefined;
    await this.services.memory.update(TARGET, target.url);
    await this.services.memory.update(STATE, state.trim() === '' ? undefined : state.trim());
    return target;
  }

  /** The secret to sign with; for another machine, where it is a real one, a person says yes each time. */
  async #signing(target: Target): Promise<string | undefined> {
    const environment = this.services.environment.get();
    const { secrets } = await this.services.webhooks();
    const signing = await secrets.forSigning(environment);
    if (!signing.ok) {
      void notify.warn(obstacleWords(signing.obstacle, environment, 'Set it, or switch to the sandbox.'));
      return undefined;
    }
    if (environment === 'sandbox' || target.isLocal) return signing.secret;
    const send = 'Send';
    const choice = await notify.ask(
      `Send events signed with the real secret of ${environment} to ${target.origin}?`,
      'This is not your machine. The events could mark orders there as paid.',
      send,
    );
    return choice === send ? signing.secret : undefined;
  }
}

function messageOf({ check, expected, got }: CheckResult): TestMessage {
  const text = new MarkdownString();
  text.isTrusted = { enabledCommands: ['_eccaex.replayCheck'] };
  text.appendMarkdown('**Sent:** ').appendText(check.sends);
  text.appendMarkdown('\n\n**Expected:** ').appendText(expected);
  text.appendMarkdown('\n\n**Got:** ').appendText(got);
  text.appendMarkdown('\n\n**Why:** ').appendText(check.why);
  const replay = encodeURIComponent(JSON.stringify([check.name]));
  text.appendMarkdown(`\n\n[Replay this](command:_eccaex.replayCheck?${replay})`);
  return new TestMessage(text);
}
