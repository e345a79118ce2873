//! lut: functions by a table in memory, direct or interpolated in integers.
import { LUT, format, operand, retirement } from './encoding';
import { integerOf, readElement, writeElement } from './element';
import { propagateKnown } from './pages';
import { closeRow, formatOf, nextRow, openRows, operandAt, originOf, rowAddress, rowLength, rowStep } from './rows';

const DIRECT8: u32 = 0;
const LINEAR32: u32 = 1;
const LINEAR16: u32 = 2;

/** D = the entry of B under the code of A, or the value between two entries. */
export function lutTensor(at: usize): void {
  const dRecord = operandAt(at, 0), aRecord = operandAt(at, 1), bRecord = operandAt(at, 2), form = LUT.form(retirement.wordsAt(at));
  const a = formatOf(aRecord), b = formatOf(bRecord), width = format.width(formatOf(dRecord)), linear = form == LINEAR32 || form == LINEAR16;
  if (!openRows(dRecord, aRecord, 0, 0, false)) return;
  propagateKnown(dRecord, aRecord, 0, 0);
  const columns = rowLength(), mask = ((<u32>1) << format.bits(a)) - 1;
  const table = <usize>(originOf(bRecord) >>> 3), bytes = form == DIRECT8 && width == 8 && mask == 0xff && operand.strides(bRecord, 0) == 1;
  do {
    if (bytes && rowStep(0) == 8 && rowStep(1) == 8) {
      const to = <usize>(rowAddress(0) >>> 3), from = <usize>(rowAddress(1) >>> 3);
      for (let i: usize = 0; i < <usize>columns; i++) store<u8>(to + i, load<u8>(table + <usize>load<u8>(from + i)));
      continue;
    }
    for (let column: u32 = 0; column < columns; column++) {
      const code = readElement(rowAddress(1) + column * rowStep(1), format.width(a));
      let result: u64;
      if (linear) {
        const moved = <u32>(<i32>integerOf(a, code) + 32768), index = moved >>> 7, fraction = <i32>(moved & 127);
        const low = <i32>integerOf(b, entry(bRecord, b, index)), slope = <i32>integerOf(b, entry(bRecord, b, index + 1)) - low;
        result = <u64><u32>(form == LINEAR32 ? (low << 7) + slope * fraction : low + ((slope * fraction + 64) >> 7));
      } else {
        result = entry(bRecord, b, <u32>code & mask);
      }
      writeElement(rowAddress(0) + column * rowStep(0), width, result);
    }
    closeRow(width, rowAddress(0), columns);
  } while (nextRow());
}

@inline function entry(bRecord: usize, b: usize, index: u32): u64 {
  return readElement(originOf(bRecord) + <u64>(<i64>index * <i64>operand.strides(bRecord, 0) * <i64>format.width(b)), format.width(b));
}
