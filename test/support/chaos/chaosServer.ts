import { startScriptedServer, type ScriptedServer } from '../scriptedServer';
import { below } from './chance';
import type { Received } from './verdict';

/** A merchant API that creates every invoice a moment later, and counts. */
export class ChaosServer {
  readonly rounds = new Map<string, number>();
  readonly responded = new Set<string>();
  readonly repeated = new Set<string>();
  /** Told of each request as it comes. */
  onReceived: (order: string) => void = () => undefined;
  round = 0;
  #server: ScriptedServer | undefined;

  get baseUrl(): string {
    return this.#server?.baseUrl ?? '';
  }

  get received(): Received {
    return this;
  }

  async start(slowest = 8): Promise<void> {
    this.#server = await startScriptedServer((response, { body }) => {
      const { external_id: order } = JSON.parse(body) as { external_id: string };
      if (this.rounds.has(order)) this.repeated.add(order);
      this.rounds.set(order, this.round);
      this.onReceived(order);
      const invoice = { invoice_id: `i-${order}`, payment_link: `https://pay.example/${order}` };
      setTimeout(() => {
        this.responded.add(order);
        response.writeHead(201, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(invoice));
      }, below(slowest));
    });
  }

  forget(): void {
    this.rounds.clear();
    this.responded.clear();
    this.repeated.clear();
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
