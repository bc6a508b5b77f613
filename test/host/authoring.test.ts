import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Sandbox } from '../../src/sandbox/server';
import { sayingYes } from './support/dialogs';
import {
  closeEditors,
  diagnosticsOf,
  eventually,
  openFile,
  replaceText,
  waitForCodes,
} from './support/editor';
import { invoice, send, setUserSetting, startMerchant, stopMerchant, useKey } from './support/merchant';

describe('writing requests', () => {
  let merchant: Sandbox;

  before(async () => {
    merchant = await startMerchant();
  });

  after(() => stopMerchant(merchant));

  afterEach(async () => {
    await useKey('dev', 'sandbox_active');
    await closeEditors();
  });

  it('begins without an error of the empty text that VS Code opens it as', async () => {
    const seen: string[] = [];
    const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris.filter(({ scheme }) => scheme === 'untitled'))
        seen.push(...diagnosticsOf(uri).map(({ message }) => message));
    });
    try {
      const sample = { as: 'edit', sample: '3-caught-before-sending.invoice.json' };
      const shown = await vscode.commands.executeCommand<string>('eccaex.openSamples', sample);
      await eventually('the errors of the sample are shown', () => diagnosticsOf(vscode.Uri.parse(shown))[0]);
      await vscode.commands.executeCommand('eccaex.newInvoiceRequest');
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document && document.uri.toString() !== shown);
      await waitForLenses(document.uri, 'Send to dev');
      assert.ok(seen.length > 0);
      assert.ok(!seen.includes('This file has no request.'), seen.join());
    } finally {
      listener.dispose();
    }
  });

  describe('the lenses above requests', () => {
    it('send the request, to the environment that they name', async () => {
      const { document } = await openFile('lens.invoice.json', invoice());
      assert.deepEqual(await waitForLenses(document.uri, 'Send to dev'), [
        '0 Send to dev',
        '0 Send to…',
        '0 Copy as cURL',
      ]);
      const before = merchant.stats().created;
      await sayingYes(() => click(document.uri, 'Send to dev'));
      await waitForLenses(document.uri, 'created');
      assert.equal(merchant.stats().created, before + 1);
      await vscode.commands.executeCommand('eccaex.selectEnvironment', { environment: 'sandbox' });
      try {
        const titles = await waitForLenses(document.uri, 'Send to sandbox');
        assert.match(titles[0] ?? '', /^0 \$\(check\)\u00a0created in dev \d+:\d\d/);
      } finally {
        await vscode.commands.executeCommand('eccaex.selectEnvironment', { environment: 'dev' });
      }
    });

    it('send one element of a batch alone, and say what came of each', async () => {
      const { document } = await openFile(
        'lenses.invoice.json',
        `[\n${invoice()},\n${invoice({ customer_id: 'fault_unknown_code' })}]`,
      );
      const [all, ...rest] = await waitForLenses(document.uri, 'Send to dev');
      assert.equal(all, '0 Send all 2 to dev');
      assert.deepEqual(
        rest,
        [1, 11].flatMap((line) => [`${line} Send to dev`, `${line} Send to…`, `${line} Copy as cURL`]),
      );
      const before = merchant.stats().requests;
      await sayingYes(() => click(document.uri, 'Send to dev', 1));
      const titles = await waitForLenses(document.uri, 'rejected: LIMIT_EXCEEDED_FOR_TODAY');
      assert.equal(merchant.stats().requests, before + 1);
      assert.match(titles.find((title) => title.startsWith('11 ')) ?? '', /^11 .*rejected/);
      assert.equal(titles.filter((title) => title.includes('$(')).length, 1);
    });

    it('copy the very request that they are above as a cURL command', async () => {
      const { document } = await openFile(
        'curl.invoice.json',
        `[\n${invoice({ external_id: 'curl-1' })},\n${invoice({ external_id: 'curl-2' })}]`,
      );
      await waitForLenses(document.uri, 'Copy as cURL');
      const command = String(await click(document.uri, 'Copy as cURL', 1));
      assert.match(command, /^curl /);
      assert.ok(command.includes('curl-2') && !command.includes('curl-1'), command);
    });

    it('go to the problem of the last send', async () => {
      const { document } = await openFile('go.invoice.json', invoice());
      await useKey('dev', 'sandbox_revoked');
      await send();
      await waitForLenses(document.uri, 'rejected: API_KEY_INVALID');
      await openFile('other.invoice.json', invoice());
      await click(document.uri, 'rejected');
      await eventually('the file is in front', () =>
        vscode.window.activeTextEditor?.document === document ? true : undefined,
      );
    });

    it('are above no other document', async () => {
      const { document } = await openFile('package.json', '{"name": "x"}');
      assert.deepEqual(await lensesOf(document.uri), []);
    });
  });

  it('all that is safe to fix is fixed on save, where the user wants that, and nothing else', async () => {
    const wrong =
      '{\n  // the order\n  "amount": 1500.5,\n  "currency_code": "uah",\n  "external_id": "",\n}\n';
    await setUserSetting('editor.codeActionsOnSave', { 'source.fixAll.eccaex': 'explicit' });
    try {
      const editor = await openFile('fix-all.invoice.json', wrong);
      // VS Code's own JSON support tells of the comment and the comma, and is fixed all the same.
      await waitForCodes(
        editor.document.uri,
        ...['field-type', 'currency-format', 'field-empty', 'field-missing', 'urls-missing'],
      );
      await replaceText(editor, 'the order', 'order');
      await vscode.commands.executeCommand('workbench.action.files.save');
      assert.equal(
        editor.document.getText(),
        '{\n  \n  "amount": "1500.50",\n  "currency_code": "UAH",\n  "external_id": ""\n}\n',
      );
    } finally {
      await setUserSetting('editor.codeActionsOnSave', undefined);
    }
  });

  it('what placeholders stood for in the last send stands behind them, until their string is edited', async () => {
    const editor = await openFile(
      'hints.invoice.json',
      invoice({ external_id: 'order-{{$uuid}}-{{$randomInt 7 7}}', purpose: '{{$timestamp}}' }),
    );
    const { uri } = editor.document;
    assert.deepEqual(await hintsOf(uri), []);
    const report = await send();
    const sent = JSON.parse(report.body ?? '') as Record<string, string>;
    const [, uuid = ''] = /^order-([0-9a-f-]{36})-7$/.exec(sent['external_id'] ?? '') ?? [];
    const hints = await eventually('there are hints', async () => {
      const found = await hintsOf(uri);
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(hints, [`4 = ${uuid}`, '4 = 7', `8 = ${sent['purpose'] ?? ''}`]);
    await replaceText(editor, 'order-', 'other-');
    assert.deepEqual(await hintsOf(uri), [`8 = ${sent['purpose'] ?? ''}`]);
    assert.match(await hoverAt(editor, '{{$timestamp}}'), /The last send used "\d+"/);
  });

  it('the hover says what a field, a currency and a placeholder are, in plain text', async () => {
    const editor = await openFile(
      'hover.invoice.json',
      invoice({ purpose: '{{$uuid}} [link](command:x)', customer_id: '{{nobody}}' }),
    );
    assert.match(
      await hoverAt(editor, '"customer_id"'),
      /customer_id · string · required · at most 128 characters/,
    );
    assert.match(await hoverAt(editor, 'UAH'), /UAH · Hryvnia · ₴ · ISO 4217/);
    assert.match(await hoverAt(editor, '{{$uuid}}'), /a random UUID/);
    await waitForCodes(editor.document.uri, 'placeholder-unknown');
    assert.match(await hoverAt(editor, '{{nobody}}'), /What to do/);
  });

  it('completion offers fields, currencies and placeholders, also in what is not finished', async () => {
    const labels = async (name: string, text: string) => {
      const at = text.indexOf('|');
      const { document } = await openFile(name, text.replace('|', ''));
      const list = await eventually('there are completions', async () => {
        const found = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          document.positionAt(at),
        );
        return found.items.length > 0 ? found : undefined;
      });
      return list.items
        .toSorted((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''))
        .map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.deepEqual((await labels('c1.invoice.json', '{"|')).slice(0, 2), ['amount', 'currency_code']);
    assert.ok((await labels('c2.invoice.json', '[{}, {"currency_code": "|"}]')).includes('UAH'));
    assert.ok((await labels('c3.invoice.json', '{"purpose": "💶 {{|')).includes('{{$uuid}}'));
    const whole = ['eccaex-invoice', 'eccaex-batch'];
    const offered = await labels('c4.invoice.json', 'ecc|');
    assert.ok(
      whole.every((label) => offered.includes(label)),
      offered.join(),
    );
    // Where a whole request would break the text, Tab must not write one.
    const inText = await labels('c5.invoice.json', '{"customer_id": "some{{|"}');
    assert.deepEqual(
      inText.filter((label) => whole.includes(label)),
      [],
    );
  });
});

interface ShownLens {
  readonly line: number;
  readonly command: vscode.Command;
}

async function lensesOf(uri: vscode.Uri): Promise<ShownLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    Number.MAX_SAFE_INTEGER,
  );
  return lenses.flatMap(({ range, command }) => (command ? [{ line: range.start.line, command }] : []));
}

/** Waits until one of the lenses says this, and gives all of them: `3 Send to dev` is above the fourth line. */
async function waitForLenses(uri: vscode.Uri, title: string): Promise<string[]> {
  return eventually(`a lens says ${title}`, async () => {
    const titles = (await lensesOf(uri)).map(({ line, command }) => `${line} ${command.title}`);
    return titles.some((one) => one.includes(title)) ? titles : undefined;
  });
}

/** Does what a click on the lens with this title does, or on a later one of those that have it. */
async function click(uri: vscode.Uri, title: string, place = 0): Promise<unknown> {
  const command = (await lensesOf(uri)).filter((lens) => lens.command.title.includes(title))[place]?.command;
  assert.ok(command, `there is a lens ${title}`);
  return vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

/** `4 = value`: the hints of a document with the lines that they stand in. */
async function hintsOf(uri: vscode.Uri): Promise<string[]> {
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    uri,
    new vscode.Range(0, 0, 1000, 0),
  );
  return hints.map(({ position, label }) => `${position.line} ${typeof label === 'string' ? label : ''}`);
}

/** What is told of this text of a document, as it is read, once there is something: under load an answer can be empty. */
async function hoverAt({ document }: vscode.TextEditor, text: string): Promise<string> {
  return eventually(`${text} is told about`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(document.getText().indexOf(text) + 1),
    );
    const told = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n')
      .replaceAll(/[\\*]/g, '');
    return told === '' ? undefined : told;
  });
}
