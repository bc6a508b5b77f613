/** What something costs at each of several sizes. */
export interface Series {
  readonly title: string;
  /** What is counted along the horizontal axis. */
  readonly of: string;
  readonly points: readonly { readonly size: number; readonly ms: number }[];
}

const WIDTH = 330;
const HEIGHT = 220;
const LEFT = 60;
const RIGHT = 24;
const TOP = 34;
const BOTTOM = 40;

/** Charts side by side, two in a row; the dashed line is what would be if cost grew as size does. */
export function plot(series: readonly Series[]): string {
  const rows = Math.ceil(series.length / 2);
  const charts = series.map((one, place) => {
    const [x, y] = [(place % 2) * WIDTH, Math.floor(place / 2) * HEIGHT];
    return `<g transform="translate(${x} ${y})">${chart(one)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${rows * HEIGHT}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...charts,
    '</svg>\n',
  ].join('\n');
}

function chart({ title, of, points }: Series): string {
  const most = Math.max(...points.map(({ size }) => size));
  const largest = points.find(({ size }) => size === most)?.ms ?? 0;
  const top = Math.max(...points.map(({ ms }) => ms)) * 1.1;
  const x = (size: number) => round(LEFT + (size / most) * (WIDTH - LEFT - RIGHT));
  const y = (ms: number) => round(HEIGHT - BOTTOM - (ms / top) * (HEIGHT - TOP - BOTTOM));
  const [left, right, bottom] = [x(0), x(most), y(0)];
  const line = points.map(({ size, ms }) => `${x(size)},${y(ms)}`).join(' ');
  return [
    `<text x="${LEFT}" y="18" font-size="13" fill="#1f2328">${title}</text>`,
    `<path d="M${left} ${TOP}V${bottom}H${right}" fill="none" stroke="#8c959f"/>`,
    `<path d="M${left} ${bottom}L${right} ${y(largest)}" stroke="#8c959f" stroke-dasharray="4 4"/>`,
    `<polyline points="${line}" fill="none" stroke="#0969da" stroke-width="2"/>`,
    ...points.map(
      ({ size, ms }) =>
        `<circle cx="${x(size)}" cy="${y(ms)}" r="3.5" fill="#0969da"/>` +
        `<text x="${x(size)}" y="${bottom + 15}" text-anchor="middle" fill="#59636e">${size}</text>`,
    ),
    `<text x="${left - 6}" y="${y(largest) + 4}" text-anchor="end" fill="#59636e">${digits(largest)} ms</text>`,
    `<text x="${(left + right) / 2}" y="${bottom + 32}" text-anchor="middle" fill="#59636e">${of}</text>`,
  ].join('\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;

const digits = (ms: number): string => (ms >= 100 ? ms.toFixed(0) : ms.toPrecision(2));
