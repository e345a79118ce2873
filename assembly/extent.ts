//! extent: what a closed operand covers: elements, bytes, hull, products of dims; and where its descriptor lies.
import { DESCRIPTOR_WORDS, format, operand, profile, RETIREMENT_BYTES, state } from './encoding';
import { CLOSED } from './memory';

/** Of operands of CLOSED that one look has found plain: elements and hull, as far behind these places as the operand lies behind CLOSED. */
const NOTES: usize = memory.data(424, 8), NOTED: usize = memory.data(8, 8);
@inline function noted(at: usize): bool { return at - CLOSED < RETIREMENT_BYTES && load<u32>(NOTED) != 0; }
@inline export function noteExtent(at: usize, elements: i64, low: i64, high: i64): void {
  store<i64>(at - CLOSED + NOTES, elements);
  store<i64>(at - CLOSED + NOTES, low, 8);
  store<i64>(at - CLOSED + NOTES, high, 16);
}
/** Are they those of the record that lies there now? */
@inline export function setNoted(are: bool): void { store<u32>(NOTED, <u32>are); }

/** Bits of an element in memory; 0 when the dtype code names no format: every code has a row in the table, that of most is empty. */
@inline export function widthOf(dtype: u32): u32 { return format.width(profile.formats(dtype)); }
@inline export function width(at: usize): u32 { return widthOf(operand.dtype(at)); }

/** Where the words of descriptor t lie. */
@inline export function descriptorAt(t: u32): usize { return state.tensorsAt() + (<usize>(t * DESCRIPTOR_WORDS) << 2); }

// The rules ask about dims once the operand is described, with 1 to 5 axes: what is read of one that is not changes nothing.
@inline export function lastDim(at: usize): u32 { return operand.dims(at, operand.rank(at) - 1); }
export function empty(at: usize): bool {
  if (noted(at)) return false;
  const rank = operand.rank(at);
  for (let axis: u32 = 0; axis < rank; axis++) if (!operand.dims(at, axis)) return true;
  return false;
}

/** Elements of an operand that the rules have passed: fewer than 2^31. */
export function elements(at: usize): i64 {
  if (noted(at)) return load<i64>(at - CLOSED + NOTES);
  const rank = operand.rank(at);
  let count: i64 = 1;
  for (let axis: u32 = 0; axis < rank; axis++) count *= <i64>operand.dims(at, axis);
  return count;
}

/** Product of the dims `from` to `to`, or `limit` + 1 when it exceeds that; dims are below 2^24, limit below 2^32. */
export function productAtMost(at: usize, from: u32, to: u32, limit: i64): i64 {
  let count: i64 = 1, zero = false;
  for (let axis = from; axis < to; axis++) {
    const dim = <i64>operand.dims(at, axis);
    if (!dim) zero = true;
    else if (count <= limit) count *= dim;
  }
  return zero ? 0 : count <= limit ? count : limit + 1;
}

// A product of four dims has up to 96 bits: `high` x 2^40 + `low`.
const LOW_BITS: i64 = 40;
/** Are two products of at most four dims below 2^24 equal? */
export function sameProduct(a: usize, aFrom: u32, aTo: u32, b: usize, bFrom: u32, bTo: u32): bool {
  let high: i64 = 0, low: i64 = 1, otherHigh: i64 = 0, otherLow: i64 = 1;
  for (let axis = aFrom; axis < aTo; axis++) {
    const part = <u64>low * <u64>operand.dims(a, axis);
    high = high * <i64>operand.dims(a, axis) + <i64>(part >> LOW_BITS);
    low = <i64>(part & ((1 << LOW_BITS) - 1));
  }
  for (let axis = bFrom; axis < bTo; axis++) {
    const part = <u64>otherLow * <u64>operand.dims(b, axis);
    otherHigh = otherHigh * <i64>operand.dims(b, axis) + <i64>(part >> LOW_BITS);
    otherLow = <i64>(part & ((1 << LOW_BITS) - 1));
  }
  return high == otherHigh && low == otherLow;
}

/** Lowest byte of the hull of a non-empty operand. */
export function low(at: usize): i64 {
  if (noted(at)) return load<i64>(at - CLOSED + NOTES, 8);
  const rank = operand.rank(at), bits = <i64>width(at);
  let address = operand.address(at);
  for (let axis: u32 = 0; axis < rank; axis++) {
    const stride = <i64>operand.strides(at, axis);
    if (stride < 0) address += (<i64>operand.dims(at, axis) - 1) * stride * bits;
  }
  return address >> 3;
}

/** The byte behind the highest one of the hull of a non-empty operand. */
export function high(at: usize): i64 {
  if (noted(at)) return load<i64>(at - CLOSED + NOTES, 16);
  const rank = operand.rank(at), bits = <i64>width(at);
  let address = operand.address(at) + bits;
  for (let axis: u32 = 0; axis < rank; axis++) {
    const stride = <i64>operand.strides(at, axis);
    if (stride > 0) address += (<i64>operand.dims(at, axis) - 1) * stride * bits;
  }
  return (address + 7) >>> 3;
}
