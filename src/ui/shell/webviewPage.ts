/** What a page needs from whoever hosts it. */
export interface PageHost {
  /** Where style sheets may come from, as a source of a Content-Security-Policy. */
  readonly styleSource: string;
  /** Marks the one script that may run: another one for each page. */
  readonly nonce: string;
  /** The address of a file of the extension, by its path there. */
  address(...path: string[]): string;
}

/** The HTML of a page: style sheets and a script. All else comes to it in messages, as texts. */
export function webviewPage(name: string, title: string, host: PageHost): string {
  const policy = `default-src 'none'; style-src ${host.styleSource}; script-src 'nonce-${host.nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${host.address('media', 'webview.css')}">
<link rel="stylesheet" href="${host.address('media', `${name}.css`)}">
</head>
<body>
<script nonce="${host.nonce}" src="${host.address('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}
