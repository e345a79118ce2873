//! dot: one accumulator element of any float kernel of the matrix unit, by exact integers: what the fast paths must equal.
import { dot, format } from './encoding';
import { KEEP_ALL, negativeZero, plusZero, readAccumulator, special, widened, writeAccumulator } from './accumulator';
import { addLong, clearLong, roundedLong } from './long';
import { INVALID, LOST, events, raise, setEvents } from './element';
import { isSignalling } from './float';
import { plan } from './multiply';
import { chainElement, flushed, plus, treeElement } from './scalar-chain';
import { afterSumStep, blocksStep, fusedStep } from './steps';
import { ALL, HIGH_PAIRS, LOW_PAIRS, SEEN_SPECIAL, TERMS, TERM_BYTES, addRunning, clearSeen, leastExponentOf, listProducts, seen } from './terms';

// Kinds of kernels.
const CHAIN: u32 = 2, TREE: u32 = 3, FUSED: u32 = 4, EXACT: u32 = 5, AFTER_SUM: u32 = 6;
const IN_WINDOW: u32 = 2;

/** Rows of the tile by all columns; accumulator rows `stride` bytes apart. */
export function dotRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize): void {
  const depth = <usize>plan.depth(at), columns = plan.columns(at), block = plan.block(at), scales = plan.wScales(at);
  const scaleBytes = block ? <usize>((plan.depth(at) + block - 1) / block) << 6 : 0;
  for (let row: u32 = 0; row < rows; row++) {
    const from = tile + <usize>row * (depth << 2), to = acc + <usize>(<isize>row * stride);
    for (let column: u32 = 0; column < columns; column += 16) {
      const panel = plan.panels(at) + <usize>(column >>> 4) * (depth << 6), width = min<u32>(16, columns - column);
      plan.setWScales(at, scales + <usize>(column >>> 4) * scaleBytes);
      dotRow(at, from, 4, panel, width, to + <usize>column * plan.accumulatorBytes(at));
    }
  }
  plan.setWScales(at, scales);
}

/** `width` columns of a panel for one row, as chainRow has them; accumulators next to each other. */
export function dotRow(at: usize, row: usize, step: usize, panel: usize, width: u32, acc: usize): void {
  const beside: usize = step == 64 ? 4 : 0, bytes = plan.accumulatorBytes(at), scales = plan.wScales(at);
  for (let i: usize = 0; i < <usize>width; i++) {
    plan.setWScales(at, scales + (i << 2));
    dotElement(at, row + i * beside, step, panel + (i << 2), acc + i * bytes);
  }
  plan.setWScales(at, scales);
}

/** An accumulator element from a row, its elements `step` bytes apart, and a column, 64 bytes apart. */
export function dotElement(at: usize, a: usize, step: usize, w: usize, to: usize): void {
  const kernel = plan.kernel(at), row = plan.accumulator(at), old = plan.adds(at) ? readAccumulator(row, to) : 0;
  let code: u32;
  switch (dot.kind(kernel)) {
    case CHAIN: code = chainElement(at, kernel, a, step, w, old); break;
    case TREE: code = treeElement(at, kernel, a, step, w, old); break;
    case FUSED: code = fusedElement(at, kernel, a, step, w, old); break;
    case EXACT: code = exactElement(at, kernel, a, step, w, old); break;
    default: code = laterElement(at, kernel, a, step, w, old);
  }
  setEvents(events() & LOST);                                           // what inner operations raise is no event of the element
  const magnitude = widened(row, code) & 0x7fff_ffff, before = widened(row, old);
  if (magnitude > 0x7f80_0000 && invalidTerms(at, a, step, w, before)) raise(INVALID);
  const finite = magnitude != 0x7f80_0000 || (isFinite(reinterpret<f32>(before)) && finiteTerms(at, a, step, w));
  writeAccumulator(row, to, code, finite);
}

export function finiteTerms(at: usize, a: usize, step: usize, w: usize): bool {
  for (let k: usize = 0; k < <usize>plan.depth(at); k++) {
    if (!isFinite(load<f32>(a + k * step)) || !isFinite(load<f32>(w + (k << 6)))) return false;
  }
  return true;
}

/** Whether a NaN that came of these is invalid: one of them is a signalling NaN, or none is a NaN and infinities made it. */
export function invalidTerms(at: usize, a: usize, step: usize, w: usize, old: u32): bool {
  if (isSignalling(old)) return true;
  const block = plan.block(at);
  let nan = isNan(old);
  for (let k: u32 = 0; k < plan.depth(at); k++) {
    const x = load<u32>(a + <usize>k * step), y = load<u32>(w + (<usize>k << 6));
    if (isSignalling(x) || isSignalling(y)) return true;
    nan = nan || isNan(x) || isNan(y);
    if (block) {
      const place = <usize>(k / block);
      nan = nan || isNan(load<u32>(plan.aScales(at) + (place << 2))) || isNan(load<u32>(plan.wScales(at) + (place << 6)));
    }
  }
  return !nan;
}
@inline function isNan(bits: u32): bool { return (bits & 0x7fff_ffff) > 0x7f80_0000; }

function fusedElement(at: usize, kernel: usize, a: usize, step: usize, w: usize, old: u32): u32 {
  const depth = plan.depth(at), interleaved = dot.order(kernel) != 0, span = dot.group(kernel) << <u32>interleaved;
  const joins = dot.join(kernel) == IN_WINDOW;
  let running = joins ? flushed(at, old, dot.daz(kernel)) : 0;
  for (let from: u32 = 0; from < depth; from += span) {
    const to = min(depth, from + span);
    running = fusedStep(at, kernel, a, step, w, from, to, interleaved ? LOW_PAIRS : ALL, running);
    if (interleaved && to - from > 2) running = fusedStep(at, kernel, a, step, w, from, to, HIGH_PAIRS, running);
  }
  return joins ? running : plus(at, running, old, 0, dot.daz(kernel), dot.ftz(kernel));
}

function exactElement(at: usize, kernel: usize, a: usize, step: usize, w: usize, old: u32): u32 {
  const depth = plan.depth(at), row = plan.accumulator(at), group = dot.group(kernel) ? dot.group(kernel) : depth;
  const joins = dot.join(kernel) == IN_WINDOW, daz = dot.daz(kernel), ftz = dot.ftz(kernel);
  let running: u32 = joins ? flushed(at, old, daz) : 0;
  for (let from: u32 = 0; from < depth; from += group) {
    const to = min(depth, from + group);
    clearSeen();
    clearLong();
    let end = addRunning(TERMS, widened(row, running), leastExponentOf(row));
    if (end != TERMS) addLong(TERMS);
    for (let first = from; first < to; first += 64) {
      end = listProducts(at, a, step, w, first, min(to, first + 64), ALL, TERMS, daz);
      for (let one = TERMS; one < end; one += TERM_BYTES) addLong(one);
    }
    if (seen() & SEEN_SPECIAL) running = special(row, seen());
    else {
      const zero = negativeZero(dot.zero(kernel) == 0, seen()) ? <u32>1 << (format.width(row) - 1) : 0;
      running = roundedLong(row, dot.round(kernel), KEEP_ALL, ftz, zero);
      if (dot.zero(kernel)) running = plusZero(row, running);
    }
  }
  return joins ? running : plus(at, running, old, 0, daz, ftz);
}

function laterElement(at: usize, kernel: usize, a: usize, step: usize, w: usize, old: u32): u32 {
  const depth = plan.depth(at), group = dot.group(kernel), afterSum = dot.kind(kernel) == AFTER_SUM;
  let running = old;
  for (let from: u32 = 0; from < depth; from += group) {
    const to = min(depth, from + group);
    running = afterSum ? afterSumStep(at, kernel, a, step, w, from, to, running) : blocksStep(at, kernel, a, step, w, from, to, running);
  }
  return running;
}
