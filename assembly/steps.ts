//! steps: one step of each fused kernel: products and a running value aligned at a window, summed as integers, rounded once.
import { dot, format } from './encoding';
import { KEEP_ALL, negativeZero, plusZero, roundedSum, special, widened } from './accumulator';
import { LOST, raise } from './element';
import { plan } from './multiply';
import {
  ALL, EVEN, ODD, SEEN_SPECIAL, TERMS, TERM_BYTES, addRunning, aligned, alignedSum, bound, clearScales, clearSeen, greatestRaw, greatestScale, leastExponentOf,
  listProducts, seen, term,
} from './terms';

/** Directions as the record has them. */
const TOWARD_ZERO: u32 = 1, DOWN: u32 = 2;

/** The running value after the products of an interval that belong to the step. */
export function fusedStep(at: usize, kernel: usize, a: usize, step: usize, w: usize, from: u32, to: u32, which: u32, running: u32): u32 {
  const row = plan.accumulator(at), daz = dot.daz(kernel);
  clearSeen();
  let end = addRunning(TERMS, widened(row, running), leastExponentOf(row));
  end = listProducts(at, a, step, w, from, to, which, end, daz);
  if (seen() & SEEN_SPECIAL) return special(row, seen());
  const unit = max(greatestRaw(TERMS, end), dot.floor(kernel)) - <i32>dot.fractionBits(kernel);
  const sum = end == TERMS ? 0 : alignedSum(TERMS, end, unit, dot.align(kernel) == DOWN);
  const ieee = dot.zero(kernel) == 0;
  const code = roundedSum(row, sum, unit, dot.round(kernel), dot.keep(kernel), dot.ftz(kernel), negativeZero(ieee, seen()));
  return ieee ? code : plusZero(row, code);
}

/** The same where the running value joins the sum of the products, behind their window (CDNA3). */
export function afterSumStep(at: usize, kernel: usize, a: usize, step: usize, w: usize, from: u32, to: u32, running: u32): u32 {
  const row = plan.accumulator(at), fractionBits = <i32>dot.fractionBits(kernel), two = dot.lanes(kernel) == 2;
  clearSeen();
  const products = addRunning(TERMS, widened(row, running), leastExponentOf(row));
  const middle = listProducts(at, a, step, w, from, to, two ? EVEN : ALL, products, 0);
  const end = two ? listProducts(at, a, step, w, from, to, ODD, middle, 0) : middle;
  bound(products, end, format.bias(row));
  if (seen() & SEEN_SPECIAL) return special(row, seen());
  if (end == TERMS) return 0;

  const greatest = greatestRaw(products, end), top = greatestRaw(TERMS, end), some = end != products;
  const summed = some ? greatest - fractionBits : 0, unit = top - <i32>dot.sumBits(kernel), other = top - <i32>dot.accumulatorBits(kernel);
  let sum: i64 = 0;
  if (some) {
    sum = laneSum(products, middle, fractionBits, summed);
    if (two) sum += laneSum(middle, end, fractionBits, summed);
    sum = aligned(sum, summed, unit, true);
  }
  if (products != TERMS && top - term.raw(TERMS) > reach(kernel)) raise(LOST);
  else if (products != TERMS) {
    sum += aligned(term.value(TERMS), term.unit(TERMS), other, true) << <i64>(other - unit);
  }
  return roundedSum(row, sum, unit, 0, KEEP_ALL, 0, false);
}

/** One lane's products, cut at their own window and then, downward, at the common one. */
function laneSum(from: usize, end: usize, fractionBits: i32, unit: i32): i64 {
  if (from == end) return 0;
  const own = greatestRaw(from, end) - fractionBits;
  return aligned(alignedSum(from, end, own, false), own, unit, true);
}

@inline function reach(kernel: usize): i32 { return dot.reach(kernel) == 255 ? i32.MAX_VALUE : <i32>dot.reach(kernel); }

/** The same where neighbours are summed exactly before they are aligned (tcgen05, formats of 4 bits). */
export function blocksStep(at: usize, kernel: usize, a: usize, step: usize, w: usize, from: u32, to: u32, running: u32): u32 {
  const row = plan.accumulator(at), fractionBits = <i32>dot.fractionBits(kernel), carryBits = <i32>dot.carryBits(kernel);
  clearSeen();
  clearScales();
  const products = addRunning(TERMS, widened(row, running), leastExponentOf(row));
  const whole = listProducts(at, a, step, w, from, to, ALL, products, 0);
  if (seen() & SEEN_SPECIAL) return special(row, seen());
  if (whole == TERMS) return 0;

  const own = products == TERMS ? i32.MIN_VALUE : term.raw(TERMS), greatest = greatestRaw(products, whole), dominates = own >= greatest;
  let unit = dominates ? own - fractionBits : greatest - carryBits - fractionBits;
  if (!dominates) {
    unit = max(unit, (plan.block(at) ? greatestScale() : 0) - fractionBits);
    if (products != TERMS) unit = max(unit, own - carryBits - fractionBits);
  }
  unit = max(unit, dot.floor(kernel) - fractionBits);

  const size = dominates ? dot.exactGroupUnderC(kernel) : dot.exactGroup(kernel);
  let sum = products == TERMS ? 0 : aligned(term.value(TERMS), term.unit(TERMS), unit, false);
  for (let first = from; first < to; first += size) {
    const end = listProducts(at, a, step, w, first, min(to, first + size), ALL, products, 0);
    if (end == products) continue;
    let lowest = i32.MAX_VALUE;
    for (let one = products; one < end; one += TERM_BYTES) lowest = min(lowest, shorten(one));
    let group = alignedSum(products, end, lowest, false);
    if (products != TERMS && greatestRaw(products, end) <= own) {
      const cut = max(lowest, own - fractionBits);
      group = aligned(group, lowest, cut, false);
      lowest = cut;
    }
    sum += aligned(group, lowest, unit, false);
  }
  return plusZero(row, roundedSum(row, sum, unit, TOWARD_ZERO, KEEP_ALL, 0, false));
}

/** Brings a term to its last one; its unit then. */
function shorten(at: usize): i32 {
  const zeros = ctz<i64>(term.value(at));
  term.set(at, term.value(at) >> zeros, term.unit(at) + <i32>zeros, term.raw(at));
  return term.unit(at);
}
