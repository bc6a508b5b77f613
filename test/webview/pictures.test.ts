import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser } from 'playwright-core';
import { PROJECT } from '../support/paths';
import { seriousViolations } from '../support/vscode/axe';
import { openBrowser } from '../support/vscode/browser';

const PICTURES = path.join(PROJECT, 'media', 'walkthrough');

/** Texts that cross a frame, or come closer to it from the inside than this. */
const CROWDED = `[...document.querySelectorAll('text')].flatMap((text) => {
  const words = text.getBBox();
  return [...document.querySelectorAll('rect')].filter((rect) => {
    const frame = rect.getBBox();
    const isApart = words.x >= frame.x + frame.width || words.x + words.width <= frame.x ||
      words.y >= frame.y + frame.height || words.y + words.height <= frame.y;
    const isInside = words.x >= frame.x + 4 && words.x + words.width <= frame.x + frame.width - 4 &&
      words.y >= frame.y && words.y + words.height <= frame.y + frame.height;
    return !isApart && !isInside;
  }).map(() => text.textContent);
})`;

describe('the pictures of the walkthrough', () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it('have room for their words, and words for whoever does not see them', async () => {
    const page = await browser.newPage();
    const names = await readdir(PICTURES);
    assert.ok(names.length >= 4);
    for (const name of names) {
      await page.setContent(await readFile(path.join(PICTURES, name), 'utf8'));
      assert.ok((await page.locator('text').count()) > 3, name);
      assert.deepEqual(await page.evaluate(CROWDED), [], name);
      assert.deepEqual(await seriousViolations(page, 'svg'), [], name);
    }
  });
});
