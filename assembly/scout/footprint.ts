//! footprint: the bytes that an operand of a record touches, as the fewest runs; the same ones as model/sanitizer/footprint.ts finds.
import { operand, RANK_MAX } from '../encoding';

/** Axes that are left, ascending by step: how many elements, bits from one to the next, and where the run stands. */
const DIMS: usize = memory.data(8 * 4, 8);
const STEPS: usize = memory.data(8 * 8, 8);
const INDEX: usize = memory.data(8 * 4, 8);
let axes: u32 = 0;
/** Bit address of the run, and its length in bits. */
let bit: i64 = 0;
let run: i64 = 0;

@inline export function low(): u32 { return <u32>(bit >> 3); }
@inline export function high(): u32 { return <u32>((bit + run + 7) >> 3); }

/** The operand, `width` bits an element; false where it has none. */
export function open(at: usize, width: i64): bool {
  const rank = min<u32>(operand.rank(at), RANK_MAX);
  let count: u32 = 0, from = operand.address(at), length = width;
  for (let axis: u32 = 0; axis < rank; axis++) {
    const dim = operand.dims(at, axis);
    if (!dim) return false;
    const stride = <i64>operand.strides(at, axis) * width;
    if (dim == 1 || !stride) continue;
    if (stride < 0) from += <i64>(dim - 1) * stride;
    const step = abs(stride);
    let to = count++;
    for (; to && load<i64>(STEPS + (<usize>(to - 1) << 3)) > step; to--) put(to, load<u32>(DIMS + (<usize>(to - 1) << 2)), load<i64>(STEPS + (<usize>(to - 1) << 3)));
    put(to, dim, step);
  }
  // A step no longer than the run goes on where it ends, or inside it.
  let inner: u32 = 0;
  for (; inner < count; inner++) {
    const step = load<i64>(STEPS + (<usize>inner << 3));
    if (step > length) break;
    length += <i64>(load<u32>(DIMS + (<usize>inner << 2)) - 1) * step;
  }
  axes = count - inner;
  for (let axis: u32 = 0; axis < axes; axis++) {
    if (inner) put(axis, load<u32>(DIMS + (<usize>(axis + inner) << 2)), load<i64>(STEPS + (<usize>(axis + inner) << 3)));
    store<u32>(INDEX + (<usize>axis << 2), 0);
  }
  bit = from;
  run = length;
  return true;
}
@inline function put(axis: u32, dim: u32, step: i64): void {
  store<u32>(DIMS + (<usize>axis << 2), dim);
  store<i64>(STEPS + (<usize>axis << 3), step);
}

@inline export function next(): bool { return axes != 0 && another(); }
function another(): bool {
  for (let axis: u32 = 0; axis < axes; axis++) {
    const index = load<u32>(INDEX + (<usize>axis << 2)) + 1, dim = load<u32>(DIMS + (<usize>axis << 2)), step = load<i64>(STEPS + (<usize>axis << 3));
    if (index < dim) {
      store<u32>(INDEX + (<usize>axis << 2), index);
      bit += step;
      return true;
    }
    bit -= <i64>(dim - 1) * step;
    store<u32>(INDEX + (<usize>axis << 2), 0);
  }
  return false;
}
