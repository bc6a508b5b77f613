import { split } from 'shlex';

/** The words of a command line, and what is piped into it. */
export interface CommandLine {
  readonly words: readonly string[];
  /** What the command reads from its standard input, where the text says so. */
  readonly input: string | undefined;
}

/** Ends a command in every shell that is read here. */
const OPERATORS: ReadonlySet<string> = new Set(['|', '||', '&&', '&', ';', '>', '>>', '2>', '2>&1', '<']);

/** `@'…'@ | ` and `@"…"@ | `, which PowerShell puts before a command. */
const HERE_STRING = /@(['"])\r?\n([\s\S]*?)\r?\n\1@\s*\|\s*$/;

/** `<<EOF`, `<<'EOF'` and `<<-EOF`, whose text begins in the next line. */
const HERE_DOCUMENT =
  /<<-?[ \t]*(['"]?)(?<word>[A-Za-z_]\w*)\1(?<rest>[^\n]*)\n(?<text>[\s\S]*?)\n?^[ \t]*\k<word>[ \t]*$/m;

/** Where the quotes of a text do not close, a command with more lines is not looked for in it. */
const MOST_LINES = 200;

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
  const piped = HERE_STRING.exec(plain.slice(0, start))?.[2];
  const heredoc = HERE_DOCUMENT.exec(plain.slice(start))?.groups;
  const rest = heredoc
    ? plain.slice(start).replace(HERE_DOCUMENT, (_, __, ___, after: string) => after)
    : plain.slice(start);
  const words = wordsOf(inPosixQuotes(rest, piped !== undefined));
  const next = words.findIndex((word, at) => at > 0 && (OPERATORS.has(word) || word === call));
  return { words: next < 0 ? words : words.slice(0, next), input: piped ?? heredoc?.['text'] };
}

/** Where what follows the command has quotes of its own, such as an apostrophe, the command ends with a line before. */
function wordsOf(text: string): string[] {
  try {
    return split(text);
  } catch (error) {
    const lines = text.split('\n', MOST_LINES);
    for (let count = 1; count <= lines.length; count++) {
      if (lines[count - 1]?.endsWith('\\')) continue;
      try {
        return split(lines.slice(0, count).join('\n'));
      } catch {
        // The quote goes on in the next line.
      }
    }
    throw error;
  }
}

function inPosixQuotes(command: string, isPiped: boolean): string {
  if (/\^\n|\s\^"/.test(command)) return fromCmd(command);
  // Of what runs curl.exe, cmd has no quotes but double ones.
  const isPowerShell =
    isPiped || /[^\x60]\x60\n|\$env:/i.test(command) || /^\S+\.exe[^'"]*(?:'|"(?![\s\S]*\\"))/i.test(command);
  return isPowerShell ? fromPowerShell(command) : command;
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
