import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as vscode from 'vscode';
import { RefreshEvent } from '../../src/ui/language/refreshEvent';
import { invoice } from './support/merchant';
import { closeEditors, openFile } from './support/editor';

function pass(seconds: number): void {
  for (let second = 0; second < seconds; second++) mock.timers.tick(1_000);
}

describe('what VS Code is to ask for anew', () => {
  let refresh: RefreshEvent;
  let told: number;

  beforeEach(() => {
    refresh = new RefreshEvent();
    told = 0;
    refresh.event(() => told++);
  });

  afterEach(async () => {
    refresh.dispose();
    mock.timers.reset();
    await closeEditors();
  });

  it('is told again, after longer and longer pauses, until the editor in front is asked for', async () => {
    const [behind, front] = [
      await openFile('behind.invoice.json', invoice()),
      await openFile('front.invoice.json', invoice()),
    ].map(({ document }) => document);
    assert.ok(behind && front && vscode.window.activeTextEditor?.document === front);
    mock.timers.enable({ apis: ['setTimeout'] });
    refresh.fire();
    assert.equal(told, 1);
    pass(1);
    assert.equal(told, 2);
    pass(1);
    refresh.asked(behind);
    assert.equal(told, 2, 'The second pause is twice as long.');
    pass(1);
    assert.equal(told, 3);
    refresh.asked(front);
    pass(100);
    assert.equal(told, 3);
  });

  it('is told seven times at most where nobody asks, and from the beginning after the next change', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    refresh.fire();
    pass(100);
    assert.equal(told, 7);
    refresh.fire();
    pass(1);
    assert.equal(told, 9);
  });
});
