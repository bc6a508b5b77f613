import { createHash } from 'node:crypto';
import type { Invoice } from '../core/contract/wire';
import type { Answer } from './answers';
import { FAULTS } from './faults';
import { ACTIVE_KEY, REFUSED_KEYS } from './keys';

const STYLE = [
  'body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }',
  'table { border-collapse: collapse }',
  'th, td { text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0; overflow-wrap: anywhere }',
].join('\n');

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** HTML that is safe to put into a page. */
class Html {
  constructor(readonly text: string) {}
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes every value that is not HTML already. (Tagged `html`, its layout would be the formatter's.) */
function markup(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const safe = values.map((value) =>
    value instanceof Html ? value.text : value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? ''),
  );
  return new Html(String.raw({ raw: parts }, ...safe));
}

function table(rows: readonly (readonly [string, string])[]): Html {
  const lines = rows.map(
    ([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`.text,
  );
  return new Html(`<table>\n${lines.join('\n')}\n</table>`);
}

function page(status: number, title: string, content: Html): Answer {
  const { text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body><main>
<h1>${title}</h1>
${content}
</main></body>
</html>
`;
  return { status, headers: HEADERS, body: text };
}

/** What stands behind an invoice's `payment_link`. */
export function paymentPage(invoice: Invoice): Answer {
  const rows = Object.entries(invoice).map(([name, value]) => [name, String(value)] as const);
  const content = markup`<p>A sandbox invoice of ${invoice.amount} ${invoice.currency}. Nothing can be paid here.</p>
${table(rows)}`;
  return page(200, 'Sandbox invoice', content);
}

export function noSuchPaymentPage(): Answer {
  return page(404, 'No such invoice', markup`<p>The sandbox forgets its invoices when it stops.</p>`);
}

/** Says what this server is to whoever opens its root. */
export function homePage(origin: string): Answer {
  const keys = [[ACTIVE_KEY, 'works'] as const, ...REFUSED_KEYS];
  const faults = Array.from(FAULTS, ([name, { answers }]) => [`fault_${name}`, answers] as const);
  const content = markup`<p>A local stand-in for the EccaEx Merchant API at <code>${origin}/api/v1</code>.
It is not the vendor's: nothing is paid, and what the vendor does not document is marked as a guess.</p>
<h2>Keys</h2>
${table(keys)}
<h2>Faults</h2>
<p>Ask for one with the <code>customer_id</code> of a create request.</p>
${table(faults)}`;
  return page(200, 'EccaEx sandbox', content);
}
