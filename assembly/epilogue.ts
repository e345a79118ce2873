//! epilogue: the requantisation of a whole tensor, the one body of scale and drain.
import { format, mode as numeric, operand, retirement } from './encoding';
import { isFloat, readElement, writeElement } from './element';
import { maxInteger, minInteger } from './float';
import { epilogue, fitsFast, narrowScale } from './requantise';
import { epilogueByLanes, epilogueLanes } from './epilogue-lanes';
import { propagateKnown } from './pages';
import { isStochastic, turnTo } from './philox';
import { addSaturated, closeRow, formatOf, nextRow, openRows, operandAt, originOf, rowAddress, rowLength, rowStep, settle } from './rows';

const WORDS: usize = memory.data(16, 8);

/** D = A through the epilogue with the table B and the residual C where they are there; `activation` 0 none, 1 relu, 2 leaky. A drain's mode has no zero point of A. */
export function epilogueTensor(at: usize, activation: u32): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), cRecord = operandAt(at, 3);
  const mode = retirement.modeAt(at), d = formatOf(dRecord), x = formatOf(aRecord);
  const hasTable = bRecord != 0, residual = cRecord ? formatOf(cRecord) : 0;
  openRows(dRecord, aRecord, 0, cRecord, hasTable);
  propagateKnown(dRecord, aRecord, cRecord, 0);
  if (ASC_FEATURE_SIMD) {
    if (!isStochastic(mode) && epilogueByLanes(at)) {
      epilogueLanes(at, activation);
      return;
    }
  }
  const columns = rowLength(), stochastic = isStochastic(mode);
  let index: u64 = 0;
  const table = hasTable ? <usize>(originOf(bRecord) >>> 3) : 0;
  const channelBytes = hasTable ? <isize>operand.strides(bRecord, 0) << 2 : 0;
  const wordBytes = hasTable ? <isize>operand.strides(bRecord, 1) << 2 : 4;
  // Where there are lanes, what they leave is seldom: it goes an element at a time.
  const lane = !ASC_FEATURE_SIMD && !stochastic && wordBytes == 4 && !residual && !isFloat(d) && !isFloat(x) && numeric.scale(mode) < 4 && format.width(d) >= 8
    && format.bits(d) == format.width(d) && format.width(d) <= 32 && format.width(x) == 32 && format.signed(x) != 0 && (hasTable || numeric.scale(mode) == 0);
  do {
    if (lane) {
      integerRow(d, x, mode, activation, table, channelBytes, columns, rowAddress(0), rowAddress(1));
    } else {
      let to = rowAddress(0), from = rowAddress(1), beside = rowAddress(3);
      for (let column: u32 = 0; column < columns; column++) {
        if (stochastic) turnTo(mode, index++);
        const words = hasTable ? tableRow(table + <usize>(<isize>column * channelBytes), wordBytes) : 0;
        const r = residual ? readElement(beside, format.width(residual)) : 0;
        writeElement(to, format.width(d), epilogue(d, x, readElement(from, format.width(x)), mode, activation, words, residual, r));
        settle();
        to += rowStep(0);
        from += rowStep(1);
        beside += rowStep(3);
      }
      closeRow(format.width(d), rowAddress(0), columns);
    }
  } while (nextRow());
}

/** Four words of a table row next to each other. */
function tableRow(at: usize, wordBytes: isize): usize {
  if (wordBytes == 4) return at;
  for (let word: isize = 0; word < 4; word++) store<u32>(WORDS + (<usize>word << 2), load<u32>(at + <usize>(word * wordBytes)));
  return WORDS;
}

/** s32 to an integer of 8, 16 or 32 bits without residual: the common conventions get a loop of their own. */
function integerRow(
  d: usize, x: usize, mode: usize, activation: u32, table: usize, channelBytes: isize, columns: u32, to: u64, from: u64,
): void {
  const scale = numeric.scale(mode), round = numeric.round(mode), round2 = numeric.round2(mode);
  if (scale == 2 && round2 == 5 && round == 4) integerLoop(2, 4, 5, d, x, mode, activation, table, channelBytes, columns, to, from);
  else if (scale == 1 && round == 5) integerLoop(1, 5, 0, d, x, mode, activation, table, channelBytes, columns, to, from);
  else integerLoop(scale, round, round2, d, x, mode, activation, table, channelBytes, columns, to, from);
}

@inline function integerLoop(
  scale: u32, round: u32, round2: u32, d: usize, x: usize, mode: usize, activation: u32, table: usize, channelBytes: isize, columns: u32,
  to: u64, from: u64,
): void {
  const width = format.width(d), isat = numeric.isat(mode), zpa = <i64>numeric.zpa(mode), zpo = <i64>numeric.zpo(mode);
  const min = minInteger(d), max = maxInteger(d);
  const clamped = numeric.clamp(mode) != 0;
  const lo = clamped ? <i64>numeric.lo(mode) : i64.MIN_VALUE, hi = clamped ? <i64>numeric.hi(mode) : i64.MAX_VALUE;
  const relu = activation == 1;
  const toStep = <usize>(<i64>rowStep(0) >>> 3), fromStep = <usize>(<i64>rowStep(1) >>> 3);
  let target = <usize>(to >>> 3), source = <usize>(from >>> 3), words = table, cut: u32 = 0;
  for (let column: u32 = 0; column < columns; column++) {
    const code = load<u32>(source);
    const u = <i64><i32>code - zpa + (table ? <i64>load<i32>(words) : 0);
    const multiplier = scale ? <i64>load<i32>(words, 4) : 0, amount = scale ? <i32>load<i8>(words, 8) : 0;
    if (fitsFast(u, scale, amount)) {
      let v = narrowScale(u, scale, multiplier, amount, round, round2);
      if (relu && v < 0) v = 0;
      v += zpo;
      v = v < lo ? lo : v;
      v = v > hi ? hi : v;
      if (isat && (v < min || v > max)) {
        v = v < min ? min : max;
        cut++;
      }
      if (width == 8) store<u8>(target, v);
      else if (width == 16) store<u16>(target, v);
      else store<u32>(target, v);
    } else {
      writeElement(<u64>target << 3, width, epilogue(d, x, code, mode, activation, words, 0, 0));
      settle();
    }
    target += toStep;
    source += fromStep;
    words += <usize>channelBytes;
  }
  addSaturated(cut);
}
