import assert from 'node:assert/strict';
import { once } from 'node:events';
import fc from 'fast-check';
import { curlCommand } from '../../src/core/curl/curlCommand';
import { ended, start } from '../support/processes';
import { findOnPath } from '../support/findOnPath';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../support/scriptedServer';

const KEY = `sk_"$HOME"\`id\`'!\\`;

/** What a JSON text can hold: anything but NUL and halves of characters, in strings. */
const body = fc
  .dictionary(
    fc.string({ unit: 'grapheme' }),
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom(
        "it's",
        '$HOME `id` $(id) !! !',
        '\\',
        "'\\''",
        '"',
        '%PATH% ^',
        '💶 é ‘’',
        '@file',
        '\u0000\n',
      ),
    ),
  )
  .map((value) => JSON.stringify(value, undefined, 2));

describe('a cURL command in a real shell', function () {
  this.timeout(60_000);
  let server: ScriptedServer;
  before(async function () {
    server = await startScriptedServer(jsonAnswer(201, {}));
    if (!findOnPath('curl') || !findOnPath('sh')) this.skip();
  });
  after(() => server.stop());

  async function run(command: string): Promise<void> {
    const { PATH = '' } = process.env;
    const child = start('sh', ['-c', command], { env: { PATH, ECCAEX_API_KEY_DEV: KEY }, stdio: 'pipe' });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    await once(child, 'close');
    assert.equal(await ended(child), 0, said);
  }

  it('sends the very bytes of the body, and the key out of its variable', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const url = `${server.baseUrl}/create-invoice`;
        await run(curlCommand({ url, key: { variable: 'ECCAEX_API_KEY_DEV' }, body: text }, 'posix'));
        const last = server.received.at(-1);
        assert.deepEqual(
          [last?.method, last?.url, last?.headers['content-type'], last?.headers['x-api-key'], last?.body],
          ['POST', '/api/v1/create-invoice', 'application/json', KEY, text],
        );
      }),
      { numRuns: 40 },
    );
  });
});
