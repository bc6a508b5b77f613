import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { HANDLERS, type HandlerLanguage } from '../../../src/core/webhook/handlers/handlers';
import { DEFAULT_SCHEME, type SignatureScheme } from '../../../src/core/webhook/signature';
import { findOnPath } from '../findOnPath';
import { PROJECT } from '../paths';
import { start, stop } from '../processes';
import { removeFolder, temporaryFolder } from '../temporaryFolder';

/** The program that a handler of ours needs beside Node, where it is on this machine. */
const RUNTIMES = { python: 'python3', php: 'php', go: 'go' } as const;

/** The program that runs a handler; `undefined` where this machine has none. */
export function runtimeOf(language: HandlerLanguage): string | undefined {
  return language === 'node' || language === 'express' ? process.execPath : findOnPath(RUNTIMES[language]);
}

/** A handler of ours as it is written for people, running; with what its log says of the orders as a state URL. */
export class OwnHandler {
  private constructor(
    readonly url: string,
    readonly stateUrl: string,
    private readonly child: ChildProcess,
    private readonly state: Server,
    private readonly folder: string,
  ) {}

  static async start(
    language: HandlerLanguage,
    secret: string,
    scheme: SignatureScheme = DEFAULT_SCHEME,
  ): Promise<OwnHandler> {
    const runtime = runtimeOf(language);
    if (runtime === undefined) throw new Error(`${language} is not on this machine`);
    const folder = await temporaryFolder('eccaex-handler');
    const { file, source } = HANDLERS[language];
    writeFileSync(path.join(folder, file), source(scheme));
    // Where `npm install express` would put it.
    if (language === 'express')
      symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'));
    mkdirSync(path.join(folder, 'store'));
    const port = language === 'php' ? await freePort() : 0;
    const command = {
      node: [file],
      express: [file],
      python: [file],
      php: ['-S', `127.0.0.1:${port}`, file],
      go: ['run', file],
    }[language];
    const child = start(runtime, command, {
      cwd: folder,
      env: {
        ...process.env,
        PORT: '0',
        ECCAEX_WEBHOOK_SECRET: `${secret}\n`,
        ECCAEX_WEBHOOK_STORE: path.join(folder, 'store'),
        PHP_CLI_SERVER_WORKERS: '4',
        GOFLAGS: '-mod=mod',
        GO111MODULE: 'off',
      },
    });
    const orders = new Map<string, { status: string; count: number }>();
    let output = '';
    const listening = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`${language} ended: ${output}`)));
      const take = (chunk: Buffer) => {
        output += chunk.toString();
        const lines = output.split('\n');
        output = lines.pop() ?? '';
        for (const line of lines) {
          const started = /listening on port (\d+)|Development Server .*:(\d+)\)? started/.exec(line);
          if (started) resolve(Number(started[1] ?? started[2]));
          const [, id, status] = /order ("[^ ]*") is "(\w+)"/.exec(line) ?? [];
          if (id === undefined || status === undefined) continue;
          const order = JSON.parse(id) as string;
          orders.set(order, { status, count: (orders.get(order)?.count ?? 0) + 1 });
        }
      };
      child.stdout?.on('data', take);
      child.stderr?.on('data', take);
    });
    const state = createServer((_, response) => response.end(JSON.stringify(Object.fromEntries(orders))));
    state.listen(0, '127.0.0.1');
    await once(state, 'listening');
    const started = await listening;
    const stateUrl = `http://127.0.0.1:${(state.address() as AddressInfo).port}/`;
    return new OwnHandler(`http://127.0.0.1:${started}/webhook`, stateUrl, child, state, folder);
  }

  async stop(): Promise<void> {
    this.state.close();
    await stop(this.child);
    await removeFolder(this.folder);
  }
}

/** PHP's server takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
