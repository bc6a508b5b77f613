import { Uri, type Webview, type WebviewOptions } from 'vscode';

export function pageOptions(extension: Uri): WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension, 'dist', 'webview'), Uri.joinPath(extension, 'media')],
  };
}

/** The page: a style sheet and a script of the extension's own. All else comes to it in messages, as texts. */
export function responsePage(webview: Webview, extension: Uri, nonce: string): string {
  const address = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Response</title>
<link rel="stylesheet" href="${address('media', 'response.css')}">
</head>
<body>
<script nonce="${nonce}" src="${address('dist', 'webview', 'response.js')}"></script>
</body>
</html>`;
}
