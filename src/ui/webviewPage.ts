import { Uri, type Webview, type WebviewOptions } from 'vscode';

/** What a webview may load: scripts and style sheets of the extension's own. */
export function pageOptions(extension: Uri): WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension, 'dist', 'webview'), Uri.joinPath(extension, 'media')],
  };
}

/** A page: its style sheet `media/NAME.css` and its script. All else comes to it in messages, as texts. */
export function webviewPage(
  webview: Webview,
  extension: Uri,
  { name, title, nonce }: { readonly name: string; readonly title: string; readonly nonce: string },
): string {
  const address = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${address('media', `${name}.css`)}">
</head>
<body>
<script nonce="${nonce}" src="${address('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}
