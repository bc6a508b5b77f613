import { SANDBOX_KEYS } from '../environments/sandboxKeys';

const LONGEST = 512;

/** Texts that people and tools write where a key is to come. */
const STAND_INS: readonly RegExp[] = [
  // {{name}}, ${NAME}, $NAME, $(command), #{name}, <your key>, %NAME%, @name, :name
  /[{}<>]|\$[A-Za-z_({]|%\w+%|^[@:%]/,
  // What reads it from elsewhere.
  /process\.env|import\.meta|environ|getenv|\bsecrets?\./i,
  /^(?:op|vault|secret|keyring|env|ssm|arn|file|sm|gcp|aws|azure|https?):|^projects\/|^~?\.{0,2}\/(?:[\w.-]+\/)+[\w.-]*$/i,
  // A member of something: config.keys.dev12345678
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/,
  // xxxxxxxx, ........, ********, 00000000, 12345678
  /x{3}|\.{3}|\*{3}|…|•|^(.)\1*$|^0?1234567(?:8(?:90?)?)?$/i,
  /(?:^|[^a-z])(?:your|example|sample|dummy|fake|mock|placeholder|change-?me|replace|redacted|insert|todo|here)(?:[^a-z]|$)/i,
  // test-key-123, dummykey123, string1234
  /^(?:(?:my|test|dummy|fake|some|secret|api|the)[-_]?)*(?:key|string|token|secret|value|password)[-_]?\d{0,6}$/i,
  /^[a-z_-]*api[-_]?key[a-z_-]*\d{0,3}$/i,
  // The name of a header, as in a list of allowed ones.
  /^(?:[xX]-[A-Za-z]|[A-Z][a-z]+-[A-Z]|sec-)[A-Za-z0-9-]*$/,
];

/** The name of a variable or a constant. */
const NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/**
 * Whether a text can well be a key: the vendor documents no format, so this goes by what random keys have
 * in common and placeholders have not. The keys of the sandbox are no secrets.
 */
export function looksLikeKey(text: string): boolean {
  if (text.length < 8 || text.length > LONGEST || !/^[\x21-\x7e]+$/.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  const isRandomWord = text.length >= 24 && /^[A-Za-z]+$/.test(text) && /[a-z][A-Z].*[a-z][A-Z]/.test(text);
  if (digits === 0 && !isRandomWord) return false;
  if (digits <= 2 && NAME.test(text)) return false;
  if (SANDBOX_KEYS.some(({ key }) => key === text)) return false;
  return !STAND_INS.some((standIn) => standIn.test(text));
}
