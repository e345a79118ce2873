//! plot: lines over time and counts by size as SVG with axes, ticks and labels; colours are those of the page around it.
import { attributes, escaped } from './markup.ts';

const WIDTH = 640, HEIGHT = 260, LEFT = 68, RIGHT = 16, TOP = 34, BOTTOM = 48;

export interface Axis { readonly label: string }
type Point = readonly [x: number, y: number];

/** Points in ascending x. `limit` is a level that y cannot pass. */
export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly Point[];
  readonly limit?: { readonly y: number; readonly label: string } | undefined;
}
export function lineChart({ title, x, y, points, limit }: LineChart): string {
  const right = niceEnd(Math.max(0, ...points.map((point) => point[0]))), top = niceEnd(Math.max(0, ...points.map((point) => point[1]), limit?.y ?? 0));
  const toX = (value: number): number => LEFT + (value / right) * (WIDTH - LEFT - RIGHT), toY = (value: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const path = points.map(([a, b]) => `${round(toX(a))},${round(toY(b))}`).join(' ');
  return frame(title, x, y, [
    ...ticks(right).map((value) => tickX(toX(value), number(value))), ...ticks(top).map((value) => tickY(toY(value), number(value))),
    ...(limit ? [`<line class="limit"${attributes({ x1: LEFT, x2: WIDTH - RIGHT, y1: round(toY(limit.y)), y2: round(toY(limit.y)) })}/>`, label(WIDTH - RIGHT, toY(limit.y) - 5, limit.label, 'end')] : []),
    ...(points.length === 0 ? [label((LEFT + WIDTH - RIGHT) / 2, HEIGHT / 2, 'nothing was measured', 'middle')] : [`<polyline class="line" points="${path}"/>`]),
    ...(points.length === 1 ? [`<circle class="bar"${attributes({ cx: round(toX(points[0]![0])), cy: round(toY(points[0]![1])), r: 3 })}/>`] : []),
  ]);
}

/** A bar for each bucket, its count above it. */
export interface BarChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly bars: readonly { readonly label: string; readonly count: number }[];
}
export function barChart({ title, x, y, bars }: BarChart): string {
  const top = niceEnd(Math.max(0, ...bars.map(({ count }) => count))), step = (WIDTH - LEFT - RIGHT) / Math.max(1, bars.length), toY = (value: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const every = Math.ceil(bars.length / 16);
  return frame(title, x, y, [
    ...ticks(top).filter(Number.isInteger).map((value) => tickY(toY(value), number(value))),
    ...bars.flatMap(({ label: text, count }, i) => {
      const from = LEFT + step * i, bar = `<rect class="bar"${attributes({ x: round(from + step * 0.1), y: round(toY(count)), width: round(step * 0.8), height: round(HEIGHT - BOTTOM - toY(count)) })}><title>${escaped(`${text}: ${count}`)}</title></rect>`;
      return [...(count > 0 ? [bar] : []), ...(i % every === 0 ? [tickX(from + step / 2, text)] : []), ...(count > 0 && bars.length <= 24 ? [label(from + step / 2, toY(count) - 4, number(count), 'middle')] : [])];
    }),
    ...(bars.length === 0 ? [label((LEFT + WIDTH - RIGHT) / 2, HEIGHT / 2, 'nothing to count', 'middle')] : []),
  ]);
}

/** How many values lie in each power of two: 1, 2-3, 4-7, ..; what is below 1 is with the first. */
export function byPowersOfTwo(values: readonly number[], unit: string): BarChart['bars'] {
  const power = (value: number): number => { let p = 0; while (value >= 2 ** (p + 1)) p++; return p; };
  const powers = values.map(power), least = Math.min(...powers), most = Math.max(...powers);
  return values.length === 0 ? [] : Array.from({ length: most - least + 1 }, (_, i) => ({ label: `${2 ** (least + i)}${unit}`, count: powers.filter((one) => one === least + i).length }));
}
/** How many values there are of each whole number from 1 on. */
export const byNumber = (values: readonly number[]): BarChart['bars'] =>
  Array.from({ length: Math.max(0, ...values) }, (_, i) => ({ label: String(i + 1), count: values.filter((value) => value === i + 1).length }));

/** 0, step, 2 step, .. up to the end, four to eight of them; the step is 1, 2 or 5 times a power of ten. */
export function ticks(end: number): readonly number[] {
  const step = stepOf(end);
  return Array.from({ length: Math.round(end / step) + 1 }, (_, i) => tidy(i * step));
}
/** The first tick that is no smaller; 1 where there is nothing to show, or nothing of which a float has all digits. */
export function niceEnd(most: number): number {
  if (!(most > 1e-300)) return 1;
  const step = stepOf(most);
  return tidy(Math.ceil(tidy(most / step)) * step);
}
function stepOf(end: number): number {
  let power = 1;
  while (power * 10 <= end) power *= 10;
  while (power > end) power /= 10;
  const lead = end / power;
  return tidy(power * (lead <= 1.6 ? 0.2 : lead <= 4 ? 0.5 : lead <= 8 ? 1 : 2));
}
/** Without the last digits of a float. */
const tidy = (value: number): number => Number(value.toPrecision(12));
const round = (value: number): string => value.toFixed(1);

/** 1500 is 1500, 20000 is 20 k */
export function number(value: number): string {
  if (value >= 1e6) return `${tidy(value / 1e6)} M`;
  return value >= 1e4 ? `${tidy(value / 1e3)} k` : String(value);
}

function frame(title: string, x: Axis, y: Axis, inner: readonly string[]): string {
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" class="plot">`, `<title>${escaped(title)}</title>`, label(LEFT, 18, title, 'start', 'heading'), ...inner,
    `<path class="axis" d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}"/>`, label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x.label, 'middle'),
    `<text class="words" text-anchor="middle" transform="translate(14 ${middle}) rotate(-90)">${escaped(y.label)}</text>`, '</svg>',
  ].join('\n');
}
const label = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', kind = 'words'): string => `<text class="${kind}"${attributes({ x: round(x), y: round(y), 'text-anchor': anchor })}>${escaped(text)}</text>`;
const tickX = (x: number, text: string): string => `<line class="axis"${attributes({ x1: round(x), x2: round(x), y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4 })}/>${label(x, HEIGHT - BOTTOM + 16, text, 'middle')}`;
const tickY = (y: number, text: string): string => `<line class="grid"${attributes({ x1: LEFT, x2: WIDTH - RIGHT, y1: round(y), y2: round(y) })}/>${label(LEFT - 6, y + 4, text, 'end')}`;
