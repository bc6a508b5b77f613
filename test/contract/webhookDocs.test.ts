import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buildCli, CliWorkspace } from '../support/cli';
import { PROJECT } from '../support/paths';
import { start, stop } from '../support/processes';

const PAGE = readFileSync(path.join(PROJECT, 'docs/webhooks.md'), 'utf8');

/** The commands of the page, in order: `server` goes on while the others run, `fails` ends with exit code 1. */
const BLOCKS = [...PAGE.matchAll(/^```sh ?(\w*)\n([^]*?)^```$/gm)].map(([, kind = '', code = '']) => ({
  kind,
  code,
}));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('the page "Webhooks, from zero to verified"', () => {
  before(buildCli);

  it('has commands that do what it says', async () => {
    const workspace = await CliWorkspace.create();
    const port = await freePort();
    const said: string[] = [];
    const servers: ReturnType<typeof start>[] = [];
    try {
      for (const { kind, code } of BLOCKS) {
        const line = code.replaceAll('4100', String(port));
        if (kind === 'server') {
          const server = start('sh', ['-c', `exec env ${line.trim()}`], {
            cwd: workspace.folder,
            stdio: 'pipe',
          });
          servers.push(server);
          if (server.stdout) await once(server.stdout, 'data');
          continue;
        }
        const ran = await workspace.runInShell(line);
        assert.equal(ran.code, kind === 'fails' ? 1 : 0, `${line}${ran.stdout}${ran.stderr}`);
        said.push(ran.stdout);
      }
    } finally {
      await Promise.all(servers.map(stop));
      await workspace.remove();
    }
    const [, sent, forged, checked, held, explained] = said;
    assert.match(sent ?? '', /success order-1, .* handler 204/);
    assert.match(forged ?? '', /handler 401, would be retried/);
    assert.match(checked ?? '', /\d+ passed, 0 failed, 3 not checked/);
    assert.match(held ?? '', /^valid: /);
    assert.match(explained ?? '', /^body-reserialized: [^]*Express: /);
    assert.equal(BLOCKS.length, 7);
  });
});
