//! aligned: fused windows by 64-bit integers, one column at a time: significands multiplied, shifted to the window and summed.
import { dot } from './encoding';
import { isFiniteCode, plusZero, readAccumulator, roundedSum, widened, writeAccumulator } from './accumulator';
import { dotElement } from './dot';
import { LOST, raise } from './element';
import { plan } from './multiply';
import { plus } from './scalar-chain';
import { leastExponentOf } from './terms';

const FUSED: u32 = 4, IN_WINDOW: u32 = 2, DOWN: u32 = 2;
/** The exponent of a zero. */
const NONE: i32 = -16384;

/**
 * Whether a kernel's steps go this way: windows of any width, of numbers alone. A product of significands of 24 bits lies 46 places below
 * its raw exponent and the window has at most 44, so that each term is shifted right.
 */
export function isAligned(at: usize): bool {
  const kernel = plan.kernel(at);
  return dot.kind(kernel) == FUSED && dot.order(kernel) == 0 && dot.zero(kernel) != 0 && dot.daz(kernel) == 0 && plan.block(at) == 0;
}

/** Bytes of the parts of a number: a signed significand, and the raw exponent that lies 23 places above its last one. */
const PART: usize = 8;

function listParts(to: usize, from: usize, numbers: usize, least: i32, most: i32): void {
  for (let i: usize = 0; i < numbers; i++) {
    const bits = load<u32>(from + (i << 2)), field = <i32>((bits >>> 23) & 255), at = to + i * PART;
    const own = max(field, 1) - 127, raw = min(max(own, least), most);
    const digits = <i32>((bits & 0x7f_ffff) | (field ? 0x80_0000 : 0)), placed = raw >= own ? digits >> (raw - own)
      : digits << (own - raw);
    store<i32>(at, bits >>> 31 ? -placed : placed);
    store<i32>(at, digits ? raw : NONE, 4);
  }
}

/** Rows of a tile of finite numbers by all columns of finite weights; `room` has place for the parts of a row and of a panel. */
export function alignedRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize, room: usize): void {
  const depth = <usize>plan.depth(at), columns = plan.columns(at), bytes = plan.accumulatorBytes(at), weights = room + depth * PART;
  for (let column: u32 = 0; column < columns; column += 16) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * (depth << 6), width = min<u32>(16, columns - column);
    listParts(weights, panel, depth << 4, plan.wLeast(at), plan.wMost(at));
    for (let row: usize = 0; row < <usize>rows; row++) {
      const a = tile + row * (depth << 2), to = acc + <usize>(<isize>row * stride) + <usize>column * bytes;
      listParts(room, a, depth, plan.aLeast(at), plan.aMost(at));
      for (let i: usize = 0; i < <usize>width; i++) {
        if (!element(at, room, weights + i * PART, to + i * bytes)) dotElement(at, a, 4, panel + (i << 2), to + i * bytes);
      }
    }
  }
}

/** One accumulator; false where it is an Inf or a NaN, or becomes one on the way. */
function element(at: usize, a: usize, w: usize, to: usize): bool {
  const kernel = plan.kernel(at), row = plan.accumulator(at), old = plan.adds(at) ? readAccumulator(row, to) : 0;
  const least = leastExponentOf(row), fractionBits = <i32>dot.fractionBits(kernel), down = dot.align(kernel) == DOWN;
  const joins = dot.join(kernel) == IN_WINDOW, group = dot.group(kernel), ending = a + <usize>plan.depth(at) * PART;
  let code = joins ? old : 0, x = a, y = w, lost: i64 = 0;
  if (!isFiniteCode(row, old)) return false;
  while (x < ending) {
    const bits = widened(row, code), field = <i32>((bits >>> 23) & 255), digits = <i64>((bits & 0x7f_ffff) | (field ? 0x80_0000 : 0));
    const own = max(field, 1) - 127, end = min(ending, x + <usize>group * PART);
    let greatest = digits ? max(own, least) : i32.MIN_VALUE >> 1;
    for (let i = x, j = y; i < end; i += PART, j += 16 * PART) greatest = max(greatest, load<i32>(i, 4) + load<i32>(j, 4));
    greatest = max(greatest, dot.floor(kernel));
    const running = <i64>(bits >>> 31 ? -digits : digits) << 23, cut = <i64>min(63, greatest - fractionBits - own + 46), below = ((<i64>1) << cut) - 1;
    lost |= running & below;
    let sum = (down ? running : running + ((running >> 63) & below)) >> cut;
    const above = greatest - fractionBits + 46;
    if (down) {
      for (; x < end; x += PART, y += 16 * PART) {
        const product = <i64>load<i32>(x) * <i64>load<i32>(y), places = <i64>min(63, above - load<i32>(x, 4) - load<i32>(y, 4));
        lost |= product & (((<i64>1) << places) - 1);
        sum += product >> places;
      }
    } else {
      for (; x < end; x += PART, y += 16 * PART) {
        const product = <i64>load<i32>(x) * <i64>load<i32>(y), places = <i64>min(63, above - load<i32>(x, 4) - load<i32>(y, 4));
        const digits = ((<i64>1) << places) - 1;
        lost |= product & digits;
        sum += (product + ((product >> 63) & digits)) >> places;
      }
    }
    code = plusZero(row, roundedSum(row, sum, greatest - fractionBits, dot.round(kernel), dot.keep(kernel), dot.ftz(kernel), false));
    if (!isFiniteCode(row, code)) return false;
  }
  if (!joins) {
    code = plus(at, code, old, 0, 0, dot.ftz(kernel));
    if (!isFiniteCode(row, code)) return false;
  }
  if (lost != 0) raise(LOST);
  writeAccumulator(row, to, code, false);
  return true;
}
