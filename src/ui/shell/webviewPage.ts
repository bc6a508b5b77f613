/** What a page needs from whoever hosts it. */
export interface PageHost {
  /** Where style sheets may come from, as a source of a Content-Security-Policy. */
  readonly styleSource: string;
  /** Marks the one script that may run: another one for each page. */
  readonly nonce: string;
  /** The address of a file of the extension, by its path there. */
  address(...path: string[]): string;
}

/** A webhook looks like a response. What they share is no import of a style sheet: a checker could not read that. */
const SHARED_SHEETS: Readonly<Record<string, readonly string[]>> = { webhook: ['response'] };

/** The HTML of a page: style sheets and a script. All else comes to it in messages, as texts. */
export function webviewPage(name: string, title: string, host: PageHost): string {
  const policy = `default-src 'none'; style-src ${host.styleSource}; script-src 'nonce-${host.nonce}'`;
  const sheets = ['webview', ...(SHARED_SHEETS[name] ?? []), name].map(
    (sheet) => `<link rel="stylesheet" href="${host.address('media', `${sheet}.css`)}">`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${sheets.join('\n')}
</head>
<body>
<script nonce="${host.nonce}" src="${host.address('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}
