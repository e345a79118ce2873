//! drain: accumulators out through the epilogue; the common fixed-point case goes down the columns, a channel's constants in hand.
import { EVENT_SATURATED, control, format, mode as numeric, operand, retirement } from './encoding';
import { isFloat, writeElement } from './element';
import { epilogueTensor } from './epilogue';
import { lastDim, width } from './extent';
import { maxInteger, minInteger } from './float';
import { propagateKnown, spaceAt } from './pages';
import { epilogue } from './requantise';
import { formatOf, operandAt, originOf, settle } from './rows';
import { WALK_BYTES, next, open, walk } from './walk';

const FIXED: u32 = 1;
const NEAREST_EVEN: u32 = 0;
const HALF_AWAY: u32 = 4;
const HALF_UP: u32 = 5;
const WALK: usize = memory.data(WALK_BYTES, 8);

/** D = A with bias, scale, residual, activation, zero point and clamp; `activation` 0 none, 1 relu, 2 leaky. */
export function drainTensor(at: usize, activation: u32): void {
  if (!goesDown(at, activation)) {
    epilogueTensor(at, activation, false);
    return;
  }
  const d = operandAt(at, 0), a = operandAt(at, 1), columns = lastDim(d), rank = operand.rank(d);
  const dBytes = <isize>width(d) >> 3, dStep = <isize>operand.strides(d, rank - 1) * dBytes;
  propagateKnown(d, a, 0, 0);
  open(WALK, 0, rank - 1, false, d, a, 0, 0);
  const to = spaceAt(operand.space(d)), from = spaceAt(operand.space(a)), rows = walk.length(WALK);
  const toStep = <isize>(walk.step(WALK, 0) >> 3), fromStep = <isize>(walk.step(WALK, 1) >> 3);
  do {
    const target = to + <usize>(walk.address(WALK, 0) >> 3), source = from + <usize>(walk.address(WALK, 1) >> 3);
    for (let column: u32 = 0; column < columns; column++) {
      const first = target + <usize>(<isize>column * dStep), code = source + (<usize>column << 2);
      const whole = dBytes == 1 ? down<u8>(at, activation, column, first, toStep, code, fromStep, rows)
        : down<u16>(at, activation, column, first, toStep, code, fromStep, rows);
      if (!whole) oneByOne(at, activation, column, first, toStep, code, fromStep, rows);
    }
  } while (next(WALK));
}

/** s32 to 8 or 16 bits by a table, scale `fixed` to nearest, right shifts of 1 to 62, no residual. */
function goesDown(at: usize, activation: u32): bool {
  const d = operandAt(at, 0), a = operandAt(at, 1), b = operandAt(at, 2), mode = retirement.modeAt(at), x = formatOf(a), y = formatOf(d);
  const round = numeric.round(mode);
  if (!b || operandAt(at, 3) || activation > 1 || isFloat(x) || isFloat(y) || format.width(x) != 32 || format.signed(x) == 0) return false;
  if (format.width(y) != 8 && format.width(y) != 16) return false;
  if (numeric.scale(mode) != FIXED || (round != NEAREST_EVEN && round != HALF_AWAY && round != HALF_UP)) return false;
  if (operand.strides(b, 1) != 1) return false;
  for (let column: u32 = 0; column < lastDim(d); column++) {
    const right = 31 - <i32>load<i8>(tableRow(b, column), 8);
    if (right < 1 || right > 62) return false;
  }
  return true;
}

@inline function tableRow(b: usize, column: u32): usize {
  return <usize>(originOf(b) >>> 3) + <usize>((<isize>column * <isize>operand.strides(b, 0)) << 2);
}

/** One channel of `rows` rows; false, and nothing done, when its bias or its bounds are out of the ordinary. */
function down<T>(at: usize, activation: u32, column: u32, to: usize, toStep: isize, from: usize, fromStep: isize, rows: u32): bool {
  const mode = retirement.modeAt(at), words = tableRow(operandAt(at, 2), column), y = formatOf(operandAt(at, 0));
  const bias = <i64>load<i32>(words), clamps = numeric.clamp(mode) != 0, isat = numeric.isat(mode) != 0;
  if (bias < -0x4000_0000 || bias > 0x4000_0000) return false;          // else product and half stay within 63 bits
  let bottom = i64.MIN_VALUE, top = i64.MAX_VALUE;
  if (clamps) {
    bottom = <i64>numeric.lo(mode);
    top = <i64>numeric.hi(mode);
    if (isat && (bottom < minInteger(y) || top > maxInteger(y) || bottom > top)) return false;
  } else if (isat) {
    bottom = minInteger(y);
    top = maxInteger(y);
  }
  const zpo = <i64>numeric.zpo(mode), floor = activation == 1 ? zpo : i64.MIN_VALUE;
  const multiplier = <i64>load<i32>(words, 4), right = <i64>(31 - <i32>load<i8>(words, 8)), round = numeric.round(mode);
  // Nearest: half up; half away takes 1 from what is negative; half to even adds 1 to what is odd.
  const half = ((<i64>1) << (right - 1)) - <i64>(round == NEAREST_EVEN);
  let target = to, source = from, cut: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    const product = (<i64>load<i32>(source) + bias) * multiplier;
    let sum = product + half;
    if (round != HALF_UP) sum += round == HALF_AWAY ? product >> 63 : (product >> right) & 1;
    const value = max((sum >> right) + zpo, floor), kept = min(max(value, bottom), top);
    cut += <u32>(kept != value);
    store<T>(target, <T>kept);
    target += <usize>toStep;
    source += <usize>fromStep;
  }
  if (isat && !clamps && cut) control.setEvents(EVENT_SATURATED, control.events(EVENT_SATURATED) + cut);
  return true;
}

/** The same channel by the one body of all conventions. */
function oneByOne(at: usize, activation: u32, column: u32, to: usize, toStep: isize, from: usize, fromStep: isize, rows: u32): void {
  const y = formatOf(operandAt(at, 0)), x = formatOf(operandAt(at, 1)), mode = retirement.modeAt(at);
  const words = tableRow(operandAt(at, 2), column);
  for (let row: u32 = 0; row < rows; row++) {
    const code = load<u32>(from + <usize>(<isize>row * fromStep));
    const result = epilogue(y, x, code, mode, activation, words, 0, 0, false, false);
    writeElement(<u64>(to + <usize>(<isize>row * toStep)) << 3, format.width(y), result);
    settle();
  }
}
