const SHORTEST = 8;
const LONGEST = 512;

/**
 * Texts that stand for a key, or lead to one. They are tried on texts of at most {@link LONGEST} characters.
 * Sources of the ciphertexts: the documentation of sops, Jasypt, eyaml, dotenvx, Vault, Ansible, age, Fernet, AWS KMS
 * and Sealed Secrets.
 */
const STAND_INS: readonly RegExp[] = [
  // {{name}}, ${NAME}, $NAME, $(command), #{name}, <your key>, %NAME%, [name], @name, :name, #name, !Ref, __NAME__
  /[{}<>[\]()]|\$[A-Za-z_]|%\w+%|^[@:%#!&*]|^__\w+__$|^~.*~$/,
  // ENC(…) and ENC[…] have brackets.
  /^(?:encrypted|vault:v\d+|sops|pgp|gpg|kms|cipher|aes|rsa|sha\d*|md5|bcrypt|hmac)[:=]|^\$(?:ANSIBLE_VAULT|2[aby]|argon2|pbkdf2|scrypt|[156])\b|^sha(?:1|256|384|512)-/i,
  /^(?:AQICAH|AQECAH|age1|gAAAAA|YWdlLWVuY3J5cHRpb24)|^Ag[A-Z][A-Za-z0-9+/]{57}|^-----BEGIN/,
  // What reads it from elsewhere.
  /process\.env|import\.meta|environ|getenv|\bsecrets?\.|^env\./i,
  /:\/\/|sha256:|^(?:op|vault|secret|keyring|env|ssm|arn|urn|file|sm|gcp|aws|azure|doppler|infisical|data|mailto|ref|akv|secretsmanager|keyvault):|^(?:projects|refs|secrets?|subscriptions)\/|^(?:~?\.{0,2}\/|[A-Za-z]:\\)/i,
  // Schemes, packages, `name=value`; resources of AWS and Oracle; `shop/eccaex:1.2`, `kv/data/shop`, `item:field`.
  /^[a-z][a-z\d+.-]{1,20}:\/|^(?:github|gitlab|npm|git|gist|workspace|docker):|^[A-Za-z_.-]{2,30}=[^=]/i,
  /^(?:ami|sg|subnet|vpc|vol|snap|eni|rtb|igw|nat|acl|lt|fs|i)-[0-9a-f]{8,17}$|^ocid1\./,
  /^(?:[a-z][a-z_-]+\/)+[\w.-]+(?::[\w.-]+)?$|^[\w/.-]+:[a-z][a-z_-]{1,30}:{0,2}$/,
  // Addresses: hosts, mail, IPv6 and MAC; files; a member of something, such as config.keys.dev12345678.
  /^(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d+)?(?:\/[\w./-]*)?(?::[\w.-]+)?$|^[^@]+@[\w-]+\.[\w.-]+$|^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,}$/i,
  /\.(?:pem|key|txt|json|ya?ml|env|[cm]?[jt]sx?|html?|css|png|svg|crt|cer|p12|pfx|enc|gpg|age|asc|sh|py|md|xml|conf|ini|toml)$/i,
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/,
  // Names of headers.
  /^X-[A-Z][a-z]+-/,
  // Dates and versions.
  /^\d{4}-\d\d-\d\d|^\d{8}T\d{4,6}(?:Z|[+-]\d{4})?$|^P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/,
  /^[=~^<>v]*\d+(?:\.\d+)+(?:(?:[-+.]|\.?(?:dev|rc|post|a|b))[\w.+-]*)?$/i,
  /x{3}|\.{3}|\*{3}|…|•|:$/i,
  /(?:^|[^a-z])(?:your|example|sample|dummy|fake|mock|placeholder|(?:change|set|fill)[-_]?me|replace|redacted|insert|todo|here)(?:[^a-z]|$)/i,
  /^(?:example|sample|dummy|fake|mock|placeholder)/i,
];

/** The examples of the API's documentation, and those that stand in documentation everywhere. */
const EXAMPLES: ReadonlySet<string> = new Set([
  'a1b2c3d4-5678-90ab-cdef-1234567890ab',
  'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  '123e4567-e89b-12d3-a456-426614174000',
]);

/** `order`, `Prod2`, `2026`, `v2`, `256color`, `xml2js`: what names, versions, addresses and paths are made of. */
const PLAIN =
  /^(?:[A-Za-z]{2,}\d{0,6}|[A-Za-z]|[vr]?\d{1,15}|\d{1,4}[A-Za-z]{2,8}|[A-Za-z]{2,8}\d[A-Za-z]{2,8})$/i;

/** How many characters of a text have to be in parts that are not {@link PLAIN}. */
const LEAST_RANDOM = 6;

/**
 * Whether a text can be a key. The vendor documents no format, so this goes by what random keys have in common: one
 * run of 8 to 512 printable characters, parts of which mix letters and digits as no word, name, number, version,
 * date, address, path or placeholder does, and which is not encrypted. The keys of the sandbox are names.
 */
export function looksLikeKey(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST || !/^[\x21-\x7e]+$/.test(text)) return false;
  if (EXAMPLES.has(text.toLowerCase()) || STAND_INS.some((standIn) => standIn.test(text))) return false;
  if (isSequence(text)) return false;
  const random = text.split(/[^A-Za-z0-9]+/).filter((part) => !PLAIN.test(part) || isRandomWord(part));
  return random.join('').length >= LEAST_RANDOM;
}

/**
 * Whether a text is a key wherever it stands: where nothing but its look tells it from the name of a variable. In a
 * random text letters and digits take turns more often than in a name.
 */
export function isCertainlyKey(text: string): boolean {
  if (text.length < 12 || !looksLikeKey(text)) return false;
  const turns = text.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return turns >= 3 || text.split(/[^A-Za-z]+/).some(isRandomWord);
}

/** `12345678`, `abcdef1234567890`, `00000000`: each character is, or follows, the one before. */
function isSequence(text: string): boolean {
  const characters = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  let steps = 0;
  for (let at = 1; at < characters.length; at++) {
    const step = characters.charCodeAt(at) - characters.charCodeAt(at - 1);
    if (step === 0 || step === 1) steps++;
  }
  return steps * 2 > characters.length || new Set(characters).size < 5;
}

/** Letters alone, in a mix of cases that camelCase does not give, and with fewer vowels than words have. */
function isRandomWord(part: string): boolean {
  if (part.length < 20 || !/^[A-Za-z]+$/.test(part)) return false;
  const humps = part.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  const vowels = part.match(/[aeiou]/gi)?.length ?? 0;
  return humps * 6 >= part.length && vowels * 10 < part.length * 3;
}
