import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { closeEditors, openFile } from './support/editor';
import { forget, invoice, send, setUserSetting, useKey } from './support/merchant';
import { USED_KEYS } from '../support/usedKeys';

/** A proxy that notes where it is asked to go, and lets nobody through. */
async function startProxy(): Promise<{ server: Server; url: string; asked: string[]; heard: string[] }> {
  const asked: string[] = [];
  const heard: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    heard.push(request.rawHeaders.join(' '));
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, heard };
}

describe('a proxy of the user’s', () => {
  afterEach(closeEditors);

  it('is asked for the way to the API, and sees no key', async () => {
    const { server, url, asked, heard } = await startProxy();
    await setUserSetting('http.proxy', url);
    try {
      await useKey('staging', USED_KEYS.forProxy);
      await openFile('proxy.invoice.json', invoice());
      const report = await send({ environment: 'staging' });
      assert.deepEqual(asked, ['api.ecca-ex.com:443']);
      assert.doesNotMatch(heard.join(' '), /4711/);
      // The proxy's own refusal looks like an answer.
      assert.equal(report.outcome, 'unexpected');
      assert.equal(report.problems[0]?.code, 'http-502');
    } finally {
      await setUserSetting('http.proxy', undefined);
      await forget('staging');
      server.closeAllConnections();
      server.close();
    }
  });
});
