//! rules-sequencer: the predicates of scalar instructions: targets, stacks, counts, mode words, registers of the host's window.
import { CALL_DEPTH, COUNTER_COUNT, loop, LOOP_DEPTH, NUMERIC_CSR, NUMERIC_MORE_CSR, state } from './encoding';

/** The second operand of scalar instructions, modulo 2^32. */
@inline function y(register: u32, imm: i32): u32 { return register + <u32>imm; }

export function targetInside(register: u32, imm: i32): bool { return y(register, imm) < state.instructionCount(); }
export function blockInside(register: u32, imm: i32): bool { return <u64>y(register, imm) + 64 <= <u64>state.imageBytes(); }
export function blockAligned(register: u32, imm: i32): bool { return (y(register, imm) & 63) == 0; }
export function callFree(): bool { return state.callDepth() < CALL_DEPTH; }
export function callOpen(): bool { return state.callDepth() != 0; }
export function loopFree(): bool { return state.loopDepth() < LOOP_DEPTH; }
export function loopOpen(): bool { return innermost() != 0; }
export function noLoopOpen(): bool { return innermost() == 0; }
export function bodyNotEmpty(length: u32): bool { return length != 0; }
export function staysInLoop(register: u32, imm: i32): bool {
  const open = innermost(), target = y(register, imm);
  return open == 0 || (target >= loop.start(open) && target <= loop.end(open));
}
export function stepsOfLoop(ra: u32, rb: u32, incA: i32, incB: i32): bool {
  if (ra == 0) return incA == 0 && (rb != 0 || incB == 0);
  return ra != rb && (rb != 0 || incB == 0);
}
export function unitsOnly(units: u32): bool { return (units & ~<u32>0x3e) == 0; }
export function below(value: u32, limit: u32): bool { return value < limit; }
export function tokenCount(register: u32, imm: i32): bool { return y(register, imm) <= 0xffff; }

/** The innermost loop that was begun in the current call; 0 if there is none. */
@apart export function innermost(): usize {
  const depth = state.loopDepth();
  if (!depth) return 0;
  const top = state.loops(depth - 1);
  return loop.depth(top) == state.callDepth() ? top : 0;
}

/** Defined bits of the eight mode words; some two- and three-bit fields have fewer values than patterns. */
export function modeWordLegal(field: u32, register: u32, imm: i32): bool {
  const value = y(register, imm);
  switch (field) {
    case 0: return value <= 0x1ffff && ((value >>> 5) & 3) != 3 && ((value >>> 7) & 3) != 3;
    case 1: return value <= 0xff && (value & 7) < 6 && ((value >>> 3) & 7) != 7;
    case 3: return value <= 0xffff;
    default: return true;
  }
}

export function csrReadable(offset: u32): bool {
  if (offset & 3) return false;
  if ((offset >= NUMERIC_CSR && offset < 0x600) || (offset >= NUMERIC_MORE_CSR && offset < 0x800)) return (offset & 15) < 8;
  return offset < 0x40 || (offset >= 0x60 && offset < 0x70) || (offset >= 0x600 && offset < 0x600 + 8 * COUNTER_COUNT);
}
export function csrWritable(offset: u32): bool { return (offset & 3) == 0 && offset >= 0x60 && offset < 0x70; }
