import { Signal } from '../../core/signal';
import type { Call } from '../../core/endpoints/call';
import { parseBaseUrl } from '../../core/environments/baseUrl';
import type { Environment } from '../../core/environments/environment';
import { SANDBOX_ORIGIN } from '../../core/environments/sandboxKeys';
import { currencyCodesIn, limitsIn, type MerchantKnowledge } from '../../core/merchant/knowledge';
import type { Outcomes } from '../outcomes/outcomes';
import type { CallResult } from './callEndpoint';
import type { Settings } from '../ports';

type Known = Omit<MerchantKnowledge, 'environment'>;

const NOTHING: Known = { methods: new Map() };

/**
 * What the API has said of the merchant of each environment, for as long as this runs. It is true of the server
 * that said it and of the key that was used: whoever changes one of them has it forgotten.
 */
export class MerchantStore {
  readonly #known = new Map<Environment, { readonly origin: string; readonly known: Known }>();
  readonly #changed = new Signal();
  readonly onDidChange = this.#changed.subscribe;

  constructor(private readonly settings: Pick<Settings, 'baseUrl'>) {}

  /** Keeps what a response says, if it is one about currencies or payment methods. */
  put(result: CallResult): void {
    const { environment, outcome, at } = result;
    if (outcome !== 'answered') return;
    const before = this.#knownOf(environment) ?? NOTHING;
    const known = this.#with(before, result, at);
    const origin = this.#originOf(environment);
    if (!known || origin === undefined) return;
    // The base URL is another one by now.
    if (environment !== 'sandbox' && result.origin !== origin) return;
    this.#known.set(environment, { origin, known });
    this.#changed.fire();
  }

  of(environment: Environment): MerchantKnowledge | undefined {
    const known = this.#knownOf(environment);
    return known && { environment, ...known };
  }

  /** The key of an environment is another one, and so may be the merchant. */
  forget(environment: Environment): void {
    if (this.#known.delete(environment)) this.#changed.fire();
  }

  #with(before: Known, { endpoint, query, data }: CallResult, at: string): Known | undefined {
    switch (endpoint) {
      case 'currencies': {
        const codes = currencyCodesIn(data);
        return codes && { ...before, currencies: { at, codes } };
      }
      case 'payment-methods': {
        const found = limitsIn(data);
        if (!found) return undefined;
        const only = query['currency']?.toUpperCase();
        const fresh = [...found]
          .filter(([code]) => !only || code === only)
          .map(([code, limits]) => [code, { at, limits }] as const);
        const others = only ? [...before.methods].filter(([code]) => code !== only) : [];
        return { ...before, methods: new Map([...others, ...fresh]) };
      }
      default:
        return undefined;
    }
  }

  #knownOf(environment: Environment): Known | undefined {
    const kept = this.#known.get(environment);
    return kept && kept.origin === this.#originOf(environment) ? kept.known : undefined;
  }

  #originOf(environment: Environment): string | undefined {
    if (environment === 'sandbox') return SANDBOX_ORIGIN;
    const baseUrl = parseBaseUrl(this.settings.baseUrl(environment));
    return baseUrl.ok ? baseUrl.origin : undefined;
  }
}

/** `callEndpoint` with its ports. */
type CallNow = (call: Call, environment: Environment, signal: AbortSignal) => Promise<CallResult>;

/** Calls endpoints that only read, and keeps what they say of the merchant for the checks of requests. */
export class Endpoints {
  constructor(
    private readonly callNow: CallNow,
    readonly merchant: MerchantStore,
    private readonly outcomes: Pick<Outcomes, 'begin'>,
  ) {}

  async call(call: Call, environment: Environment, signal: AbortSignal): Promise<CallResult> {
    const abort = new AbortController();
    const { endpoint } = call;
    const flight = this.outcomes.begin({ items: [], endpoint, count: 1, environment }, abort);
    try {
      const result = await this.callNow(call, environment, AbortSignal.any([signal, abort.signal]));
      this.merchant.put(result);
      return result;
    } finally {
      flight.end();
    }
  }
}
