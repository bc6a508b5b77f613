import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { filesWith, holds } from '../support/traces';
import { USED_KEYS } from '../support/usedKeys';
import { SEND, setKey, switchTo } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

const KEY = USED_KEYS.leaked;

/** A server that sends back the key it gets, wherever an answer has room for it. */
async function startEcho(): Promise<{ server: Server; baseUrl: string; heard: () => number }> {
  let heard = 0;
  const server = createServer((request, response) => {
    const key = String(request.headers['x-api-key']);
    heard += key === KEY ? 1 : 0;
    const error = { code: `REFUSED_${key}`, message: `No ${key}`, details: { amount: [key], [key]: key } };
    response.writeHead(422, { 'Content-Type': 'application/json', 'X-Key': key });
    response.end(JSON.stringify({ successful: false, request_id: key, error }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, baseUrl: `http://127.0.0.1:${port}/api/v1`, heard: () => heard };
}

describe('a key', function () {
  let echo: Awaited<ReturnType<typeof startEcho>>;

  before(async () => {
    echo = await startEcho();
  });

  const stage = stageForSteps({
    session: (api) => ({
      files: { 'leak.invoice.json': requestText() },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl, 'eccaex.baseUrl.staging': echo.baseUrl },
    }),
  });

  after(() => {
    echo.server.closeAllConnections();
    echo.server.close();
  });

  it('is set, refused, verified, and echoed by a server', async () => {
    const { workbench } = stage;
    const { editor, notifications, page, problems } = workbench;
    await workbench.openFile('leak.invoice.json');
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', KEY);
    await workbench.runCommand(SEND);
    await notifications.waitFor('API_KEY_INVALID');
    await workbench.runCommand('EccaEx: Verify API Key');
    await notifications.waitFor('refuses the key for dev: API_KEY_INVALID (HTTP 403).');
    await workbench.runCommand('EccaEx: Focus on Environments View');
    await page.getByRole('treeitem', { name: /^dev, active, key refused, .*API_KEY_INVALID/ }).waitFor();
    await workbench.screenshot('key-refused');

    await switchTo(workbench, 'staging');
    await workbench.runCommand('EccaEx: Set API Key…');
    await workbench.quickInput.pick('staging');
    await workbench.quickInput.typePassword(KEY);
    await workbench.quickInput.accept();
    assert.match(await notifications.waitForDialog('already stored for dev'), /Use it for staging, too\?/);
    await notifications.answerDialog('Use It');
    await notifications.waitFor('API key for staging stored');
    await workbench.runCommand(SEND);
    await notifications.waitFor('leak.invoice.json rejected in staging');
    await problems.show();
    await problems.waitFor('REFUSED_••••_key');
    await editor.squiggles('error').first().waitFor();
    assert.equal(echo.heard(), 1, 'the server got the key, and sent it back');
    assert.ok(!holds(await page.content(), KEY), 'the screen shows no key');
    await workbench.screenshot('key-echoed');
  });

  it('is in no file, not on the screen, and not in the browser’s storage', async () => {
    const { workbench } = stage;
    const folder = path.dirname(workbench.workspace);
    const { found, searched } = await filesWith(folder, [KEY]);
    assert.ok(searched > 20, `${searched} files of VS Code and of the workspace were searched`);
    assert.deepEqual(found, []);
    const storage = await workbench.page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }])',
    );
    assert.ok(storage.includes('secrets.provider'), 'SecretStorage of this VS Code is in there, encrypted');
    assert.ok(!holds(storage, KEY));
    assert.ok(!holds(await workbench.clipboard(), KEY));
    assert.ok(!holds(await workbench.page.content(), KEY));
  });

  it('is found where it is looked for, or the search would prove nothing', async () => {
    const { workbench } = stage;
    const folder = path.dirname(workbench.workspace);
    await workbench.writeFile('planted.txt', `x ${Buffer.from(`a ${KEY} b`).toString('base64')} y`);
    assert.deepEqual((await filesWith(folder, [KEY])).found, [
      { file: path.join(path.basename(workbench.workspace), 'planted.txt'), text: KEY },
    ]);
  });

  it('stops a request that holds it from being sent, at the place where it stands', async () => {
    const { workbench, api } = stage;
    const before = api.stats().requests;
    await switchTo(workbench, 'dev');
    await workbench.writeFile('with-key.invoice.json', requestText({ purpose: `key ${KEY}` }));
    await workbench.openFile('with-key.invoice.json');
    await workbench.runCommand(SEND);
    await workbench.notifications.waitFor('Not sent: with-key.invoice.json has 1 error.');
    await workbench.problems.show();
    await workbench.problems.waitFor('key-in-file');
    assert.equal(api.stats().requests, before);
  });
});
