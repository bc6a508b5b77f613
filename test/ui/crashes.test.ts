import assert from 'node:assert/strict';
import { WindowJournal } from '../support/journal';
import { journalFolder } from '../support/journalFolder';
import { MOMENTS, UnfinishedServer, type Moment } from '../support/unfinishedServer';
import { killExtensionHosts } from '../support/vscode/extensionHosts';
import { attempt } from '../support/vscode/parts/attempt';
import { readable } from '../support/vscode/parts/text';
import { nightly } from '../support/nightly';
import { ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { Keyboard } from './keyboard';
import { requestText } from './requests';
import { stageForSteps } from './steps';

/** One at each moment of a send; many more where there is time for them. */
const CRASHES = MOMENTS.length * nightly(5, 1);

describe('an extension host that is killed between request and answer', function () {
  const server = new UnfinishedServer();
  before(() => server.start());

  const stage = stageForSteps({
    session: () => ({
      files: { 'many.invoice.json': requestText({ external_id: 'order-{{$uuid}}' }) },
      settings: { 'eccaex.baseUrl.dev': server.baseUrl },
    }),
  });
  let keyboard: Keyboard;
  let journal: WindowJournal | undefined;

  before(() => {
    keyboard = new Keyboard(stage.workbench);
  });

  after(async () => {
    await journal?.files.dispose();
    await server.stop();
  });

  /** Sends, and ends the extension host at this moment of it. */
  const killAt = async (moment: Moment): Promise<void> => {
    const killed = server.reached(moment).then(killExtensionHosts);
    await stage.workbench.runCommand(SEND);
    await killed;
  };

  /**
   * Looks in the list of notifications: in a window that is not in front, what is told leaves the corner unseen. After a
   * few crashes, VS Code asks whether to start the extension host again.
   */
  const waitForOffer = async (count: number, workbench = stage.workbench): Promise<void> => {
    const told =
      count === 1
        ? /order-\S+ .* was sent to dev, and VS Code closed/
        : `${count} requests were sent, and VS`;
    const center = workbench.page.locator('.notifications-center');
    const offer = center.locator('.notification-list-item', { hasText: told }).first();
    const restart = center.locator('.monaco-button', { hasText: 'Restart' }).first();
    await attempt(offer, async (patience) => {
      await workbench.runCommand('Notifications: Show Notifications');
      await offer.or(restart).first().waitFor(patience);
      if (await restart.isVisible()) await restart.click(patience);
    });
    await workbench.page.keyboard.press('Escape');
  };

  /** The orders whose end nobody knows, newest first, as the disk has them. */
  const lostOrders = async (): Promise<string[]> => {
    journal ??= new WindowJournal(await journalFolder(stage.workbench.dataFolder));
    await journal.history.refresh();
    return journal.history.lost.map(({ request }) => request.externalId ?? '?');
  };

  const waitForUncertain = (count: number, workbench = stage.workbench): Promise<void> =>
    workbench.treeItem(new RegExp(`^\\s*Without Response\\s*${count}\\s*$`)).waitFor();

  it(`offers each send as unanswered, loses none and sends none by itself, ${CRASHES} times`, async () => {
    const { workbench } = stage;
    await switchTo(workbench, 'dev');
    await setKey(workbench, 'dev', ACTIVE_KEY);
    await workbench.openFile('many.invoice.json');
    await workbench.runCommand('EccaEx: Focus on History View');
    await keyboard.press('ControlOrMeta+1');
    let before: string[] = [];
    for (let crash = 1; crash <= CRASHES; crash++) {
      const moment = MOMENTS[crash % MOMENTS.length] ?? 'received';
      const { length: read } = server.received;
      await killAt(moment);
      await waitForOffer(crash);
      const [newest, ...others] = await lostOrders();
      assert.ok(newest);
      assert.deepEqual(others, before, 'no earlier one is missing');
      await waitForUncertain(crash);
      await workbench.treeItem(newest).waitFor();
      assert.equal(server.connections, crash);
      assert.deepEqual(
        server.received.slice(read).map((body) => body.includes(`"${newest}"`)),
        moment === 'connected' ? [] : [true],
      );
      before = [newest, ...others];
    }
  });

  it('is told of anew in a window that was loaded anew: in a notification, on the icon and in the tree', async () => {
    const { workbench } = stage;
    const { page } = workbench;
    await page.reload({ waitUntil: 'commit' });
    // Until files and sends are read, nobody says that there are none.
    const none = page.locator('.pane-body.welcome:visible', { hasNotText: 'Receive webhooks' }).first();
    for (const known of [/^many\.invoice\.json/, /order-/]) {
      const row = page.locator('.pane-body').getByRole('treeitem', { name: known }).first();
      await row.or(none).first().waitFor();
      assert.ok(await row.isVisible());
    }
    await workbench.statusBar.waitFor('EccaEx: dev');
    // What was told moves out of sight after a while, to where all is that was told.
    await keyboard.command('Notifications: Show Notifications');
    const told = page.locator('.notifications-center .notification-list-item').first();
    assert.match(
      readable(await told.innerText()),
      new RegExp(
        `${CRASHES} requests were sent, and VS Code closed before the responses arrived\\. Their invoices may have been created\\.`,
      ),
    );
    await keyboard.command('Notifications: Hide Notifications');
    await keyboard.command('EccaEx: Focus on History View');
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: new RegExp(`^EccaEx.*${CRASHES} requests without response`) })
      .waitFor();
    await waitForUncertain(CRASHES);
    await workbench.screenshot('crashes');
  });

  it('leaves a send that is dismissed', async () => {
    const { workbench } = stage;
    const { page } = workbench;
    const [newest = ''] = await lostOrders();
    await workbench.treeItem(newest).click();
    await workbench.webview().getByRole('button', { name: 'Resend the exact request to dev' }).waitFor();
    await workbench.treeItem(newest).click({ button: 'right' });
    const dismiss = page.getByRole('menuitem', { name: 'Dismiss' });
    await dismiss.waitFor();
    await workbench.screenshot('crashes-dismiss');
    await dismiss.click();
    await waitForUncertain(CRASHES - 1);
    assert.equal(server.connections, CRASHES, 'nothing is sent by itself');
  });

  it('leaves a send that is sent again to the letter when somebody says so', async () => {
    const { notifications } = stage.workbench;
    const [newest = ''] = await lostOrders();
    const sent = server.reached('received');
    await keyboard.command(
      'EccaEx: Show Requests without Response',
      newest,
      'Resend the exact request to dev',
    );
    await sent;
    await notifications.press('Sending many.invoice.json to dev', 'Cancel');
    await notifications.waitFor('You canceled before the response arrived');
    // The order is among them still, by what was sent last of it.
    await waitForUncertain(CRASHES - 1);
    const [first, ...others] = server.received.filter((body) => body.includes(newest));
    assert.deepEqual(others, [first]);
    assert.equal(server.connections, CRASHES + 1);
  });

  it('is told of by each of two windows on the folder, whichever sent it, and gone from both once it is deleted in one', async () => {
    const { workbench } = stage;
    const other = await workbench.openWindow();
    const windows = [workbench, other];
    const before = CRASHES - 2;
    await waitForOffer(before, other);
    await switchTo(other, 'dev');
    await other.openFile('many.invoice.json');
    for (const window of windows) {
      // The browser slows down a page that is not in front.
      await window.page.bringToFront();
      // As many were told of before.
      await window.runCommand('Notifications: Clear All Notifications');
      const sent = server.reached('received');
      await window.runCommand(SEND);
      await sent;
    }
    await killExtensionHosts();
    for (const window of windows) {
      await window.page.bringToFront();
      await waitForOffer(before + windows.length, window);
      await window.runCommand('EccaEx: Focus on History View');
      // And what was canceled before it had a response.
      await waitForUncertain(before + windows.length + 1, window);
      for (const order of (await lostOrders()).slice(0, windows.length))
        await window.treeItem(order).waitFor();
    }
    await other.screenshot('crashes-two-windows');
    await other.runCommand('EccaEx: Clear History');
    await other.notifications.waitForDialog('Delete the whole history');
    await other.notifications.answerDialog('Delete');
    for (const window of windows) {
      await window.page.bringToFront();
      await window.page.locator('.pane-body', { hasText: 'You have not sent anything' }).waitFor();
    }
    assert.deepEqual(await lostOrders(), []);
    assert.equal(server.connections, CRASHES + 1 + windows.length, 'nothing is sent by itself');
  });
});
