import assert from 'node:assert/strict';
import { NodeFetchHttp } from '../../src/adapters/http/nodeFetchHttp';
import type { HttpEnd, HttpRequest, HttpResult } from '../../src/app/ports';
import type { Certificate } from './certificate';
import { startScriptedServer, type Script, type ScriptedServer } from './scriptedServer';

export const KEY = 'key-of-the-merchant';

/** A create request by its URL, with a key. */
export function request(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  const headers = { 'Content-Type': 'application/json', 'X-Api-Key': KEY };
  return { method: 'POST', url, headers, body: '{"amount":"1"}', timeoutMs: 10_000, ...changes };
}

/** Of a request whose time is to be up, in milliseconds: the first, and the longest. */
const [SHORTEST, LONGEST] = [60, 8_000];

/**
 * What becomes of a request whose time is up once it has come as far as `isThere` says. Where the machine does not get
 * it there in time, the next one has twice as much.
 */
export async function timeUp<Result>(
  exchange: (timeoutMs: number) => Promise<Result>,
  isThere: (result: Result) => boolean,
): Promise<{ readonly result: Result; readonly timeoutMs: number }> {
  for (let timeoutMs = SHORTEST; ; timeoutMs *= 2) {
    const result = await exchange(timeoutMs);
    if (isThere(result) || timeoutMs >= LONGEST) return { result, timeoutMs };
  }
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

  /** How an exchange ends. */
  async send(
    url: string,
    changes?: Partial<HttpRequest>,
    signal = new AbortController().signal,
  ): Promise<HttpEnd> {
    const { course, ...end } = await this.http.exchange(request(url, changes), signal);
    assert.ok(course.timings.total >= 0);
    return end;
  }

  /** What becomes of a request that a server treats so. */
  async outcome(script: Script, changes?: Partial<HttpRequest>): Promise<HttpEnd> {
    const { origin } = await this.serve(script);
    return this.send(`${origin}/x`, changes);
  }

  /** The same with all that is known of it. */
  async course(script: Script, changes?: Partial<HttpRequest>): Promise<HttpResult> {
    const { origin } = await this.serve(script);
    return this.http.exchange(request(`${origin}/x`, changes), new AbortController().signal);
  }
}
