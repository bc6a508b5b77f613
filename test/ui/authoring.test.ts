import assert from 'node:assert/strict';
import { SEND, switchTo } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';
import { USED_KEYS } from '../support/usedKeys';

const element = (id: string, members: object = {}): string =>
  requestText({ external_id: id, ...members })
    .trim()
    .replaceAll(/^/gm, '  ');

const batch = (customer: string): string =>
  `[\n${element('batch-1')},\n${element('batch-2', { customer_id: customer })},\n${element('batch-3')}\n]\n`;

const FROM_CURL = 'EccaEx: New Request from Clipboard cURL';
const PASTED_KEY = USED_KEYS.pasted;

describe('writing requests', function () {
  const stage = stageForSteps({
    session: () => ({
      files: {
        'one.invoice.json': requestText({
          external_id: 'order-{{$uuid}}',
          purpose: 'Order of {{$isoTimestamp}}',
        }),
        'batch.invoice.json': batch('fault_unknown_code'),
        'shop/whole.invoice.json': requestText({ external_id: 'shop-1' }),
        'shop/two.invoice.json': `[${element('shop-2')}, ${element('shop-3', { amount: '1,50' })}]`,
        'shop/slow.invoice.json': requestText({ external_id: 'shop-4', customer_id: 'fault_slow' }),
        'shop/notes.json': '{}',
        '.vscode/tasks.json': JSON.stringify({
          version: '2.0.0',
          tasks: [
            { type: 'eccaex', label: 'check all', command: 'validate' },
            { type: 'eccaex', label: 'send all', command: 'send', environment: 'dev' },
          ],
        }),
      },
    }),
  });

  it('a request is sent from the line above it, which then says what came of it', async () => {
    const { editor, notifications } = stage.workbench;
    await stage.workbench.openFile('one.invoice.json');
    await editor.clickLens('Send to sandbox');
    await notifications.waitFor('Invoice created in sandbox: 1500.00 UAH.');
    await editor.waitForText(/order-\{\{\$uuid\}\}=.[0-9a-f-]{36}/);
    await editor
      .lens(/created/)
      .first()
      .waitFor();
    assert.deepEqual((await editor.lenses()).slice(1, 3), ['Send to sandbox', 'Send to…']);
    await stage.workbench.screenshot('lens-and-hints');
  });

  it('fields, currencies and placeholders are told about', async () => {
    const { editor, page } = stage.workbench;
    const field = await editor.hover('customer_id', 'string');
    assert.match(field, /customer_id · string · required · at most 128 characters/);
    assert.match(await editor.hover('UAH', 'Hryvnia'), /UAH · Hryvnia · ₴ · ISO 4217/);
    assert.match(await editor.hover('{{$isoTimestamp}}', 'The last send used'), /time in ISO 8601/);
    await stage.workbench.screenshot('hover-placeholder');
    await page.keyboard.press('Escape');
  });

  it('one element of a batch is sent alone, and the line above it leads to its problem', async () => {
    const { workbench } = stage;
    const { editor, notifications } = workbench;
    await workbench.openFile('batch.invoice.json');
    await editor.clickLens('Send to sandbox', 1);
    await notifications.waitFor('LIMIT_EXCEEDED_FOR_TODAY');
    await workbench.screenshot('lens-batch');
    await editor.clickLens(/rejected: LIMIT_EXCEEDED_FOR_TODAY/);
    await workbench.page.locator('.monaco-hover:visible', { hasText: 'What to do' }).waitFor();
    await workbench.runCommand(SEND);
    await notifications.waitFor('3 requests: 2 created, 1 rejected.');
    await editor
      .lens(/created/)
      .nth(1)
      .waitFor();
    await workbench.screenshot('batch-outcome');
    // What was sent last is not where it was: the others must not be sent again.
    await workbench.writeFile(
      'batch.invoice.json',
      batch('user_1').replace('[', `[\n${element('batch-0').replaceAll(/\s+/g, ' ')},`),
    );
    await editor.waitUntilGone('fault_unknown_code');
    await notifications.press('3 requests: 2 created, 1 rejected.', 'Send the Rest');
    await editor
      .lens(/created/)
      .nth(2)
      .waitFor();
    await switchTo(workbench, 'dev');
    await workbench.runCommand(SEND);
    assert.match(
      await notifications.waitFor('4 requests: 4 not sent.'),
      /Set Key.*Send Again.*Show Failures/,
    );
    await workbench.setTheme('light');
    await workbench.screenshot('lens-batch-light');
    await workbench.setTheme('high-contrast');
    await workbench.screenshot('lens-batch-high-contrast');
    await workbench.setTheme('dark');
  });

  it('all requests of a folder are sent from the explorer, which says what it leaves out', async () => {
    const { workbench } = stage;
    const { notifications, page } = workbench;
    await switchTo(workbench, 'sandbox');
    await workbench.treeItem('shop').click({ button: 'right' });
    const entry = page.getByRole('menuitem', { name: 'Send All Requests in Folder' });
    await entry.waitFor();
    await workbench.screenshot('folder-menu');
    await entry.click();
    const progress =
      'Sending 3 of 4 requests in 3 files to sandbox (this machine); 1 has errors and is left out';
    await notifications.waitFor(progress);
    await workbench.screenshot('folder-sending');
    await notifications.press(progress, 'Cancel');
    await notifications.waitFor('4 requests: 2 created, 1 with errors, 1 no response.');
  });

  it('a cURL command becomes a request, and its key none of the file', async () => {
    const { workbench } = stage;
    const { editor, notifications, quickInput } = workbench;
    await workbench.copy('https://api.ecca-ex.com/api/v1/create-invoice');
    await workbench.runCommand(FROM_CURL);
    await notifications.waitFor('There is no cURL command on the clipboard.');
    const body = JSON.stringify({ amount: 12.5, currency_code: 'eur', customer_id: "Tom's" });
    await workbench.copy(
      `curl -X POST https://api.ecca-ex.com/api/v1/create-invoice \\\n  -H 'X-Api-Key: ${PASTED_KEY}' \\\n  -d '${body.replace("'", String.raw`'\''`)}'`,
    );
    await notifications.press('There is no cURL command on the clipboard.', 'Try Again');
    await editor.waitForText('"amount": 12.5,');
    await editor.waitForText(`"customer_id": "Tom's"`);
    await editor.squiggles('error').first().waitFor();
    assert.ok(!(await editor.text()).includes(PASTED_KEY));
    await notifications.waitFor(/left out of the file\. The clipboard still holds it\./);
    await workbench.screenshot('from-curl');
    await notifications.press('The API key in the cURL command was left out', 'Store for…');
    await quickInput.pick('staging');
    await notifications.waitFor('API key for staging stored (••••42b8).');
    await workbench.runCommand(FROM_CURL);
    await notifications.waitFor('It is the key stored for staging.');
    await workbench.runCommand('EccaEx: Forget All Stored Keys');
    await notifications.answerDialog('Remove');
  });
});
