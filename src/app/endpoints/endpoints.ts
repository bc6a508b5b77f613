import type { Call } from '../../core/endpoints/call';
import type { Environment } from '../../core/environments/environment';
import { callEndpoint, type CallPorts, type CallResult } from './callEndpoint';
import type { MerchantStore } from './merchantStore';

/** Calls endpoints that only read, and keeps what they say of the merchant for the checks of requests. */
export class Endpoints {
  constructor(
    private readonly ports: CallPorts,
    readonly merchant: MerchantStore,
  ) {}

  async call(call: Call, environment: Environment, signal: AbortSignal): Promise<CallResult> {
    const result = await callEndpoint(call, environment, this.ports, signal);
    this.merchant.put(result);
    return result;
  }
}
