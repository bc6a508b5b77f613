import { createHash } from 'node:crypto';
import type { Answer } from './answers';

const STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --soft: #5b6472; --card: #fff; --back: #f4f5f8; --text: #1d2330;
  --accent: #1f5fd0; --on-accent: #fff; --good: #176d3c; --bad: #b3261e; --note: #fff4d6; --on-note: #5a4300 }
@media (prefers-color-scheme: dark) { :root { --line: #3a4150; --soft: #a8b0bd; --card: #1d222c; --back: #12151b;
  --text: #e8ebf0; --accent: #7aa7ff; --on-accent: #0c1a33; --good: #6fd49a; --bad: #ff9c94; --note: #3b3113; --on-note: #ffe39a } }
* { box-sizing: border-box }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 40rem; margin: 2rem auto; padding: 1.5rem 1.75rem 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 10px; overflow-wrap: anywhere }
@media (max-width: 42rem) { main { margin: 0; border-width: 0; border-radius: 0; min-height: 100vh } }
h1 { margin: .75rem 0 .25rem; font-size: 1.6rem; line-height: 1.25 }
h2 { margin: 2rem 0 .5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: 1.1rem }
p { margin: .5rem 0 }
a { color: var(--accent) }
code, pre { font: .875rem/1.5 ui-monospace, monospace }
pre { margin: .5rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; font-weight: normal }
th[scope=row], thead th { color: var(--soft); white-space: nowrap }
fieldset { margin: 1rem 0; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600 }
fieldset label { display: flex; gap: .75rem; align-items: baseline; padding: .65rem .9rem; border: 1px solid var(--line);
  border-radius: 8px; margin-bottom: .5rem; cursor: pointer }
fieldset label:has(:checked) { border-color: var(--accent); outline: 1px solid var(--accent) }
input { accent-color: var(--accent); font: inherit }
input[type=text] { width: 9rem; padding: .45rem .6rem; border: 1px solid var(--soft); border-radius: 6px;
  background: transparent; color: inherit }
button { padding: .5rem 1rem; border: 1px solid var(--soft); border-radius: 6px; background: transparent; color: inherit;
  font: inherit; cursor: pointer }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600 }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
small, .soft { color: var(--soft); font-size: .875rem }
.note { display: inline-block; margin: 0; padding: .15rem .7rem; border-radius: 99px; background: var(--note);
  color: var(--on-note); font-size: .875rem }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin: 1rem 0 }
.good { color: var(--good) } .bad, [role=alert] { color: var(--bad) }
summary { cursor: pointer; color: var(--soft) }
`;

function headers(forms: boolean): Answer['headers'] {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
      "base-uri 'none'",
      `form-action ${forms ? "'self'" : "'none'"}`,
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    // Without a referrer of its own, a form would have the origin "null".
    'Referrer-Policy': forms ? 'same-origin' : 'no-referrer',
    'Cache-Control': 'no-store',
  };
}

/** HTML that is safe to put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export type Content = string | Html | readonly Html[];

/** Escapes every value that is not HTML already. (Tagged `html`, its layout would be the formatter's.) */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(safe)));
}

function safe(value: Content): string {
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('\n');
}

export function table(rows: readonly (readonly [string, Content])[]): Html {
  const lines = rows.map(([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return markup`<table>
${lines}
</table>`;
}

interface Page {
  readonly status?: number;
  readonly title: string;
  readonly content: Html;
  /** Whether it has forms, which go to this server alone. */
  readonly forms?: boolean;
  /** Where a browser goes from it at once: an http or https URL. */
  readonly leadsTo?: string;
}

export function page({ status = 200, title, content, forms = false, leadsTo }: Page): Answer {
  const onward = leadsTo === undefined ? '' : markup`<meta http-equiv="refresh" content="0; url=${leadsTo}">`;
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">${onward}
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body><main>
${content}
</main></body>
</html>
`;
  return { status, headers: headers(forms), body: text };
}
