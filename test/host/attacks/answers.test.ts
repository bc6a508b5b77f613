import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { HOSTILE_TEXTS } from '../../support/attacks';
import { jsonAnswer, startScriptedServer, type ScriptedServer } from '../../support/scriptedServer';
import { USED_KEYS } from '../../support/usedKeys';
import { whileListening } from '../support/dialogs';
import { closeEditors, diagnosticsOf, eventually, fixesAt, openFile, writeFile } from '../support/editor';
import { forget, invoice, send, setBaseUrl, useKey } from '../support/merchant';

/** What VS Code takes for a link in a notification; source: its linkedText.ts. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i;

describe('an attacker’s server answers the extension', () => {
  let server: ScriptedServer;
  let text = '';

  before(async () => {
    server = await startScriptedServer((res, request) => {
      const error = { code: text, message: text, details: { amount: text, [text]: text } };
      jsonAnswer(422, { successful: false, request_id: text, error })(res, request);
    });
    await setBaseUrl('dev', server.baseUrl);
    await useKey('dev', USED_KEYS.canary);
  });

  after(async () => {
    await forget('dev');
    await setBaseUrl('dev', undefined);
    await server.stop();
  });

  afterEach(closeEditors);

  for (const [what, hostile] of Object.entries(HOSTILE_TEXTS))
    it(`with ${what}: no diagnostic, hover, fix or notification makes more of it than a text`, async () => {
      text = hostile;
      const { document } = await openFile('answer.invoice.json', invoice());
      const { result, told } = await whileListening(() => send({ environment: 'dev' }));
      assert.equal(result.outcome, 'rejected');
      for (const message of told) assert.doesNotMatch(message, LINK);
      const shown = await eventually('it shows', () => {
        const found = diagnosticsOf(document.uri);
        return found.length > 0 ? found : undefined;
      });
      for (const diagnostic of shown) {
        assert.equal(typeof diagnostic.message, 'string');
        assert.doesNotMatch(diagnostic.message, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        assert.ok(typeof diagnostic.code === 'object');
        assert.equal(diagnostic.code.target.authority, 'docs.ecca-ex.com');
        await assertHoverIsPlain(document.uri, diagnostic.range.start);
        for (const { command } of await fixesAt(document.uri, diagnostic.range))
          if (command)
            assert.match(
              command.command,
              /^_?eccaex\.|^vscode\.open$|^workbench\.(action\.openSettings|trust\.manage)$/,
            );
      }
    });

  const NAMES = [
    '$(alert) $(sync~spin)',
    '[x](command:workbench.action.quit)',
    '<img src=x onerror=alert(1)>',
    '`; touch ran; #',
  ];
  for (const name of NAMES)
    it(`about a file called ${name}: its name is a text wherever it is told`, async () => {
      text = 'NO';
      const uri = await writeFile(`${name}.invoice.json`, invoice({ amount: 'x' }));
      await vscode.window.showTextDocument(uri);
      const { told } = await whileListening(() => send({ uri, environment: 'dev' }));
      await writeFile(`${name}.invoice.json`, invoice());
      const sent = await whileListening(() => send({ uri, environment: 'dev' }));
      const all = [...told, ...sent.told];
      assert.ok(all.length > 0, 'it is told of');
      for (const message of all) assert.doesNotMatch(message, LINK);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        10,
      );
      for (const { command } of lenses) assert.ok(!command?.title.includes(name), command?.title);
      for (const { range } of diagnosticsOf(uri)) await assertHoverIsPlain(uri, range.start);
    });
});

/** The one link in a hover is ours, and no other command is trusted. */
async function assertHoverIsPlain(uri: vscode.Uri, at: vscode.Position): Promise<void> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
  const contents = hovers.flatMap((hover) => hover.contents);
  const ours = contents.filter((one) => one instanceof vscode.MarkdownString && /What to do/.test(one.value));
  for (const { value, isTrusted, supportHtml, supportThemeIcons } of ours as vscode.MarkdownString[]) {
    assert.ok(!supportHtml && !supportThemeIcons);
    if (isTrusted) assert.deepEqual(isTrusted, { enabledCommands: ['_eccaex.copyRequestId'] });
    const links = value.replace(/\\./g, '').match(/!?\[[^\]]*\]\([^)]*\)|<[^>]*>|https?:/g) ?? [];
    for (const link of links) assert.match(link, /^\[copy\]\(command:_eccaex\.copyRequestId\?/);
  }
}
