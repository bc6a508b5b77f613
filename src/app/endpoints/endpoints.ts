import type { Call } from '../../core/endpoints/call';
import type { Environment } from '../../core/environments/environment';
import type { Outcomes } from '../outcomes/outcomes';
import type { CallResult } from './callEndpoint';
import type { MerchantStore } from './merchantStore';

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
