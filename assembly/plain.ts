//! plain: one look at each operand of an instruction, whose answer for most of them stands for all rules that ask about an operand alone.
import { control, DIM_MAX, ELEMENT_MAX, format, LANE_PLAIN, operand, profile, retirement, ROLE_NONE, ROLE_READ, ROLE_WRITE, SPACE_DRAM, state, UNIT_COUNT } from './encoding';
import { descriptorAt, noteExtent, setNoted } from './extent';
import { firstProtected, spaceBytes } from './regions';

/** Bits of the first word of a descriptor that are no dtype, space or rank. */
const REST_OF_TYPE: u32 = 0xffff_c000;

/**
 * Do all operands that are there keep the rules that model/emit/assemblyscript.ts lists as plain? What is rarer than that, an operand that is padded or has no
 * elements among it, is asked rule by rule, so that the first broken one is found. Most instructions met once are plain (measured, bench/works/fuzz.ts).
 */
export function plain(at: usize, unit: u32): bool {
  if ((control.lanes() & LANE_PLAIN) == 0) return false;
  const count = retirement.operandCount(at);
  for (let position: u32 = 0; position < count; position++) {
    const t = retirement.operands(at, position);
    if (operand.role(t) != ROLE_NONE && !isPlain(t, unit)) return false;
  }
  setNoted(true);
  return true;
}

/** Its descriptor says nothing unusual, its elements lie apart where it is written, and its hull where it may be. */
function isPlain(t: usize, unit: u32): bool {
  const words = descriptorAt(operand.t(t)), row = profile.formats(operand.dtype(t)), bits = format.width(row), role = operand.role(t);
  const rank = operand.rank(t), space = operand.space(t), address = operand.address(t), written = (role & ROLE_WRITE) != 0, halves = written && bits == 4;
  if (format.kind(row) == 0 || format.present(row) == 0 || rank - 1 > 4 || space - SPACE_DRAM > 2) return false;
  if ((load<u32>(words) & REST_OF_TYPE) | (load<u32>(words, 8) >>> 16) | load<u32>(words, 52) | load<u32>(words, 56)) return false;
  if (bits < 32 && load<u32>(words, 60) >>> bits != 0) return false;
  if (halves && ((address & 7) != 0 || (operand.dims(t, rank - 1) > 1 && operand.strides(t, rank - 1) != 1))) return false;
  for (let axis = rank; axis < 5; axis++) if (load<u32>(words + (<usize>axis << 2), 12) | load<u32>(words + (<usize>axis << 2), 32)) return false;
  let count: i64 = 1, reach: i64 = 0, above: i64 = 0, below: i64 = 0, apart = true;
  for (let axis = <i32>rank - 1; axis >= 0; axis--) {
    const dim = <i64>operand.dims(t, axis), stride = <i64>operand.strides(t, axis), further = abs(stride), last = (dim - 1) * further;
    count *= dim;
    if (load<u32>(words + (<usize>axis << 2), 12) > DIM_MAX || <u64>(count - 1) >= <u64>ELEMENT_MAX) return false;
    if (dim > 1) {
      // Behind all that lies inside; where axes do not follow each other so, their strides have to be sorted. Rows of halves take whole bytes.
      apart = apart && further > reach && !(halves && reach && stride & 1);
      reach += last;
      if (stride < 0) below += last; else above += last;
    }
    if (halves) reach |= 1;
  }
  if (written && !apart) return false;
  const low = (address - below * <i64>bits) >> 3, high = (address + (above + 1) * <i64>bits + 7) >>> 3, granule = <i64>profile.granules(<usize>(space * UNIT_COUNT + unit));
  if ((load<u32>(words, 4) & (max<u32>(bits >>> 3, 1) - 1)) != 0 || (granule > 1 && (address >> 3) % granule != 0)) return false;
  if (low < 0) return false;
  noteExtent(t, count, low, high);
  if (space != SPACE_DRAM) return high <= spaceBytes(space);
  return ((role & ROLE_READ) == 0 || firstProtected(low, high, false) < 0) && (!written || firstProtected(low, high, true) < 0);
}
