import type { Span } from '../document/positions';
import type { NamedPlace } from './keyNames';
import { isValueLike, keyAt } from './values';

/** An option and what it is given: `--region eu-central-1`, `--project=shop`. */
const OPTION =
  /-{1,2}[A-Za-z][\w-]{0,40}(?:[=:]|[ \t]{1,9})(?!-)(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"'`;|&()]{1,200})/y;
/** Options of one command. */
const OPTIONS = /(?:^|\s)-{1,2}([A-Za-z][\w-]{0,40})(?:=|:?[ \t]{1,9})/g;
/** What ends a command. */
const NEXT_COMMAND = /;|&&|\|\|?|\$\(/g;
/** `<<EOF`, `<<-'EOF'`, `<<~KEY.strip`, `<<<KEY`: the text begins on the next line. */
const HERE = /<<<?[-~]?\s?["']?([A-Za-z_]\w{0,30})["']?[^\n]{0,60}\r?\n/y;
/** How far away the end of such a text can be, in characters. */
const HERE_REACH = 700;

/** Whether an option gives a value: `--value`, `--secret-string`, `-Value`, `-b`. */
export const isValueOption = (word: string): boolean => {
  const name = word.replace(/^-+/, '').replaceAll('-', '_');
  return /^(?:b|v|body)$/i.test(name) || isValueLike(name);
};

/** What follows an option with its value. `undefined` where none begins at a place. */
export function afterOption(text: string, at: number): number | undefined {
  OPTION.lastIndex = at;
  return OPTION.test(text) ? OPTION.lastIndex : undefined;
}

/** Where the text begins that a shell, Ruby, PHP or Terraform takes from the next lines. */
export function afterHereMark(text: string, at: number): number | undefined {
  HERE.lastIndex = at;
  const label = HERE.exec(text)?.[1];
  if (label === undefined) return undefined;
  const from = HERE.lastIndex;
  const lines = text.slice(from, from + HERE_REACH).split('\n');
  return lines.some((line) => line.trim().replace(/[;,]$/, '') === label) ? from : undefined;
}

/** The value of an option before the name, in the same command: `put-parameter --value "…" --name ECCAEX_API_KEY`. */
export function optionBefore({ text, name, from }: NamedPlace): Span | undefined {
  const start = commandStart(text, name.offset, from);
  const command = text.slice(start, name.offset);
  let found: Span | undefined;
  for (const { 0: option, 1: called = '', index } of command.matchAll(OPTIONS))
    if (isValueOption(called)) found = keyAt(text, start + index + option.length, name.offset) ?? found;
  return found;
}

/** Nothing before the name before this one is read, so that all names together are read once. */
function commandStart(text: string, at: number, from: number): number {
  const before = text.slice(from, at);
  let start = before.lastIndexOf('\n') + 1;
  while (start > 0 && /[\\^`]\r?\n$/.test(before.slice(Math.max(0, start - 3), start)))
    start = before.lastIndexOf('\n', start - 2) + 1;
  let last = start;
  for (const { 0: mark, index } of before.slice(start).matchAll(NEXT_COMMAND))
    last = start + index + mark.length;
  return from + last;
}
