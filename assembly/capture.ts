//! capture: by value, what an instruction reads of the sequencer's state when it is dispatched.
import { DESCRIPTOR_WORDS, MODE_WORDS, operand, OPERAND_BYTES, RANK_MAX, retirement, state } from './encoding';
import { widthOf } from './extent';

/** The field `round` of word 0, and its value that needs random words. */
const ROUND: u32 = 7, STOCHASTIC: u32 = 7;

export function captureScalar(at: usize, i: usize, register: u32): void {
  retirement.setScalars(at, i, state.registers(register));
}

/** The words of mode n, cut to the fields that the instruction uses: key and stream of what rounds only where it does so stochastically. */
export function captureMode(at: usize, n: u32, m0: u32, m1: u32, m2: u32, m3: u32, m4: u32, m5: u32, m6: u32, m7: u32): void {
  const from = <usize>(n * MODE_WORDS);
  retirement.setMode(at, 0, state.modes(from) & m0);
  retirement.setMode(at, 1, state.modes(from + 1) & m1);
  retirement.setMode(at, 2, state.modes(from + 2) & m2);
  retirement.setMode(at, 3, state.modes(from + 3) & m3);
  retirement.setMode(at, 4, state.modes(from + 4) & m4);
  retirement.setMode(at, 5, state.modes(from + 5) & m5);
  const keyed = (m0 & ROUND) == 0 || (state.modes(from) & ROUND) == STOCHASTIC;
  retirement.setMode(at, 6, keyed ? state.modes(from + 6) & m6 : 0);
  retirement.setMode(at, 7, keyed ? state.modes(from + 7) & m7 : 0);
}

/**
 * The operand of the 24 bits (descriptor, offset register, immediate) to its position in the record; positions come ascending, those
 * that are left out are absent. `single`: only the element at index 0 is looked at.
 */
export function captureOperand(at: usize, position: u32, bits: u32, role: u32, single: bool): void {
  for (let absent = retirement.operandCount(at); absent < position; absent++) memory.fill(retirement.operands(at, absent), 0, OPERAND_BYTES);
  retirement.setOperandCount(at, position + 1);
  const to = retirement.operands(at, position), t = bits & 63, words = <usize>(t * DESCRIPTOR_WORDS), type = state.tensors(words);
  const dtype = type & 0xff, rank = (type >>> 11) & 7, count = rank < RANK_MAX ? rank : RANK_MAX;
  store<u64>(to, 0);
  operand.setSpace(to, (type >>> 8) & 7);
  operand.setDtype(to, dtype);
  operand.setRank(to, rank);
  operand.setRole(to, role);
  operand.setT(to, t);
  const base = <i64>state.tensors(words + 1) | (<i64>(state.tensors(words + 2) & 0xffff) << 32);
  const offset = <i64><i32>state.registers((bits >>> 6) & 31) + <i64>(<i32>(bits << 8) >> 19);
  operand.setAddress(to, base * 8 + <i64>widthOf(dtype) * offset);
  for (let axis: u32 = 0; axis < RANK_MAX; axis++) {
    const dim = state.tensors(words + 3 + axis), present = axis < count;
    operand.setDims(to, axis, !present ? 0 : single && dim ? 1 : dim);
    operand.setStrides(to, axis, present ? <i32>state.tensors(words + 8 + axis) : 0);
  }
  operand.setPadLow(to, state.tensors(words + 13));
  operand.setPadHigh(to, state.tensors(words + 14));
  operand.setFill(to, state.tensors(words + 15));
  operand.setDigest(to, 0);
}
