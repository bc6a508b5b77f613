import {
  COMMANDS,
  OPTIONS,
  type CommandHelp,
  type CommandName,
  type Option,
  type OptionName,
} from './commands';

/** What `--help` prints, of one command or of all. */
export function helpText(command: CommandName | undefined): string {
  if (command === undefined) {
    return [
      'Usage: eccaex COMMAND [options]',
      'Sends invoice requests to the EccaEx Merchant API.\nAn independent tool, not made by the vendor.',
      `Commands:\n${table(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]))}`,
      `Options:\n${optionTable(['help', 'version'])}`,
      'More about a command: eccaex COMMAND --help',
    ].join('\n\n');
  }
  const { usage, summary, options, more }: CommandHelp = COMMANDS[command];
  const about = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return [`Usage: ${usage}`, about, `Options:\n${optionTable(options)}`, ...more].join('\n\n');
}

function optionTable(names: readonly OptionName[]): string {
  return table(
    names.map((name) => {
      const { short, value, help }: Option = OPTIONS[name];
      return [`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`, help];
    }),
  );
}

function table(rows: readonly (readonly [string, string] | string[])[]): string {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
