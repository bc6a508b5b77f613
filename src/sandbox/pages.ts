import type { Answer } from './answers';
import { FAULTS } from './faults';
import { markup, page, table } from './html';
import { ACTIVE_KEY, REFUSED_KEYS } from './keys';

/** Says what this server is to whoever opens its root. */
export function homePage(origin: string): Answer {
  const keys = [[ACTIVE_KEY, 'works'] as const, ...REFUSED_KEYS];
  const faults = Array.from(FAULTS, ([name, { answers }]) => [`fault_${name}`, answers] as const);
  const content = markup`<h1>EccaEx sandbox</h1>
<p>A local stand-in for the EccaEx Merchant API at <code>${origin}/api/v1</code>.
It is not the vendor's: no money moves, and what the vendor does not document is marked as a guess.</p>
<h2>Keys</h2>
${table(keys)}
<h2>Faults</h2>
<p>Ask for one with the <code>customer_id</code> of a create request.</p>
${table(faults)}`;
  return page({ title: 'EccaEx sandbox', content });
}

export function noSuchInvoicePage(): Answer {
  return page({
    status: 404,
    title: 'No such invoice',
    content: markup`<h1>No such invoice</h1>
<p>The sandbox forgets its invoices when it stops. Send the request again.</p>`,
  });
}
