import { env, window } from 'vscode';

export async function copyText(text: string, what = ''): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${what === '' ? 'Copied' : `${what} copied`}`, 3000);
}
