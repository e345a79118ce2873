//! decoded: what each program word is to the burst lane, found out at its first execution and kept as long as the program is the same.
import { legalALU, legalCMP, legalFENCE, legalJUMP, legalLOOP, legalNOP, legalNSET, legalPOST, legalTCOPY, legalTLOAD, legalTSET, legalWAIT } from './checks';
import {
  ALU, CMP, control, DECODED_BYTES, DECODED_WORDS, FENCE, head, JUMP, LOOP, NSET, OP_ALU, OP_CMP, OP_FENCE, OP_JUMP, OP_LOOP, OP_NOP, OP_NSET, OP_POST, OP_TCOPY, OP_TLOAD, OP_TSET, OP_WAIT, POST, RULED, state, TLOAD, TSET, UNIT_DMI, UNIT_VPU, UNITS,
} from './encoding';
import { bodyNotEmpty, stepsOfLoop, unitsOnly } from './rules-sequencer';

// Forms. Not executed by the lane: a word that is new; one that it does not know; a unit's instruction, not met yet, or met once
// and worth being prepared.
export const NEW: u32 = 0, SLOW: u32 = 1, MET: u32 = 2, KEPT: u32 = 3;
/** Executed; those of `alu` and `cmp` are followed by their operations. Up to DO_FENCE they have effects, and behind it none: opcodes that are INNER. */
export const PREPARED: u32 = 4, DO_SIGNAL: u32 = 5, DO_FENCE: u32 = 6, DO_TSET: u32 = 7, DO_TCOPY: u32 = 8, DO_NSET: u32 = 9, DO_LOOP: u32 = 10, DO_TLOAD: u32 = 11;
export const DO_NOTHING: u32 = 12, DO_JUMP: u32 = 13, DO_ALU: u32 = 14, DO_CMP: u32 = 31;

/** Head bits beyond opcode and predicate: interrupt and trace; and all of them, with tokens and the mode, which only units read. */
const HEAD_SIGNALS: u32 = 0x300_0000;
/** Rules that are looked at before the predicate is. */
export const RULES_EARLY: u32 = 1;
export const HEAD_REST: u32 = ~<u32>0xfff;

/** A word: its form; registers as byte offsets; the immediate; of a unit's instruction, where it is prepared. */
export namespace decoded {
  @inline export function form(at: usize): u32 { return load<u8>(at); }
  @inline export function setForm(at: usize, form: u32): void { store<u8>(at, <u8>form); }
  @inline export function to(at: usize): usize { return <usize>load<u8>(at, 2); }
  @inline export function first(at: usize): usize { return <usize>load<u8>(at, 3); }
  @inline export function second(at: usize): usize { return <usize>load<u8>(at, 4); }
  /** Of `guards` the bit that lets it go. */
  @inline export function mask(at: usize): u32 { return load<u16>(at, 6); }
  @inline export function immediate(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function prepared(at: usize): usize { return <usize>load<u32>(at, 12); }
  @inline export function setPrepared(at: usize, to: usize): void { store<u32>(at, <u32>to, 12); }
}

/** All decoded words of the image, or the first that there is room for. */
@apart export function decodedCount(): u32 { return min(state.instructionCount(), DECODED_WORDS); }
@inline export function decodedAt(pc: u32): usize { return <usize>control.decoded() + <usize>pc * DECODED_BYTES; }

/** Bits 0 to 7 the predicates, 8 to 15 their opposites. */
@inline export function guards(): u32 { return state.predicates() | (~state.predicates() & 0xff) << 8; }

/** Of a word what its registers hold: that of the last operand, the operand with its number, and the operand before it. */
@inline export function captured(at: usize): u32 { return load<u32>(decoded.second(at), state.registersAt()); }
@inline export function second(at: usize): u32 { return captured(at) + decoded.immediate(at); }
@inline export function first(at: usize): u32 { return load<u32>(decoded.first(at), state.registersAt()); }

/** Finds out the form of an instruction, unless it is known, and keeps it at `at`. */
export function decode(words: usize, at: usize, known: u32): u32 {
  if (known) return known;
  const op = head.opcode(words), form = formOf(op, words);
  decoded.setForm(at, form);
  store<u16>(at, <u16>(<u32>1 << (head.predicate(words) | head.negate(words) << 3)), 6);
  if (form >= DO_CMP) fields(at, CMP.pd(words), CMP.rs1(words), CMP.rs2(words), CMP.imm(words));
  else if (form >= DO_ALU) fields(at, ALU.rd(words) << 2, ALU.rs1(words), ALU.rs2(words), ALU.imm(words));
  else if (form == DO_JUMP) last(at, JUMP.rs2(words), JUMP.imm(words));
  else if (form == DO_TSET) last(at, TSET.rs2(words), TSET.imm(words));
  else if (form == DO_TLOAD) last(at, TLOAD.rs2(words), TLOAD.imm(words));
  else if (form == DO_NSET) last(at, NSET.rs2(words), NSET.imm(words));
  else if (form == DO_SIGNAL) last(at, POST.rs2(words), POST.imm(words));
  else if (form == DO_LOOP) last(at, LOOP.rs1(words), <i32>LOOP.count(words));
  return form;
}
@inline function fields(at: usize, to: u32, first: u32, second: u32, immediate: i32): void {
  store<u8>(at, <u8>to, 2);
  store<u8>(at, <u8>(first << 2), 3);
  last(at, second, immediate);
}
/** What all of them have: the register and the number whose sum is the last operand. */
@inline function last(at: usize, second: u32, immediate: i32): void {
  store<u8>(at, <u8>(second << 2), 4);
  store<u32>(at, <u32>immediate, 8);
}

function formOf(op: u32, words: usize): u32 {
  const first = load<u32>(words), unit = <u32>load<u8>(UNITS + <usize>op);
  if (unit >= UNIT_DMI && unit <= UNIT_VPU) return first & HEAD_SIGNALS || load<u8>(RULED + <usize>op) & RULES_EARLY ? SLOW : MET;
  if (first & HEAD_REST) return SLOW;
  switch (op) {
    case OP_ALU: return legalALU(words) ? DO_ALU + ALU.op(words) : SLOW;
    case OP_CMP: return legalCMP(words) ? DO_CMP + CMP.op(words) : SLOW;
    case OP_JUMP: return legalJUMP(words) ? DO_JUMP : SLOW;
    case OP_TSET: return legalTSET(words) ? DO_TSET : SLOW;
    case OP_TLOAD: return legalTLOAD(words) ? DO_TLOAD : SLOW;
    case OP_TCOPY: return legalTCOPY(words) ? DO_TCOPY : SLOW;
    case OP_NSET: return legalNSET(words) ? DO_NSET : SLOW;
    case OP_LOOP: return legalLOOP(words) && bodyNotEmpty(LOOP.length(words)) && stepsOfLoop(LOOP.ra(words), LOOP.rb(words), LOOP.incA(words), LOOP.incB(words)) ? DO_LOOP : SLOW;
    case OP_POST: return legalPOST(words) ? DO_SIGNAL : SLOW;
    case OP_WAIT: return legalWAIT(words) ? DO_SIGNAL : SLOW;           // its fields are those of `post`
    case OP_FENCE: return legalFENCE(words) && unitsOnly(FENCE.units(words)) ? DO_FENCE : SLOW;   // the lane goes with idle units
    case OP_NOP: return legalNOP(words) ? DO_NOTHING : SLOW;
    default: return SLOW;
  }
}
