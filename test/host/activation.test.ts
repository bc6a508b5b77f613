import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { whileListening } from './support/dialogs';

const ID = 'merchant-api-tools.eccaex-explorer';

interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

describe('activation', () => {
  const extension = vscode.extensions.getExtension(ID);

  it('succeeds', async () => {
    assert.ok(extension, `${ID} is not there`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers the commands that package.json contributes, and no others', async () => {
    assert.ok(extension, `${ID} is not there`);
    const { contributes } = extension.packageJSON as Manifest;
    const contributed = (contributes?.commands ?? []).map(({ command }) => command);
    // VS Code adds commands of its own for each view (`<view>.focus` and the like).
    const views = Object.values(contributes?.views ?? {}).flat();
    const isOfView = (command: string): boolean => views.some(({ id }) => command.startsWith(`${id}.`));
    // Internal commands begin with an underscore, which is VS Code's convention.
    const registered = (await vscode.commands.getCommands(true)).filter(
      (command) => command.startsWith('eccaex.') && !isOfView(command),
    );
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  // Other tests send: this one comes before them.
  it('has no response to show', async () => {
    for (const command of ['eccaex.showResponse', 'eccaex.openResponse']) {
      const { told } = await whileListening(() => vscode.commands.executeCommand(command));
      assert.deepEqual(told, ['Nothing was sent yet.'], command);
    }
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      [],
    );
  });
});
