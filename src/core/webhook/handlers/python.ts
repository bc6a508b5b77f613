import { pythonContent, pythonHash, pythonKey } from '../cures';
import type { SignatureScheme } from '../signature';

export function pythonHandler(scheme: SignatureScheme): string {
  const seconds = {
    s: 'float(timestamp)',
    ms: 'float(timestamp) / 1000',
    iso: 'datetime.fromisoformat(timestamp.replace("Z", "+00:00")).timestamp()',
  }[scheme.timestampUnit];
  const isBase64 = scheme.encoding !== 'hex' || scheme.secretEncoding === 'base64';
  const imports = [
    ...(isBase64 ? ['import base64'] : []),
    ...[
      'import hashlib',
      'import hmac',
      'import json',
      'import os',
      'import queue',
      'import threading',
      'import time',
    ],
    ...(scheme.timestampUnit === 'iso' ? ['from datetime import datetime'] : []),
    'from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer',
  ].join('\n');
  return `"""EccaEx webhooks in Python 3.9 or later, with the standard library alone.

    ECCAEX_WEBHOOK_SECRET=... PORT=3000 python3 webhook.py
    then: eccaex check http://127.0.0.1:3000/webhook

1. It keeps the raw bytes: the signature covers them, and JSON that is parsed and written again has others.
   In Flask that is request.get_data(), in Django request.body, in FastAPI await request.body().
2. It verifies before it reads: in constant time, and no event that was signed more than 5 minutes ago.
3. It takes each event once: the vendor sends an event again until it gets a 2xx within 15 seconds.
4. It saves, responds, and a worker does the rest.

The vendor documents the headers, not what the signature covers: is_genuine() is an assumption until a real webhook
has verified. If one does not, \`eccaex verify\` says why.
"""

${imports}

secret = os.environ["ECCAEX_WEBHOOK_SECRET"].strip()
if not secret:
    raise SystemExit("Set ECCAEX_WEBHOOK_SECRET to the webhook secret.")
key = ${pythonKey(scheme, 'secret')}
TOLERANCE_SECONDS = 300
LARGEST_BODY = 1024 * 1024

# Replace these with your database before you go live: a table of events with a unique index on event_id, and your
# orders. Save the event before you respond: after a 2xx the vendor never sends it again.
events = {}
orders = {}
lock = threading.Lock()
work = queue.Queue()


def is_genuine(headers, raw_body):
    """Whether the vendor has sent these very bytes, now."""
    try:
        timestamp = headers.get("X-Signature-Timestamp", "")
        # Not a number is refused, too: a timestamp that cannot be read is no proof of time.
        if not abs(time.time() - ${seconds}) <= TOLERANCE_SECONDS:
            return False
        signed = ${pythonContent(scheme)}
    except (KeyError, ValueError, AttributeError):
        return False
    expected = ${pythonHash(scheme)}
    # As bytes: of texts, compare_digest takes ASCII alone.
    return hmac.compare_digest(headers.get("X-Signature", "").encode("utf-8", "replace"), expected.encode())


def parse(raw_body):
    """The event in a body, or None."""
    try:
        event = json.loads(raw_body)
        return event if isinstance(event["event_id"], str) and isinstance(event["external_id"], str) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def save(event):
    """False where the event was here before: it is sent again whenever a response was late or lost."""
    with lock:
        if event["event_id"] in events:
            return False
        events[event["event_id"]] = event
        return True


def fulfil(event):
    """The work, after the response. Events can overtake each other: what was paid stays paid."""
    order, status = event["external_id"], event.get("status") or event["event_id"].split(":")[-2]
    if orders.get(order) == "success":
        return
    orders[order] = status
    print(f"order {json.dumps(order)} is {json.dumps(status)}", flush=True)


def worker():
    while True:
        event = work.get()
        try:
            fulfil(event)
        except Exception as error:  # Work that fails after the response is yours to repeat.
            print(f"event {event['event_id']!r} failed: {error!r}", flush=True)


class Webhooks(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 15

    def do_POST(self):
        if self.path.split("?")[0] != "/webhook":
            return self.respond(404)
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            return self.respond(411)
        if int(length) > LARGEST_BODY:
            return self.respond(413)
        raw_body = self.rfile.read(int(length))
        if not is_genuine(self.headers, raw_body):
            return self.respond(401)
        event = parse(raw_body)
        if event is None:
            return self.respond(400)
        is_new = save(event)
        self.respond(204)
        if is_new:
            work.put(event)

    def do_GET(self):
        self.respond(405)

    do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    def respond(self, status):
        # What was not read of a body must not be taken for the next request.
        self.close_connection = True
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    threading.Thread(target=worker, daemon=True).start()
    server = ThreadingHTTPServer((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "3000"))), Webhooks)
    print(f"listening on port {server.server_address[1]}", flush=True)
    server.serve_forever()
`;
}
