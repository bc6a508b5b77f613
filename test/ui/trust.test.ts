import assert from 'node:assert/strict';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { aboutEnvironment, ACTIVE_KEY, SEND, setKey, switchTo } from './actions';
import { requestText, requestWithoutUrls } from './requests';
import { stageForSteps } from './steps';

const SLOW_MS = 2_500;

describe('trust', function () {
  let trap: Sandbox;
  before(async () => {
    trap = await startSandbox();
  });

  const stage = stageForSteps({
    session: (api) => ({
      workspaceTrust: true,
      files: {
        '.vscode/settings.json': settingsOfAttacker(trap),
        'good.invoice.json': requestText({ external_id: 'good-1' }),
        'bad.invoice.json': requestWithoutUrls({ amount: '1,00', customer_id: '{{customer}}' }),
        'slow.invoice.json': requestText({ customer_id: 'fault_slow', external_id: 'slow-1' }),
      },
      settings: { 'eccaex.baseUrl.dev': api.baseUrl },
    }),
    sandbox: { slowMs: SLOW_MS },
  });

  after(() => trap.stop());

  it('checks documents of a workspace that is not trusted, and offers fixes', async () => {
    const { workbench } = stage;
    await workbench.openFile('bad.invoice.json');
    await workbench.statusBar.waitFor('EccaEx: sandbox');
    await workbench.problems.show();
    await workbench.problems.waitFor('amount-format');
    await workbench.problems.waitFor('urls-missing');
    await workbench.screenshot('untrusted');
    await workbench.editor.applyQuickFix('{', 'Add callback_url, success_url, fail_url');
    await workbench.editor.waitForText('"callback_url": "https://example.com/');
  });

  it('offers neither sending nor keys there', async () => {
    const { workbench } = stage;
    // The palette draws no more than fits: it is asked for each kind of command by itself.
    const offered = async (beginning: string) => workbench.commands(`EccaEx: ${beginning}`);
    assert.deepEqual(await offered('Switch'), ['EccaEx: Switch Environment…']);
    for (const verb of ['Send', 'Call', 'Set', 'Import', 'Verify', 'Rotate'])
      assert.deepEqual(await offered(verb), [], verb);
    await workbench.runCommand('EccaEx: Focus on Environments View');
    const environment = workbench.treeItem('staging');
    await environment.filter({ hasText: 'keys are read in trusted workspaces alone' }).waitFor();
    await environment.hover();
    assert.equal(await environment.getByRole('button', { name: 'Set API Key…' }).count(), 0);
    await workbench.screenshot('untrusted-view');
    assert.match(await aboutEnvironment(workbench, 'prod'), /keys are read in trusted workspaces alone/);
    await workbench.openFile('good.invoice.json');
    await workbench.titleButton('Split Editor Right').waitFor();
    assert.equal(await workbench.titleButton('Send Invoice Request').count(), 0);
  });

  it('sends once the workspace is trusted', async () => {
    const { workbench } = stage;
    await workbench.trust();
    await workbench.openFile('good.invoice.json');
    await workbench.titleButton('Send Invoice Request').click();
    await workbench.notifications.waitFor('Invoice created in sandbox: 1500.00 UAH.');
  });

  it('takes nothing from the settings of a workspace, trusted or not', async () => {
    const { workbench, api } = stage;
    const { editor, notifications, problems } = workbench;
    await setKey(workbench, 'dev', ACTIVE_KEY);
    await switchTo(workbench, 'dev');
    const dev = await aboutEnvironment(workbench, 'dev');
    assert.ok(dev.includes(new URL(api.origin).host), dev);
    assert.match(await aboutEnvironment(workbench, 'prod'), /api\.ecca-ex\.com/);

    await workbench.openFile('bad.invoice.json');
    await problems.show();
    assert.match(await problems.waitFor('placeholder-unknown'), /Undefined placeholder \{\{customer\}\}/);
    await editor.waitForText('"callback_url": "https://example.com/');

    await workbench.openFile('slow.invoice.json');
    await workbench.runCommand(SEND);
    await notifications.waitFor('Invoice created in dev: 1500.00 UAH.');
    assert.deepEqual(api.createdExternalIds(), ['slow-1']);
    assert.equal(trap.stats().requests, 0, 'Nothing goes where the workspace wants it.');
  });
});

/** What a repository would hold whose author wants requests, keys or a short patience. */
function settingsOfAttacker({ baseUrl, origin }: Sandbox): string {
  const environments = ['dev', 'staging', 'prod', 'sandbox'];
  return JSON.stringify({
    ...Object.fromEntries(environments.map((name) => [`eccaex.baseUrl.${name}`, baseUrl])),
    ...Object.fromEntries(
      ['callback', 'success', 'fail'].map((name) => [`eccaex.defaultUrls.${name}`, `${origin}/${name}`]),
    ),
    'eccaex.timeoutSeconds': 1,
    'eccaex.variables': Object.fromEntries(environments.map((name) => [name, { customer: 'planted' }])),
  });
}
