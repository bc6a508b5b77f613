import { nodeContent, nodeHash, nodeKey } from '../cures';
import type { SignatureScheme } from '../signature';

/** What the handlers for Node and for Express share. */
function nodeParts(scheme: SignatureScheme): { readonly verify: string; readonly store: string } {
  const seconds = {
    s: 'Number(timestamp)',
    ms: 'Number(timestamp) / 1000',
    iso: 'Date.parse(timestamp) / 1000',
  }[scheme.timestampUnit];
  return {
    verify: `/** Whether the vendor has sent these very bytes, now. */
function isGenuine(headers, rawBody) {
  const timestamp = headers['x-signature-timestamp'] ?? '';
  const age = Date.now() / 1000 - ${seconds};
  // NaN is refused, too: a timestamp that cannot be read is no proof of time.
  if (!(Math.abs(age) <= TOLERANCE_SECONDS)) return false;
  const signed = ${nodeContent(scheme)};
  const expected = Buffer.from(${nodeHash(scheme)});
  const received = Buffer.from(headers['x-signature'] ?? '');
  return received.length === expected.length && timingSafeEqual(received, expected);
}

/** The event in a body; undefined where it is none. */
function parse(rawBody) {
  try {
    const event = JSON.parse(rawBody.toString('utf8'));
    return typeof event?.event_id === 'string' && typeof event?.external_id === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}`,
    store: `// Replace both with your database before you go live: a table of events with a unique index on event_id, and
// your orders. Save the event before you respond: after a 2xx the vendor never sends it again.
const events = new Map();
const orders = new Map();

/** False where the event was here before: it is sent again whenever a response was late or lost. */
async function save(event) {
  if (events.has(event.event_id)) return false;
  events.set(event.event_id, event);
  return true;
}

/** The work, after the response. Events can overtake each other: what was paid stays paid. */
async function fulfil({ external_id, event_id, status = event_id.split(':').at(-2) }) {
  if (orders.get(external_id) === 'success') return;
  orders.set(external_id, status);
  console.log(\`order \${JSON.stringify(external_id)} is \${JSON.stringify(status)}\`);
}`,
  };
}

function nodeHeader(scheme: SignatureScheme): string {
  return `const secret = process.env.ECCAEX_WEBHOOK_SECRET?.trim();
if (!secret) throw new Error('Set ECCAEX_WEBHOOK_SECRET to the webhook secret.');
const key = ${nodeKey(scheme, 'secret')};
const TOLERANCE_SECONDS = 300;
const LARGEST_BODY = 1024 * 1024;`;
}

export function nodeHandler(scheme: SignatureScheme): string {
  const { verify, store } = nodeParts(scheme);
  return `// EccaEx webhooks in Node.js 18 or later, without dependencies.
//
//   ECCAEX_WEBHOOK_SECRET=… PORT=3000 node webhook.mjs      then: eccaex check http://127.0.0.1:3000/webhook
//
// 1. It keeps the raw bytes: the signature covers them, and JSON that is parsed and written again has others.
// 2. It verifies before it reads: in constant time, and no event that was signed more than 5 minutes ago.
// 3. It takes each event once: the vendor sends an event again until it gets a 2xx within 15 seconds.
// 4. It saves, responds, and works only then.
//
// The vendor documents the headers, not what the signature covers: isGenuine() is an assumption until a real webhook
// has verified. If one does not, \`eccaex verify\` says why.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

${nodeHeader(scheme)}

${verify}

${store}

/** The body, or undefined where it is larger than any webhook. */
async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function statusFor(request) {
  if (request.url?.split('?')[0] !== '/webhook') return [404];
  if (request.method !== 'POST') return [405];
  const rawBody = await read(request);
  if (!rawBody) return [413];
  if (!isGenuine(request.headers, rawBody)) return [401];
  const event = parse(rawBody);
  if (!event) return [400];
  return [204, (await save(event)) ? event : undefined];
}

const server = createServer(async (request, response) => {
  try {
    const [status, event] = await statusFor(request);
    response.writeHead(status, status === 405 ? { Allow: 'POST' } : {}).end();
    if (event) await fulfil(event);
  } catch (error) {
    // With a 500 the vendor sends the event again; work that fails after the response is yours to repeat.
    console.error(error);
    if (!response.headersSent) response.writeHead(500).end();
  }
});
server.requestTimeout = 15_000;
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', () => {
  console.log(\`listening on port \${server.address().port}\`);
});
`;
}

export function expressHandler(scheme: SignatureScheme): string {
  const { verify, store } = nodeParts(scheme);
  return `// EccaEx webhooks in Express 4 or 5.
//
//   ECCAEX_WEBHOOK_SECRET=… PORT=3000 node webhook.mjs      then: eccaex check http://127.0.0.1:3000/webhook
//
// 1. express.raw() keeps the raw bytes: the signature covers them. Mount this route before any express.json().
// 2. It verifies before it reads: in constant time, and no event that was signed more than 5 minutes ago.
// 3. It takes each event once: the vendor sends an event again until it gets a 2xx within 15 seconds.
// 4. It saves, responds, and works only then.
//
// The vendor documents the headers, not what the signature covers: isGenuine() is an assumption until a real webhook
// has verified. If one does not, \`eccaex verify\` says why.
import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

${nodeHeader(scheme)}

${verify}

${store}

const app = express();
app.disable('x-powered-by');

app.post('/webhook', express.raw({ type: () => true, limit: LARGEST_BODY }), async (request, response, next) => {
  try {
    // Without a body there is no Buffer.
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!isGenuine(request.headers, rawBody)) return void response.status(401).end();
    const event = parse(rawBody);
    if (!event) return void response.status(400).end();
    const isNew = await save(event);
    response.status(204).end();
    if (isNew) await fulfil(event);
  } catch (error) {
    // With a 500 the vendor sends the event again; work that fails after the response is yours to repeat.
    if (response.headersSent) console.error(error);
    else next(error);
  }
});
app.all('/webhook', (request, response) => void response.status(405).set('Allow', 'POST').end());

const server = app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', () => {
  console.log(\`listening on port \${server.address().port}\`);
});
`;
}
