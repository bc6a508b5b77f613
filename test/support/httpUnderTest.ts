import { NodeFetchHttp } from '../../src/adapters/nodeFetchHttp';
import type { HttpRequest, HttpResult } from '../../src/app/ports';
import type { Certificate } from './certificate';
import { startScriptedServer, type Script, type ScriptedServer } from './scriptedServer';

export const KEY = 'key-of-the-merchant';

/** A create request by its URL, with a key. */
export function request(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  const headers = { 'Content-Type': 'application/json', 'X-Api-Key': KEY };
  return { method: 'POST', url, headers, body: '{"amount":"1"}', timeoutMs: 10_000, ...changes };
}

/** The HTTP adapter, and servers that do what a test says. New for each test of the suite that makes it. */
export class HttpUnderTest {
  http = new NodeFetchHttp();
  #servers: ScriptedServer[] = [];

  constructor() {
    beforeEach(() => {
      this.http = new NodeFetchHttp();
      this.#servers = [];
    });
    afterEach(async () => {
      this.http.dispose();
      await Promise.all(this.#servers.map((server) => server.stop()));
    });
  }

  async serve(script: Script, certificate?: Certificate): Promise<ScriptedServer> {
    const server = await startScriptedServer(script, certificate);
    this.#servers.push(server);
    return server;
  }

  send(
    url: string,
    changes?: Partial<HttpRequest>,
    signal = new AbortController().signal,
  ): Promise<HttpResult> {
    return this.http.exchange(request(url, changes), signal);
  }

  /** What becomes of a request that a server treats so. */
  async outcome(script: Script, changes?: Partial<HttpRequest>): Promise<HttpResult> {
    const { origin } = await this.serve(script);
    return this.send(`${origin}/x`, changes);
  }
}
