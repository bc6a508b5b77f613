// What languages and tools write between the name of a key and its value.

/** What leads to another value where the first one is missing. */
export const FALLBACK = /^(?:\|\||\?\?=?|\?:?|or|else|\/\/)$/;
/** Functions that give the first of their arguments that there is. */
export const FIRST_OF =
  /\((?:or|some->)\s[^;]{0,80}$|(?:\bor|coalesce|default|fallback|first\w{0,20}|nvl|ifnull|either)\([^;,]{0,80}$/i;
/** Functions whose text says where something is: `credentials('…')`, `vault.read('…')`. */
export const LOOKS_UP =
  /(?:credentials?|secrets?|vault|lookup|ref|param|parameter|decrypt|require|open|\w{0,20}file|path|[ug]uid|(?:read|get|find|load|fetch|import|resolve)\w{0,30})$/i;
/** Functions whose first text is the name of a variable or setting: `env('…', 'default')`, `config.get('…', 'default')`. */
export const READS_VARIABLE =
  /(?:^|[.:])(?:get_?env|(?:env(?:iron)?|config\w{0,20}|settings|options|properties)(?:\.\w{1,20})?|lookupenv|fetch_env!?)$/i;
/** `%[str(…)]`, `str(…)`, `%q(…)`, `q{…}`: a text without quotes. */
export const BARE_TEXT = /(?:(?:%\[)?str\(|%[qQwW]?[({[|]|qq?[({])(?=[^\s"'(){}[\]|]{8,512}[)}\]|])/y;
/** What ends a program, or says what is missing: no text after it is a value. */
export const FAILS =
  /(?:^|[.:>])(?:throw|raise|panic!?|fail|fatal\w*|abort|exit|die|expect|croak|bail!?|\w{0,30}(?:error|exception))$/i;
/** What is called with a name as its first argument, and reports it. */
export const RAISES = /(?:error|exception)\(\s{0,9}["'`]$/i;
/** A call that a variable is an argument of: `sign(body, `. What follows it is about what the call gives. */
export const ARGUMENT = /(?<=\w)(?<!\b(?:let|env|set[-\w]{0,20}))\([^()"'`\n]{0,80}$/;
/** A call that gives a digest of what is in it. */
export const DIGESTS = /(?:sha\d{0,3}|md5|hash\w{0,20}|hmac|digest|fingerprint|checksum)\([^;\n]{0,80}$/i;
/** Calls after a name whose argument is its value: `.unwrap_or("…")`, `.setValue("…")`, `.eq("…")`. */
export const GIVES = /^\.\w{0,20}(?:(?<![a-z])or$|else|default|equal|set|put|value|return|be$|is$|eq$)/i;
/** Members that are about something else. */
export const OTHER_MEMBER =
  /^(?:\w{0,30}(?:[_-]|(?=I)))?(?:id|uuid|guid|ref|version|hash|digest|sha\d{0,3}|checksum|revision|trace|nonce)$/i;
/** What stands before a name that is declared as a type. */
export const DECLARES = /\b(?:model|class|interface|struct|message|table|trait|namespace)\s{1,9}$/;
/** The length of a type, `varchar(64)`, `PIC X(40)`; or a getter: `get() =`. */
export const LENGTH = /\((?<=\bget\()\)|\(\s?\d{1,6}(?:,\s?\d{1,6})?\s?\)/y;
/** A place for a value in a format, up to the value: `"…%s", `, `"…{}".format(`. */
export const FORMAT = /(?:%[-+ #0\d.]{0,5}[svqd@]|\{\d?\})["'`]\s?(?:,\s{0,9}|%\s?\(?|\.format(?:ted)?\()/y;
/** What has options as its arguments: `.option('--key', 'the key', `, `StringP("key", "k", `. */
export const DEFINES_OPTION =
  /(?:option|flags?\(\)\.\w{1,20}|string\w{0,6}|argument)\(\s{0,20}(?:&?\w{1,40},\s?)?["'`]-{0,2}$/i;
/** What is called with a name and its value. */
export const DEFINES =
  /(?:\b(?:define|set\w{0,20}|put\w{0,20}|add\w{0,20})\(|\b(?:set|put)_env\(\w{1,30},|\[)\s{0,9}$/i;
/** `{ get; set; }`. */
export const ACCESSORS = /\{\s{0,9}(?:(?:private |internal |protected )?(?:get|set|init);\s{0,9}){1,3}\}/y;
