import { cpus, totalmem, type } from 'node:os';
import { isMet, type Figures, type Row } from './comparison';

export interface Section {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

/** Of the file, for whoever reads it. */
const HEAD =
  '# Results\n\nEach figure is a median, with the least and the most in brackets; a ratio is of what ran side by side. Figures of different machines or days are not to be compared; ratios are.';

/** The file with what was just measured in it. What was measured before stays as long as its benchmark is among `names`, which order it. */
export function withSection(file: string, measured: Section, names: readonly string[]): string {
  const sections = new Map(
    file
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [name = '', ...lines] = section.split('\n');
        return [name, lines.join('\n').trim()];
      }),
  );
  sections.set(measured.name, `${runsOn()}\n\n${table(measured)}`);
  const ordered = names.flatMap((name) => {
    const text = sections.get(name);
    return text === undefined ? [] : [`## ${name}\n\n${text}`];
  });
  return `${[HEAD, ...ordered].join('\n\n')}\n`;
}

/** A table in Markdown that can be read as text, too; below it the notes. */
export function table({ rows, notes }: Section): string {
  const cells = [
    ['what', 'ours', 'against', 'theirs', 'ratio', 'aim', ''],
    ...rows.map((row) => {
      const { what, unit, ours, against, theirs, ratio, aim, rounds } = row;
      return [
        rounds > 1 ? `${what} (${rounds} rounds)` : what,
        `${spread(ours)} ${unit}`,
        against,
        `${spread(theirs)} ${unit}`,
        spread(ratio),
        'times' in aim ? `≤ ${aim.times}` : `≤ ${aim.more} ${unit} more`,
        isMet(row) ? 'met' : 'missed',
      ];
    }),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [
    line(head),
    rule,
    ...body.map(line),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
  ].join('\n');
}

/** Date, machine and versions. */
function runsOn(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${new Date().toISOString().slice(0, 10)} · ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'} · ${memory} GiB · ${type()} · Node ${process.versions.node}`;
}

function spread({ min, median, max }: Figures): string {
  return min === max ? digits(median) : `${digits(median)} (${digits(min)}–${digits(max)})`;
}

function digits(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
}
