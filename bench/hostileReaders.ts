import { problemsOfNow } from '../src/app/outcomes/problemsOfNow';
import { parseDocument } from '../src/core/document/document';
import { sendInvoices } from '../src/app/sending/sendInvoices';
import { readCurl } from '../src/core/curl/readCurl';
import { fixAllEdits, fixesFor } from '../src/core/fixes/fixes';
import { wordsOf } from '../src/core/problems/words';
import { CONTEXT } from '../test/support/documentProblems';
import { answer, World } from '../test/support/ports';
import { request } from '../test/support/requests';
import type { HttpEnd } from '../src/app/ports';

export interface Reader {
  readonly name: string;
  /** As much as its source ever gives it, in UTF-16 code units. */
  readonly most: number;
  /** Reads a text as the extension would. */
  readonly read: (text: string) => unknown;
}

const MB = 1024 * 1024;
const WHOLE_FILE = 4 * MB;

/** As at a keystroke, at a save, and where a fix is asked for. */
function readRequest(text: string): void {
  const document = parseDocument(text);
  const all = problemsOfNow(document, CONTEXT, []).map(({ problem }) => problem);
  for (const problem of all) {
    wordsOf(problem, CONTEXT);
    fixesFor(problem, document, CONTEXT);
  }
  fixAllEdits(all, document, CONTEXT);
}

/** The whole way of a response to its report. */
async function respond(end: HttpEnd, header = ''): Promise<void> {
  const world = new World();
  const uri = 'file:///a.json';
  world.texts.set(uri, request());
  const { status } = end.kind === 'answer' ? end : { status: 0 };
  world.course = {
    ...world.course,
    received: { status, headers: [{ name: 'X', value: header }], size: 1, isUtf8: true },
  };
  world.respond = () => end;
  const { signal } = new AbortController();
  const { reports } = await sendInvoices([{ uri }], 'dev', world, { signal });
  if (reports.length !== 1) throw new Error('One request has one report.');
}

const rejected = (error: object) => respond(answer(422, { successful: false, error }));

/** Everything that reads what a stranger wrote, but for the search for keys. */
export const READERS: readonly Reader[] = [
  { name: 'a request file', most: WHOLE_FILE, read: readRequest },
  ...['amount', 'currency_code', 'external_id', 'purpose', 'callback_url'].map((name) => ({
    name: `a request’s ${name}`,
    most: WHOLE_FILE,
    // What looks well at both ends is read furthest.
    read: (text: string) => readRequest(request({ [name]: JSON.stringify(`1${text}1`) })),
  })),
  {
    name: 'a number of a request',
    most: WHOLE_FILE,
    read: (text) => readRequest(request({ amount: /^[-\d.eE+]+$/.test(text) ? text : '1' })),
  },
  {
    name: 'a name in a request',
    most: WHOLE_FILE,
    read: (text) => readRequest(`{${JSON.stringify(text)}: 1, "x${text.length}": 2}`),
  },
  { name: 'a response', most: WHOLE_FILE, read: (text) => respond(answer(400, text)) },
  { name: 'the message of an error', most: WHOLE_FILE, read: (message) => rejected({ code: 'X', message }) },
  { name: 'the code of an error', most: WHOLE_FILE, read: (code) => rejected({ code, message: 'm' }) },
  {
    name: 'the details of an error',
    most: WHOLE_FILE,
    read: (text) =>
      rejected({
        code: 'X',
        message: '',
        details: { errors: [text, { field: text, message: text }], [text]: [text] },
      }),
  },
  {
    name: 'a problem of RFC 9457',
    most: WHOLE_FILE,
    read: (detail) => respond(answer(400, { detail, [detail]: detail })),
  },
  {
    name: 'an invoice',
    most: WHOLE_FILE,
    read: (text) =>
      respond(answer(201, { invoice_id: text, payment_link: text, amount: text, currency: text })),
  },
  // Node takes no more than 16 KB of headers.
  {
    name: 'the headers of a response',
    most: 16 * 1024,
    read: (text) =>
      respond({ kind: 'answer', status: 302, location: text, retryAfter: text, body: '' }, text),
  },
  { name: 'the clipboard', most: MB, read: readCurl },
  {
    name: 'a command on the clipboard',
    most: MB,
    read: (text) => readCurl(`curl https://a.example/create-invoice -d ${text}`.slice(0, MB)),
  },
  {
    name: 'a body on the clipboard',
    most: MB,
    read: (text) => readCurl(`curl https://a.example/create-invoice -d '[${text}`.slice(0, MB - 2) + "]'"),
  },
];
