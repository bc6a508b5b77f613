import assert from 'node:assert/strict';
import { type Locator } from 'playwright-core';
import { type ScriptedServer, startScriptedServer } from '../support/scriptedServer';
import { attempt } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { requestText } from './requests';
import { stageForSteps } from './steps';

const COUNT = 10;

/** More rows than there are in any list here. */
const FAR = 40;

/** What the workbench shows of one order that is refused. */
const orders = Array.from({ length: COUNT }, (_, place) => ({
  file: `at-once-${place}.invoice.json`,
  code: `CODE_${place}`,
}));

/** Answers once all requests are there, so that what came of them is known at the same moment. */
async function startGate(): Promise<ScriptedServer> {
  const waiting: (() => void)[] = [];
  return startScriptedServer((res, { body }) => {
    const { external_id } = JSON.parse(body) as { external_id: string };
    const error = { code: `CODE_${external_id.replace('order-', '')}`, message: 'Refused' };
    waiting.push(() => {
      res.writeHead(422, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify({ successful: false, request_id: external_id, error }));
    });
    if (waiting.length === COUNT) for (const answer of waiting) answer();
  });
}

/** Walks down the list that has the focus, which draws what is on screen alone, until the row is drawn. */
async function reveal(row: Locator): Promise<void> {
  const { keyboard } = row.page();
  await attempt(row.first(), async (patience) => {
    const focused = (place: number) =>
      row.page().locator(`.monaco-list:focus-within .monaco-list-row.focused[data-index="${place}"]`);
    await keyboard.press('Home');
    await focused(0).waitFor(patience);
    for (let place = 1; place < FAR && (await row.count()) === 0; place++) {
      await keyboard.press('ArrowDown');
      await focused(place).waitFor(patience);
    }
    await row.first().waitFor(patience);
  });
}

describe('ten results in one second', function () {
  let gate: ScriptedServer;
  before(async () => {
    gate = await startGate();
  });
  after(() => gate.stop());

  const stage = stageForSteps({
    session: () => ({
      files: Object.fromEntries(
        orders.map(({ file }, place) => [file, requestText({ external_id: `order-${place}` })]),
      ),
      // The first waits until the last has arrived, however long that takes here.
      settings: { 'eccaex.baseUrl.dev': gate.baseUrl, 'eccaex.timeoutSeconds': 600 },
    }),
  });

  it('are each listed among the notifications, and shown where their requests are, whatever the corner has room for', async () => {
    const { workbench } = stage;
    const { page } = workbench;
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', ACTIVE_KEY);
    for (const { file } of orders) {
      await workbench.openFile(file);
      await workbench.runCommand(SEND);
    }
    await workbench.notifications.waitFor(/CODE_/);
    assert.equal(gate.received.length, COUNT);

    await workbench.runCommand('EccaEx: Focus on Requests View');
    const rows = page.locator('.pane-body').getByRole('treeitem');
    for (const { file } of orders) await reveal(rows.and(page.getByLabel(`${file}, rejected in dev`)));
    await workbench.runCommand('Notifications: Show Notifications');
    const listed = page.locator('.notifications-center .notification-list-item');
    for (const { file, code } of orders) {
      const one = listed.filter({ hasText: code }).first();
      await reveal(one);
      assert.ok(readable(await one.innerText()).includes(file));
    }
    await workbench.screenshot('at-once');
  });
});
