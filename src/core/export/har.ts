import type { Exchange, Header, Timings } from '../report/exchange';

/** One send as an archive holds it. */
export interface ArchivedSend {
  /** ISO 8601. */
  readonly at: string;
  readonly url: string;
  readonly body: string;
  /** Why the body is not exactly what was sent. */
  readonly changed?: string;
  /** Absent where nothing is known of it. */
  readonly exchange?: Exchange;
}

const LEFT_OUT = 'The history keeps no headers that can hold a secret.';

/**
 * Sends as an HTTP archive, version 1.2, for browsers' tools and others that read such. The key's header is no part
 * of it. A send without a response has the status 0, as browsers write it.
 * Source: http://www.softwareishard.com/blog/har-12-spec/
 */
export function harOf(sends: readonly ArchivedSend[], version: string): string {
  const log = {
    version: '1.2',
    creator: { name: 'EccaEx Merchant API Explorer', version },
    entries: sends.map(entryOf),
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

function entryOf({ at, url, body, changed, exchange }: ArchivedSend) {
  return {
    startedDateTime: new Date(at).toISOString(),
    time: exchange?.timings.total ?? 0,
    request: {
      method: exchange?.request.method ?? 'POST',
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: (exchange?.request.headers ?? []).filter(({ name }) => name.toLowerCase() !== 'x-api-key'),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      postData: {
        mimeType: 'application/json',
        text: body,
        ...(changed ? { comment: `The body is ${changed}.` } : {}),
      },
      headersSize: -1,
      bodySize: new TextEncoder().encode(body).length,
      comment: LEFT_OUT,
    },
    response: responseOf(exchange?.response),
    cache: {},
    timings: timingsOf(exchange?.timings),
  };
}

function responseOf(response: Exchange['response']) {
  const headers = response?.headers ?? [];
  const text = response?.body;
  return {
    status: response?.status ?? 0,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers,
    content: {
      size: response?.size ?? 0,
      mimeType: valueOf(headers, 'content-type') ?? '',
      ...(text === undefined ? {} : { text }),
    },
    redirectURL: valueOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: -1,
    ...(response ? { comment: LEFT_OUT } : {}),
  };
}

/** -1: did not happen. `connect` holds `ssl`, too, by the specification. */
function timingsOf(timings: Timings | undefined) {
  const { dns = -1, connect, tls, waiting = 0, receiving = 0 } = timings ?? { total: 0 };
  const connecting = connect === undefined && tls === undefined ? -1 : (connect ?? 0) + (tls ?? 0);
  return {
    blocked: -1,
    dns,
    connect: connecting,
    ssl: tls ?? -1,
    send: 0,
    wait: waiting,
    receive: receiving,
  };
}

function valueOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
}
