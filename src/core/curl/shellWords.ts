import { posixWords } from './posixWords';

/** The words of a command line, and what is piped into it. */
export interface CommandLine {
  readonly words: readonly string[];
  /** What the command reads from its standard input, where the text says so. */
  readonly input: string | undefined;
}

/** Ends a command in every shell that is read here. */
const OPERATORS: ReadonlySet<string> = new Set(['|', '||', '&&', '&', ';', '>', '>>', '2>', '2>&1', '<']);

/**
 * Takes the first call of a program out of a text and reads it as its shell would: a POSIX shell, PowerShell, or
 * Windows’ cmd. Variables stay as they are written. Throws where a quote is not closed. `undefined` without a call.
 */
export function commandLineOf(program: string, text: string): CommandLine | undefined {
  const plain = text.replaceAll('\r\n', '\n');
  const name = new RegExp(String.raw`(?:^|[\s|;&(\x60$])(?<call>${program}(?:\.exe)?)(?=[\s^])`, 'mi').exec(
    plain,
  );
  const call = name?.groups?.['call'];
  if (!name || call === undefined) return undefined;
  const start = name.index + name[0].length - call.length;
  const piped = hereStringBefore(plain.slice(0, start));
  const { rest, input } = withoutHereDocument(plain.slice(start));
  const words = posixWords(inPosixQuotes(rest, call, piped !== undefined));
  const next = words.findIndex((word, at) => at > 0 && (OPERATORS.has(word) || word === call));
  return { words: next < 0 ? words : words.slice(0, next), input: piped ?? input };
}

/** `@'…'@ | ` and `@"…"@ | `, which PowerShell puts before a command. */
function hereStringBefore(text: string): string | undefined {
  const pipe = text.trimEnd();
  const end = pipe.endsWith('|') ? pipe.slice(0, -1).trimEnd() : '';
  const quote = end.at(-2);
  if (!end.endsWith('@') || (quote !== "'" && quote !== '"') || end.at(-3) !== '\n') return undefined;
  const opening = `@${quote}\n`;
  const start = end.indexOf(opening);
  const close = end.length - 3;
  return start >= 0 && start + opening.length <= close + 1
    ? end.slice(start + opening.length, Math.max(close, start + opening.length))
    : undefined;
}

/** The word that ends a here-document; longer ones are none that people write. */
const HERE_WORD = /<<-?[ \t]*(['"]?)([A-Za-z_]\w{0,63})\1/;

/** A command without the text of its `<<EOF`, `<<'EOF'` or `<<-EOF`, which begins in the next line. */
function withoutHereDocument(command: string): { rest: string; input?: string } {
  const opening = HERE_WORD.exec(command);
  const [whole = '', , word = ''] = opening ?? [];
  const behind = (opening?.index ?? 0) + whole.length;
  const start = command.indexOf('\n', behind);
  if (!opening || start < 0) return { rest: command };
  const closing = new RegExp(String.raw`^[ \t]*${word}[ \t]*$`, 'm').exec(command.slice(start + 1));
  if (!closing) return { rest: command };
  const end = start + 1 + closing.index;
  return {
    rest:
      command.slice(0, opening.index) + command.slice(behind, start) + command.slice(end + closing[0].length),
    input: command.slice(start + 1, Math.max(end - 1, start + 1)),
  };
}

function inPosixQuotes(command: string, call: string, isPiped: boolean): string {
  if (/\^\n|\s\^"/.test(command)) return fromCmd(command);
  const isPowerShell = isPiped || /[^\x60]\x60\n|\$env:/i.test(command) || hasPowerShellQuotes(command, call);
  return isPowerShell ? fromPowerShell(command) : command;
}

/** Of what runs curl.exe, cmd has no quotes but double ones, and a backslash before those inside. */
function hasPowerShellQuotes(command: string, call: string): boolean {
  if (!/\.exe$/i.test(call)) return false;
  const quote = command.search(/['"]/);
  return quote >= 0 && (command[quote] === "'" || !command.includes('\\"', quote + 1));
}

/** PowerShell doubles a quote inside of quotes, and escapes with a backtick. */
function fromPowerShell(command: string): string {
  const doubleQuoted = (text: string) =>
    `"${text.replace(/\\/g, '\\\\').replace(/""|\x60([\s\S])/g, (pair, one?: string) => `\\${one ?? pair[0] ?? ''}`)}"`;
  return command.replace(
    /'((?:[^']|'')*)'|"((?:[^"\x60]|""|\x60[\s\S])*)"|\x60\n/g,
    (_, single?: string, double?: string) => {
      if (single !== undefined) return `'${single.replaceAll("''", String.raw`'\''`)}'`;
      return double === undefined ? ' ' : doubleQuoted(double);
    },
  );
}

/** Windows’ cmd escapes with a caret, a line end too; the program itself reads `\"`. */
function fromCmd(command: string): string {
  return command.replace(/\^\n/g, ' ').replace(/\^([\s\S])/g, '$1');
}
