//! spans: sets of test numbers as arithmetic progressions: what several of them hold together, twice, or not at all.
import type { Span } from '../campaign/results.ts';

/** Numbers of tests by residue: with stride L, positions `from` up to before `to` of residue r are the tests r + L * position. */
type Classes = ReadonlyMap<number, readonly Interval[]>;
type Interval = readonly [from: number, to: number];

/** A common stride beyond this is no campaign's: shards of one campaign have one stride. */
export const STRIDE_MAX = 2 ** 16;

/** The least stride that all of them divide; undefined where it is too large. */
export function commonStride(spans: readonly Span[]): number | undefined {
  let all = 1;
  for (const { stride } of spans) {
    all = (all / divisor(all, stride)) * stride;
    if (all > STRIDE_MAX) return undefined;
  }
  return all;
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** Of disjoint spans: ascending, and a single one where they are the tests 0 up to before `count`. */
export function united(spans: readonly Span[], count: number | null): readonly Span[] {
  if (count !== null && missing(spans, count).length === 0) return [{ first: 0, stride: 1, end: count }];
  return [...spans].filter((span) => size(span) > 0).sort(ascending);
}
export const ascending = (a: Span, b: Span): number => a.first - b.first || a.stride - b.stride || a.end - b.end;

/** Tests that are in none of the spans. Where time was the limit, those before the last one of each shard, and shards of which there is nothing. */
export function missing(spans: readonly Span[], count: number | null): readonly Span[] {
  const stride = strideOf(spans), classes = joined(classesOf(spans, stride)), holes: Span[] = [];
  for (let residue = 0; residue < stride; residue++) {
    const own = classes.get(residue) ?? [], wanted = count === null ? Math.max(1, own.at(-1)?.[1] ?? 0) : positions(residue, stride, count);
    let at = 0;
    for (const [from, to] of [...own, [wanted, wanted] as Interval]) {
      const until = Math.min(from, wanted);
      if (until > at) holes.push({ first: residue + stride * at, stride, end: residue + stride * (until - 1) + 1 });
      at = Math.max(at, to);
    }
  }
  return holes;
}

/** Are all tests of the one among those of the other? */
export function isWithin(inner: readonly Span[], outer: readonly Span[]): boolean {
  const stride = strideOf([...inner, ...outer]), all = joined(classesOf(outer, stride));
  return [...joined(classesOf(inner, stride))].every(([residue, intervals]) =>
    intervals.every(([from, to]) => (all.get(residue) ?? []).some((other) => other[0] <= from && to <= other[1])));
}

/** A test that is in both; undefined where there is none. */
export function common(a: readonly Span[], b: readonly Span[]): number | undefined {
  const stride = strideOf([...a, ...b]), other = joined(classesOf(b, stride));
  let least: number | undefined;
  for (const [residue, intervals] of joined(classesOf(a, stride)))
    for (const [from, to] of intervals)
      for (const [start, end] of other.get(residue) ?? []) {
        const at = Math.max(from, start);
        if (at < Math.min(to, end)) least = Math.min(least ?? Number.POSITIVE_INFINITY, residue + stride * at);
      }
  return least;
}

/** How many tests a span holds. */
export const size = ({ first, stride, end }: Span): number => Math.max(0, Math.ceil((end - first) / stride));

/** Is no test in two of them? */
export function areDisjoint(spans: readonly Span[]): boolean {
  const all = joined(classesOf(spans, strideOf(spans)));
  const together = [...all.values()].flat().reduce((sum, [from, to]) => sum + to - from, 0);
  return together === spans.reduce((sum, span) => sum + size(span), 0);
}

/** `test 7`, `tests 3, 7, 11, .. 99` */
export function spanText(span: Span): string {
  const { first, stride } = span, many = size(span), last = first + stride * (many - 1);
  if (many === 1) return `test ${first}`;
  if (stride === 1) return `tests ${first} to ${last}`;
  return many <= 3 ? `tests ${Array.from({ length: many }, (_, i) => first + stride * i).join(', ')}` : `tests ${first}, ${first + stride}, .. ${last}`;
}

function strideOf(spans: readonly Span[]): number {
  const stride = commonStride(spans);
  if (stride === undefined) throw new RangeError(`strides without a common multiple up to ${STRIDE_MAX}`);
  return stride;
}

/** How many numbers below `end` leave the residue. */
const positions = (residue: number, stride: number, end: number): number => Math.max(0, Math.ceil((end - residue) / stride));

function classesOf(spans: readonly Span[], stride: number): Classes {
  const classes = new Map<number, Interval[]>();
  for (const span of spans)
    for (let start = span.first; start < Math.min(span.end, span.first + stride); start += span.stride) {
      const residue = start % stride, from = (start - residue) / stride;
      classes.set(residue, [...(classes.get(residue) ?? []), [from, positions(residue, stride, span.end)]]);
    }
  return classes;
}

/** Intervals that meet or touch become one. */
function joined(classes: Classes): Classes {
  return new Map([...classes].map(([residue, intervals]) => {
    const whole: [number, number][] = [];
    for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
      const last = whole.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else whole.push([from, to]);
    }
    return [residue, whole];
  }));
}
