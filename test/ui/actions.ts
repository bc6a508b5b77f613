import { type Environment } from '../../src/core/environments/environment';
import { retry } from '../support/vscode/parts/attempt';
import { type Workbench } from '../support/vscode/workbench';

/** The commands by their titles in the palette. */
export const SEND = 'EccaEx: Send Invoice Request';
const SET_KEY = 'EccaEx: Set API Key…';
const SWITCH = 'EccaEx: Switch Environment…';

/** The key that a sandbox takes. */
export const ACTIVE_KEY = 'sandbox_active';

export async function switchTo(workbench: Workbench, environment: Environment): Promise<void> {
  if (environment === 'dev' || environment === 'staging') await sayYes(workbench);
  const { quickInput, statusBar } = workbench;
  let about = '';
  await retry(async (patience) => {
    await workbench.runCommand(SWITCH);
    about = await quickInput.entry(environment, patience);
    await quickInput.pick(environment, patience);
  });
  await statusBar.waitFor(`EccaEx: ${environment}`);
  if (environment === 'sandbox' || !/no key|key is for/.test(about)) return;
  // Whoever has just chosen it is asked for what it lacks.
  await quickInput.waitForText(`Base URL for ${environment}`);
  await quickInput.dismiss();
}

/** Runs in the page. */
const SAY_YES = `new MutationObserver(() => {
  for (const button of document.querySelectorAll('.monaco-dialog-box .monaco-button'))
    if (/^Send (\\d+ Requests )?to (dev|staging)$/.test(button.innerText.trim())) button.click();
}).observe(document, { childList: true, subtree: true });`;

/** From now on, says yes to what is asked before a send to dev or staging, as a person who means it would. */
async function sayYes({ page }: Workbench): Promise<void> {
  await page.addInitScript({ content: SAY_YES });
  await page.evaluate(SAY_YES);
}

/** A list closes by itself when an editor or a webview that has just been opened takes the focus. */
export async function pickFrom(workbench: Workbench, command: string, label: string): Promise<void> {
  await retry(async (patience) => {
    await workbench.runCommand(command);
    await workbench.quickInput.pick(label, patience);
  });
}

/** Types a key into the masked field; what comes of it is for the test to see. */
export async function typeKey(workbench: Workbench, environment: Environment, key: string): Promise<void> {
  await pickFrom(workbench, SET_KEY, environment);
  await workbench.quickInput.waitForText(`API key for ${environment}`);
  await workbench.quickInput.typePassword(key);
  await workbench.quickInput.accept();
}

export async function setKey(workbench: Workbench, environment: Environment, key: string): Promise<void> {
  await typeKey(workbench, environment, key);
  await workbench.notifications.waitFor(`API key for ${environment} stored`);
}

/** What the list of environments says about one: where it goes and whether it has a key. */
export async function aboutEnvironment(workbench: Workbench, environment: Environment): Promise<string> {
  await workbench.runCommand(SWITCH);
  const about = await workbench.quickInput.entry(environment);
  await workbench.quickInput.dismiss();
  return about;
}
