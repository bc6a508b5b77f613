import { phpContent, phpHash, phpKey } from '../cures';
import type { SignatureScheme } from '../signature';

export function phpHandler(scheme: SignatureScheme): string {
  const seconds = {
    s: '(float) $timestamp',
    ms: '(float) $timestamp / 1000',
    iso: '(float) strtotime($timestamp)',
  }[scheme.timestampUnit];
  const pattern =
    scheme.timestampUnit === 'iso'
      ? '/^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:?\\d\\d)$/D'
      : '/^\\d{1,15}$/D';
  return `<?php
// EccaEx webhooks in PHP 8 or later, without dependencies: for FPM, Apache, or to try it
//
//   ECCAEX_WEBHOOK_SECRET=… ECCAEX_WEBHOOK_STORE=/var/lib/webhooks php -S 127.0.0.1:3000 webhook.php
//   then: eccaex check http://127.0.0.1:3000/webhook
//
// 1. It reads php://input: the signature covers the raw bytes, and json_encode() writes others (slashes, non-ASCII).
// 2. It verifies before it reads: with hash_equals(), and no event that was signed more than 5 minutes ago.
// 3. It takes each event once: the vendor sends an event again until it gets a 2xx within 15 seconds.
// 4. It saves, responds, and works only then.
//
// The vendor documents the headers, not what the signature covers: isGenuine() is an assumption until a real webhook
// has verified. If one does not, \`eccaex verify\` says why.
declare(strict_types=1);

const TOLERANCE_SECONDS = 300;
const LARGEST_BODY = 1024 * 1024;

// PHP forgets everything between requests: these are files. Replace them with your database before you go live: a
// table of events with a unique index on event_id, and your orders. Keep the folder outside of the web root.
$store = getenv('ECCAEX_WEBHOOK_STORE') ?: '';
$secret = trim(getenv('ECCAEX_WEBHOOK_SECRET') ?: '');
if ($secret === '' || !is_dir($store)) {
    error_log('Set ECCAEX_WEBHOOK_SECRET to the webhook secret, and ECCAEX_WEBHOOK_STORE to a folder.');
    respond(500);
    exit;
}
$key = ${phpKey(scheme, '$secret')};

/** Whether the vendor has sent these very bytes, now. */
function isGenuine(string $key, string $rawBody): bool
{
    $timestamp = $_SERVER['HTTP_X_SIGNATURE_TIMESTAMP'] ?? '';
    // A timestamp that cannot be read is no proof of time.
    if (!preg_match('${pattern}', $timestamp) || abs(time() - ${seconds}) > TOLERANCE_SECONDS) {
        return false;
    }
    $signed = ${phpContent(scheme)};
    return hash_equals(${phpHash(scheme)}, $_SERVER['HTTP_X_SIGNATURE'] ?? '');
}

/** The event in a body; null where it is none. */
function parse(string $rawBody): ?array
{
    $event = json_decode($rawBody, true);
    $isEvent = is_array($event) && is_string($event['event_id'] ?? null) && is_string($event['external_id'] ?? null);
    return $isEvent ? $event : null;
}

/** False where the event was here before: it is sent again whenever a response was late or lost. */
function save(string $store, array $event): bool
{
    // Mode x creates a file or fails: of two requests at once, one alone gets it.
    $file = @fopen($store . '/event-' . hash('sha256', $event['event_id']), 'x');
    if ($file === false) {
        return false;
    }
    fwrite($file, json_encode($event, JSON_INVALID_UTF8_SUBSTITUTE));
    fclose($file);
    return true;
}

/** The work, after the response. Events can overtake each other: what was paid stays paid. */
function fulfil(string $store, array $event): void
{
    $parts = explode(':', $event['event_id']);
    $status = $event['status'] ?? $parts[max(0, count($parts) - 2)];
    $file = fopen($store . '/order-' . hash('sha256', $event['external_id']), 'c+');
    flock($file, LOCK_EX);
    if (stream_get_contents($file) !== 'success') {
        ftruncate($file, 0);
        rewind($file);
        fwrite($file, (string) $status);
        error_log('order ' . json_encode($event['external_id']) . ' is ' . json_encode($status));
    }
    fclose($file);
}

function respond(int $status): void
{
    http_response_code($status);
    if ($status === 405) {
        header('Allow: POST');
    }
    if (function_exists('fastcgi_finish_request')) {
        fastcgi_finish_request();
    }
}

function receive(string $store, string $key): void
{
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        respond(405);
        return;
    }
    $rawBody = file_get_contents('php://input', false, null, 0, LARGEST_BODY + 1);
    if (strlen($rawBody) > LARGEST_BODY) {
        respond(413);
        return;
    }
    if (!isGenuine($key, $rawBody)) {
        respond(401);
        return;
    }
    $event = parse($rawBody);
    if ($event === null) {
        respond(400);
        return;
    }
    $isNew = save($store, $event);
    respond(204);
    if ($isNew) {
        fulfil($store, $event);
    }
}

receive($store, $key);
`;
}
