import assert from 'node:assert/strict';
import { URI } from 'vscode-uri';
import { workspaceId } from '../../../src/adapters/journal/workspaceId';

describe('the name of a workspace', () => {
  const idOf = (platform: NodeJS.Platform, ...uris: string[]) =>
    workspaceId(
      uris.map((uri) => URI.parse(uri, true)),
      platform,
    );
  const written = ['file:///home/Shop/%C3%89t%C3%A9', 'file:///home/shop/%C3%A9t%C3%A9'] as const;

  for (const platform of ['win32', 'darwin'] as const)
    it(`is the same on ${platform} however its folder is written`, () => {
      assert.equal(idOf(platform, written[0]), idOf(platform, written[1]));
      assert.notEqual(idOf(platform, written[0]), idOf(platform, 'file:///home/shop'));
    });

  it('tells case apart where the system does, and on another machine', () => {
    assert.notEqual(idOf('linux', written[0]), idOf('linux', written[1]));
    const elsewhere = ['vscode-vfs://github/Shop', 'vscode-vfs://github/shop'] as const;
    assert.notEqual(idOf('win32', elsewhere[0]), idOf('win32', elsewhere[1]));
  });

  it('can be that of a folder: short, and without what no folder may be called', () => {
    for (const id of [idOf('linux'), idOf('linux', ...written), idOf('win32', ...written)])
      assert.match(id, /^[0-9a-z]{1,32}$/);
  });
});
