//! unpack: the four ways to decompress while loading, element by element in row-major order.
import { product } from './arithmetic';
import { UNPACK, format, mode as numeric, operand, retirement } from './encoding';
import { integerOf, isFloat, readElement, readNibble, writeElement } from './element';
import { width as widthOf } from './extent';
import { LEFT, RIGHT, unpack, unpackInteger } from './float';
import { elementKnown, markElement, markOperand, operandKnown, propagateKnown } from './pages';
import { isStochastic, turnTo } from './philox';
import { closeRow, flatOffset, formatOf, nextRow, openRows, operandAt, originOf, rowAddress, rowLength, rowStep, settle, spaceAddress } from './rows';

const PALETTE: u32 = 0;
const SCALE: u32 = 1;
const EXPAND: u32 = 2;
const PACKED_BITS: u32 = 6;

export function unpackTensor(at: usize): void {
  const words = retirement.wordsAt(at), form = UNPACK.form(words);
  if (form == SCALE) scaleCodes(at);
  else if (form == EXPAND) expand(at);
  else streamed(at, form == PALETTE ? UNPACK.bits(words) : PACKED_BITS, form == PALETTE);
}

/** Codes of a stream of bytes, low bits first: themselves, or the entries of B that they name. */
function streamed(at: usize, bits: u32, palette: bool): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), width = widthOf(dRecord);
  openRows(dRecord, 0, 0, 0, true);
  const columns = rowLength(), known = operandKnown(aRecord) && (!palette || operandKnown(bRecord));
  if (known) markOperand(dRecord, true);
  let element: u64 = 0;
  do {
    for (let column: u32 = 0; column < columns; column++, element++) {
      const first = element * <u64>bits, place = <i64>(first >>> 3), last = <i64>((first + <u64>bits - 1) >>> 3);
      const pair = byteAt(aRecord, place) | (last > place ? byteAt(aRecord, last) << 8 : 0);
      const code = (pair >>> (<u32>first & 7)) & ((<u32>1 << bits) - 1);
      const entry = palette ? <u64>(<i64>code * <i64>operand.strides(bRecord, 0) * <i64>width) : 0;
      if (!known) {
        const both = byteKnown(aRecord, place) && byteKnown(aRecord, last)
          && (!palette || elementKnown(operand.space(bRecord), operand.address(bRecord) + <i64>entry, width));
        markElement(operand.space(dRecord), spaceAddress(0) + <i64>column * <i64>rowStep(0), width, both);
      }
      writeElement(rowAddress(0) + column * rowStep(0), width, palette ? readElement(originOf(bRecord) + entry, width) : code);
    }
    closeRow(width, rowAddress(0), columns);
  } while (nextRow());
}

@inline function byteAt(a: usize, place: i64): u32 { return <u32>readElement(originOf(a) + <u64>(place * <i64>operand.strides(a, 0) << 3), 8); }
@inline function byteKnown(a: usize, place: i64): bool {
  return elementKnown(operand.space(a), operand.address(a) + (place * <i64>operand.strides(a, 0) << 3), 8);
}

/** (code - zero point) x scale, rounded once. */
function scaleCodes(at: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), mode = retirement.modeAt(at);
  const d = formatOf(dRecord), a = formatOf(aRecord), b = formatOf(bRecord), zpa = <i64>numeric.zpa(mode), daz = numeric.daz(mode);
  openRows(dRecord, aRecord, bRecord, 0, false);
  propagateKnown(dRecord, aRecord, bRecord, 0);
  const columns = rowLength(), stochastic = isStochastic(mode);
  let element: u64 = 0;
  do {
    for (let column: u32 = 0; column < columns; column++) {
      if (stochastic) turnTo(mode, element++);
      const code = readElement(rowAddress(1) + column * rowStep(1), format.width(a));
      if (isFloat(a)) unpack(LEFT, a, code, daz);
      else unpackInteger(LEFT, integerOf(a, code) - zpa);
      unpack(RIGHT, b, readElement(rowAddress(2) + column * rowStep(2), format.width(b)), daz);
      writeElement(rowAddress(0) + column * rowStep(0), format.width(d), product(d, mode));
      settle();
    }
    closeRow(format.width(d), rowAddress(0), columns);
  } while (nextRow());
}

/** 2:4 along the flattened leading dims: the metadata B says where in each four the two of A stand; the others are 0. */
function expand(at: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), width = widthOf(dRecord);
  openRows(dRecord, 0, 0, 0, true);
  const columns = rowLength(), known = operandKnown(aRecord) && operandKnown(bRecord);
  if (known) markOperand(dRecord, true);
  const aStep = <i64>operand.strides(aRecord, operand.rank(aRecord) - 1) * <i64>width, bStep = <i64>operand.strides(bRecord, operand.rank(bRecord) - 1) << 2;
  let k: u32 = 0;
  do {
    const pair = (k >>> 2) << 1;
    const positions = <i64>flatOffset(bRecord, 0, operand.rank(bRecord) - 1, k >>> 2);
    const one = <i64>flatOffset(aRecord, 0, operand.rank(aRecord) - 1, pair), two = <i64>flatOffset(aRecord, 0, operand.rank(aRecord) - 1, pair + 1);
    for (let column: u32 = 0; column < columns; column++) {
      const b = positions + <i64>column * bStep, metadata = <u32>readNibble(originOf(bRecord) + <u64>b), place = k & 3;
      const second = metadata >>> 2 == place, stored = second || (metadata & 3) == place;
      const a = (second ? two : one) + <i64>column * aStep;
      if (!known) {
        const both = elementKnown(operand.space(bRecord), operand.address(bRecord) + b, 4)
          && (!stored || elementKnown(operand.space(aRecord), operand.address(aRecord) + a, width));
        markElement(operand.space(dRecord), spaceAddress(0) + <i64>column * <i64>rowStep(0), width, both);
      }
      writeElement(rowAddress(0) + column * rowStep(0), width, stored ? readElement(originOf(aRecord) + <u64>a, width) : 0);
    }
    closeRow(width, rowAddress(0), columns);
    k++;
  } while (nextRow());
}
