//! chart: figures as bars beside their goals, and lines over logarithmic axes, as SVG.
import { escaped } from '../model/report/markup.ts';
import { number } from '../model/report/plot.ts';

/** A bar; 1 is the goal where there is one, else the whole width. */
export interface Bar {
  readonly label: string;
  readonly share: number;
  readonly text: string;
}

const WIDTH = 726, LEFT = 236, RIGHT = 190, ROW = 24, TOP = 52;

/** Bars from the left, `most` goals wide; a line where the goal is. */
export function bars(title: string, note: string, all: readonly Bar[], goalAt: number | undefined, most = 1.25): string {
  const height = TOP + ROW * all.length + 34, room = WIDTH - LEFT - RIGHT, at = (share: number): number => LEFT + (Math.min(share, most) / most) * room;
  const text = (x: number, y: number, anchor: string, words: string, rest = ''): string => `<text x="${x.toFixed(0)}" y="${y}" text-anchor="${anchor}"${rest}>${escaped(words)}</text>`;
  const lines = all.flatMap(({ label, share, text: words }, i) => {
    const y = TOP + ROW * i, width = Math.max(1, at(share) - LEFT);
    return [
      text(LEFT - 8, y + 15, 'end', label, ' fill="#222222"'),
      `<rect x="${LEFT}" y="${y + 3}" width="${width.toFixed(0)}" height="${ROW - 7}" rx="3" fill="#1f5fa8" fill-opacity="${goalAt === undefined || share >= goalAt ? 0.85 : 0.4}"/>`,
      text(WIDTH - RIGHT + 8, y + 15, 'start', words, ' fill="#222222"'),
    ];
  });
  const goal = goalAt === undefined ? [] : [
    `<line x1="${at(goalAt).toFixed(0)}" y1="${TOP - 4}" x2="${at(goalAt).toFixed(0)}" y2="${TOP + ROW * all.length}" stroke="#b03a2e" stroke-width="1.5"/>`,
    text(at(goalAt), TOP - 8, 'middle', 'goal', ' fill="#b03a2e"'),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">
<title>${escaped(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${text(12, 22, 'start', title, ' font-size="14" font-weight="600"')}
${[...lines, ...goal].join('\n')}
${text(12, height - 12, 'start', note, ' fill="#666666"')}
</svg>
`;
}

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}
const COLOURS = ['#1f5fa8', '#b03a2e', '#2e7d4f', '#7a4fa3', '#8a6d1d'];

/** Lines over logarithmic axes, a mark at each measurement. */
export function lines(title: string, xName: string, yName: string, all: readonly Series[]): string {
  const [left, top, width, height] = [70, 60, 480, 230], xs = all.flatMap(({ points }) => points.map(([x]) => x)), ys = all.flatMap(({ points }) => points.map(([, y]) => y));
  const scale = (values: readonly number[], from: number, to: number): ((value: number) => number) => {
    const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
    return (value) => from + ((Math.log(value) - low) / Math.max(high - low, 1e-9)) * (to - from);
  };
  const x = scale(xs, left, left + width), decades = powers(Math.min(...ys), Math.max(...ys)), y = scale([...ys, ...decades], top + height, top);
  const words = (at: readonly [number, number], anchor: string, text: string, rest = ' fill="#222222"'): string =>
    `<text x="${at[0].toFixed(0)}" y="${at[1].toFixed(0)}" text-anchor="${anchor}"${rest}>${escaped(text)}</text>`;
  const grid = decades.map((value) => `<line x1="${left}" y1="${y(value).toFixed(0)}" x2="${left + width}" y2="${y(value).toFixed(0)}" stroke="#dddddd"/>${words([left - 6, y(value) + 4], 'end', number(value))}`);
  const ticks = [...new Set(xs)].map((value) => words([x(value), top + height + 18], 'middle', number(value)));
  const drawn = all.map(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length]!, marks = points.map(([px, py]) => `<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3" fill="${colour}"/>`);
    const way = points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ');
    return `<polyline points="${way}" fill="none" stroke="${colour}" stroke-width="1.5"/>${marks.join('')}${words([left + width + 12, top + 14 + 18 * i], 'start', name, ` fill="${colour}"`)}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="726" height="336" viewBox="0 0 726 336" role="img" font-family="system-ui, sans-serif" font-size="12">
<title>${escaped(title)}</title>
<rect width="726" height="336" fill="#ffffff"/>
${words([12, 22], 'start', title, ' font-size="14" font-weight="600"')}
${[...grid, ...ticks, ...drawn].join('\n')}
${words([left + width / 2, 328], 'middle', xName, ' fill="#666666"')}
${words([12, 40], 'start', yName, ' fill="#666666"')}
</svg>
`;
}

/** Powers of ten around a range. */
function powers(low: number, high: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
}
