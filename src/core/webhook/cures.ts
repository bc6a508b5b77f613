import type { SignatureScheme } from './signature';

/** A line of code that cures a cause, for one framework. */
export interface Cure {
  readonly framework: string;
  readonly line: string;
}

/** What a signature was made wrong with: decides which line helps. */
export type CureTopic = 'raw-body' | 'content' | 'secret' | 'hash' | 'clock';

export function curesOf(topic: CureTopic, scheme: SignatureScheme): readonly Cure[] {
  switch (topic) {
    case 'raw-body':
      return RAW_BODY;
    case 'content':
      return [
        { framework: 'Node', line: `const signed = ${nodeContent(scheme)};` },
        { framework: 'Python', line: `signed = ${pythonContent(scheme)}` },
        { framework: 'PHP', line: `$signed = ${phpContent(scheme)};` },
        { framework: 'Go', line: `signed := ${goContent(scheme)}` },
      ];
    case 'secret':
      return [
        { framework: 'Node', line: `const key = ${nodeKey(scheme)};` },
        { framework: 'Python', line: `key = ${pythonKey(scheme)}` },
        { framework: 'PHP', line: `$key = ${phpKey(scheme)};` },
        { framework: 'Go', line: goKey(scheme) },
      ];
    case 'hash':
      return [
        { framework: 'Node', line: nodeHash(scheme) },
        { framework: 'Python', line: pythonHash(scheme) },
        { framework: 'PHP', line: phpHash(scheme) },
        { framework: 'Go', line: goHash(scheme) },
      ];
    case 'clock':
      return [{ framework: 'Linux', line: 'timedatectl set-ntp true' }];
  }
}

const RAW_BODY: readonly Cure[] = [
  {
    framework: 'Express',
    line: "app.post('/webhook', express.raw({ type: '*/*' }), handler) // before express.json(); req.body is the raw Buffer",
  },
  { framework: 'Next.js', line: 'const rawBody = Buffer.from(await request.arrayBuffer());' },
  { framework: 'NestJS', line: 'NestFactory.create(AppModule, { rawBody: true }) // then request.rawBody' },
  {
    framework: 'Fastify',
    line: "app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body))",
  },
  { framework: 'Flask', line: 'raw_body = request.get_data()' },
  { framework: 'Django', line: 'raw_body = request.body' },
  { framework: 'FastAPI', line: 'raw_body = await request.body()' },
  { framework: 'PHP', line: "$rawBody = file_get_contents('php://input');" },
  { framework: 'Laravel', line: '$rawBody = $request->getContent();' },
  { framework: 'Go', line: 'rawBody, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))' },
];

const SECRET = 'ECCAEX_WEBHOOK_SECRET';

/** The pieces of what is signed, in order; texts between the placeholders are given to `text`. */
function pieces(
  { signedContent }: SignatureScheme,
  names: Readonly<Record<string, string>>,
  text: (literal: string) => string,
): readonly string[] {
  return signedContent
    .split(/(\{(?:body|timestamp|idempotencyKey)\})/)
    .filter((piece) => piece !== '')
    .map((piece) => names[piece] ?? text(piece));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

export function nodeContent(scheme: SignatureScheme): string {
  const names = {
    '{body}': 'rawBody',
    '{timestamp}': "Buffer.from(headers['x-signature-timestamp'])",
    '{idempotencyKey}': "Buffer.from(headers['x-idempotency-key'])",
  };
  const parts = pieces(scheme, names, (text) => `Buffer.from(${quoted(text)})`);
  return parts.length === 1 ? parts.join('') : `Buffer.concat([${parts.join(', ')}])`;
}

export function pythonContent(scheme: SignatureScheme): string {
  const names = {
    '{body}': 'raw_body',
    '{timestamp}': 'headers["X-Signature-Timestamp"].encode()',
    '{idempotencyKey}': 'headers["X-Idempotency-Key"].encode()',
  };
  return pieces(scheme, names, (text) => `${quoted(text)}.encode()`).join(' + ');
}

export function phpContent(scheme: SignatureScheme): string {
  const names = {
    '{body}': '$rawBody',
    '{timestamp}': "$_SERVER['HTTP_X_SIGNATURE_TIMESTAMP']",
    '{idempotencyKey}': "$_SERVER['HTTP_X_IDEMPOTENCY_KEY']",
  };
  return pieces(scheme, names, (text) => phpText(text)).join(' . ');
}

/** In double quotes, where PHP reads `\n` and replaces `$`. */
function phpText(text: string): string {
  return quoted(text).replaceAll('$', '\\$');
}

export function goContent(scheme: SignatureScheme): string {
  const names = {
    '{body}': 'string(rawBody)',
    '{timestamp}': 'r.Header.Get("X-Signature-Timestamp")',
    '{idempotencyKey}': 'r.Header.Get("X-Idempotency-Key")',
  };
  return `[]byte(${pieces(scheme, names, quoted).join(' + ')})`;
}

/** `text`: the expression for the secret's text. */
export function nodeKey({ secretEncoding }: SignatureScheme, text = `process.env.${SECRET}.trim()`): string {
  return secretEncoding === 'utf8' ? text : `Buffer.from(${text}, '${secretEncoding}')`;
}

/** `text`: the expression for the secret's text. */
export function pythonKey(
  { secretEncoding }: SignatureScheme,
  text = `os.environ["${SECRET}"].strip()`,
): string {
  if (secretEncoding === 'hex') return `bytes.fromhex(${text})`;
  return secretEncoding === 'base64' ? `base64.b64decode(${text})` : `${text}.encode()`;
}

/** `text`: the expression for the secret's text. */
export function phpKey({ secretEncoding }: SignatureScheme, text = `trim(getenv('${SECRET}'))`): string {
  if (secretEncoding === 'hex') return `hex2bin(${text})`;
  return secretEncoding === 'base64' ? `base64_decode(${text})` : text;
}

/** `text`: the expression for the secret's text. */
export function goKey(
  { secretEncoding }: SignatureScheme,
  text = `strings.TrimSpace(os.Getenv("${SECRET}"))`,
): string {
  if (secretEncoding === 'hex') return `key, err := hex.DecodeString(${text})`;
  if (secretEncoding === 'base64') return `key, err := base64.StdEncoding.DecodeString(${text})`;
  return `key := []byte(${text})`;
}

export function nodeHash({ algorithm, encoding, prefix }: SignatureScheme): string {
  const before = prefix === '' ? '' : `${quoted(prefix)} + `;
  return `${before}createHmac('${algorithm}', key).update(signed).digest('${encoding}')`;
}

export function pythonHash({ algorithm, encoding, prefix }: SignatureScheme): string {
  const hash = `hmac.new(key, signed, hashlib.${algorithm})`;
  const before = prefix === '' ? '' : `${quoted(prefix)} + `;
  if (encoding === 'hex') return `${before}${hash}.hexdigest()`;
  if (encoding === 'base64') return `${before}base64.b64encode(${hash}.digest()).decode()`;
  return `${before}base64.urlsafe_b64encode(${hash}.digest()).rstrip(b"=").decode()`;
}

export function phpHash({ algorithm, encoding, prefix }: SignatureScheme): string {
  const before = prefix === '' ? '' : `${phpText(prefix)} . `;
  if (encoding === 'hex') return `${before}hash_hmac('${algorithm}', $signed, $key)`;
  const base64 = `base64_encode(hash_hmac('${algorithm}', $signed, $key, true))`;
  return encoding === 'base64' ? before + base64 : `${before}rtrim(strtr(${base64}, '+/', '-_'), '=')`;
}

export function goHash({ algorithm, encoding, prefix }: SignatureScheme): string {
  const before = prefix === '' ? '' : `${quoted(prefix)} + `;
  const encode = {
    hex: 'hex.EncodeToString',
    base64: 'base64.StdEncoding.EncodeToString',
    base64url: 'base64.RawURLEncoding.EncodeToString',
  }[encoding];
  return `mac := hmac.New(${algorithm}.New, key); mac.Write(signed); expected := ${before}${encode}(mac.Sum(nil))`;
}
