import { DELIVERY_TIMEOUT_MS, type DeliveryEnd } from '../../core/webhook/delivery';
import {
  expectedWords,
  HANDLER_CHECKS,
  isExpected,
  MEASURE,
  type HandlerCheck,
  type StateQuestion,
} from '../../core/webhook/handlerChecks';
import { requestOf, type CheckRequest, type CheckSigner } from '../../core/webhook/checkRequest';
import { isObject, isTooDeep } from '../../core/json';
import type { Clock } from '../ports';
import type { Timer, WebhookForwarder } from './webhookPorts';
import { NO_RESPONSE_IN_TIME } from '../../core/webhook/words';

export interface CheckPorts {
  readonly forwarder: WebhookForwarder;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly newId: () => string;
}

export interface HandlerToCheck extends CheckSigner {
  readonly url: string;
  /** Of every event; without one, each check has an order of its own. */
  readonly externalId?: string | undefined;
  /** Answers GET with `{external_id: {status, count}}`. */
  readonly stateUrl?: string | undefined;
  /** Names of checks; without them, all. */
  readonly only?: readonly string[];
}

export interface CheckResult {
  readonly check: HandlerCheck;
  /** `null`: HTTP alone does not show it, and there is no state URL. */
  readonly passed: boolean | null;
  readonly expected: string;
  readonly got: string;
  /** What was sent, copies once. */
  readonly sent: readonly CheckRequest[];
  readonly durationMs: number;
}

/** Requests at once: a handler that hangs holds up no more than these, and each for 15 s at most. */
const AT_ONCE = 8;

/** What a handler does after its response shows in its state within this time. */
const LONGEST_WORK_MS = 5000;
const POLL_MS = 250;

/**
 * Checks a handler and tells each result as it comes. Rejects never; ends early where `stop` does, with what has
 * been found until then.
 */
export async function checkHandler(
  handler: HandlerToCheck,
  ports: CheckPorts,
  stop: AbortSignal,
  tell: (result: CheckResult) => void,
): Promise<void> {
  const run = new HandlerRun(handler, ports, stop);
  const wanted = HANDLER_CHECKS.filter(({ name }) => handler.only?.includes(name) ?? true);
  const tellUnlessStopped = (result: CheckResult) => {
    if (!stop.aborted) tell(result);
  };
  // All others are compared with it, so that it is run even where nobody asks for its result.
  const measure = HANDLER_CHECKS.find(({ name }) => name === MEASURE);
  if (!measure) throw new Error('there is a measure');
  const measured = await run.measure(measure);
  if (wanted.includes(measure)) tellUnlessStopped(measured);
  const others = wanted.filter((check) => check !== measure);
  // Checks of one order's state would disturb each other.
  const isShared = handler.externalId !== undefined;
  const alone = others.filter(({ state }) => isShared && state !== undefined);
  await inParallel(
    others.filter((check) => !alone.includes(check)),
    AT_ONCE,
    async (check) => tellUnlessStopped(await run.check(check)),
    stop,
  );
  await inParallel(alone, 1, async (check) => tellUnlessStopped(await run.check(check)), stop);
}

async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
  stop: AbortSignal,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !stop.aborted; item = queue.shift())
      await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

class HandlerRun {
  #measure: number | undefined;
  readonly #underWay = new Set<AbortController>();

  constructor(
    private readonly handler: HandlerToCheck,
    private readonly ports: CheckPorts,
    private readonly stop: AbortSignal,
  ) {
    // One listener for all requests: Node warns of a leak from the eleventh on.
    const onStop = () => {
      for (const abort of this.#underWay) abort.abort('stopped');
    };
    stop.addEventListener('abort', onStop, { once: true });
  }

  async measure(check: HandlerCheck): Promise<CheckResult> {
    const { ends, result } = await this.#run(check);
    const [end] = ends;
    this.#measure = end?.kind === 'response' ? end.status : undefined;
    return result;
  }

  async check(check: HandlerCheck): Promise<CheckResult> {
    return (await this.#run(check)).result;
  }

  async #run(
    check: HandlerCheck,
  ): Promise<{ readonly ends: readonly DeliveryEnd[]; readonly result: CheckResult }> {
    const { timer, newId, clock } = this.ports;
    const began = timer.elapsed();
    const sent: CheckRequest[] = [];
    const ends: DeliveryEnd[] = [];
    const orderId = newId();
    const externalId = this.handler.externalId ?? `check-${orderId}`;
    const expected = expectedWords(check, this.#measure);
    const done = (passed: boolean | null, got: string) => ({
      ends,
      result: { check, passed, expected, got, sent, durationMs: timer.elapsed() - began },
    });
    if (check.state && this.handler.stateUrl === undefined)
      return done(null, 'not checked: there is no state URL');

    const invoice = {
      orderId,
      // An order that the handler may know cannot show what it does with one that it does not.
      externalId: check.name === 'unknown-order' ? `unknown-${orderId}` : externalId,
      amount: '1500.00',
      currency: 'UAH',
    };
    const before = check.state && (await this.#state(externalId));
    const states: (OrderState | string)[] = [];
    const at = Math.floor(clock.now().getTime() / 1000);
    for (const step of check.steps) {
      if (this.stop.aborted) break;
      const request = requestOf(step, invoice, at, this.handler);
      sent.push(request);
      const copies = Array.from({ length: step.copies }, () => this.#post(this.handler.url, request));
      ends.push(...(await Promise.all(copies)));
      if (check.state) states.push(await this.#settled(externalId));
    }
    const isRight = (end: DeliveryEnd) =>
      end.kind === 'response' && isExpected(check.expects, end.status, this.#measure);
    const got = [...new Set(ends.map(endWords))].join(', ');
    if (!ends.every(isRight)) return done(false, got);
    if (!check.state) return done(true, got);
    const fault = stateFault(check.state, before, states);
    return done(fault === undefined, fault === undefined ? got : `${got}, but ${fault}`);
  }

  async #post(url: string, { method, headers, body }: CheckRequest): Promise<DeliveryEnd> {
    const abort = new AbortController();
    if (this.stop.aborted) abort.abort('stopped');
    this.#underWay.add(abort);
    const cancel = this.ports.timer.after(DELIVERY_TIMEOUT_MS, () => abort.abort('timeout'));
    const end = await this.ports.forwarder.post(url, headers, body, abort.signal, method);
    cancel();
    this.#underWay.delete(abort);
    return end;
  }

  /** The state of an order that was sent as paid, once the work that comes after a response has had its time. */
  async #settled(externalId: string): Promise<OrderState | string> {
    const deadline = this.ports.timer.elapsed() + LONGEST_WORK_MS;
    for (;;) {
      const state = await this.#state(externalId);
      if (typeof state === 'string' || state.count > 0 || this.ports.timer.elapsed() > deadline) break;
      await this.#wait(POLL_MS);
    }
    // What comes twice comes at once or soon.
    await this.#wait(POLL_MS);
    return this.#state(externalId);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.ports.timer.after(ms, resolve));
  }

  /** What the state URL says of an order, or why that is not known. */
  async #state(externalId: string): Promise<OrderState | string> {
    const request = { method: 'GET', headers: [], body: new Uint8Array() } as const;
    const end = await this.#post(this.handler.stateUrl ?? '', request);
    if (end.kind !== 'response' || end.status !== 200) return `the state URL gave ${endWords(end)}`;
    const orders = parsed(new TextDecoder().decode(end.body));
    if (!isObject(orders)) return 'the state URL gave no JSON object';
    const order = Object.hasOwn(orders, externalId) ? orders[externalId] : undefined;
    if (order === undefined) return { status: '', count: 0 };
    if (!isObject(order)) return 'the state URL gave no {status, count} for the order';
    const { status, count } = order;
    return typeof status === 'string' && typeof count === 'number'
      ? { status, count }
      : 'the state URL gave no {status, count} for the order';
  }
}

interface OrderState {
  readonly status: string;
  readonly count: number;
}

/** What speaks against it, in words; `undefined` where nothing does. */
function stateFault(
  question: StateQuestion,
  before: OrderState | string | undefined,
  after: readonly (OrderState | string)[],
): string | undefined {
  const all = [...(before === undefined ? [] : [before]), ...after];
  const fault = all.find((state) => typeof state === 'string');
  if (fault !== undefined) return fault;
  const [known, first, last] = [all[0], all[1], all.at(-1)] as (OrderState | undefined)[];
  if (!known || !first || !last) return 'the state was not read';
  if (question === 'still-paid') {
    if (first.status !== 'success') return `the order was ${shown(first.status)} after "success"`;
    return last.status === 'success' ? undefined : `the order became ${shown(last.status)}`;
  }
  if (last.count < 1) return 'the order was not counted';
  const added = last.count - known.count;
  return added <= 1 ? undefined : `the order was counted ${added} times`;
}

function shown(status: string): string {
  return status === '' ? 'not known' : JSON.stringify(status.slice(0, 40));
}

function endWords(end: DeliveryEnd): string {
  switch (end.kind) {
    case 'response':
      return `HTTP ${end.status}`;
    case 'unreachable':
      return `no connection (${end.detail})`;
    case 'broken':
      return `a broken response (${end.detail})`;
    case 'timeout':
      return NO_RESPONSE_IN_TIME;
    case 'stopped':
      return 'stopped';
  }
}

function parsed(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
