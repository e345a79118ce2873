//! notes: what is kept of an instruction of a unit that was captured and checked: its record, and a note for each operand.
import { TALLY_BYTES } from './act';
import { DESCRIPTOR_WORDS, MODE_WORDS, OPERAND_MAX, RETIREMENT_BYTES, SLOT_BYTES } from './encoding';
import { KEPT_BYTES } from './kept';

const NOTE_BYTES: usize = 144;
export const DESCRIPTOR_BYTES: usize = <usize>DESCRIPTOR_WORDS << 2, MODE_BYTES: usize = <usize>MODE_WORDS << 2;
/**
 * An instruction: its closed record, what it adds to the counters, and a note for each operand that is there, none of them empty. It holds while its descriptors,
 * its mode and the shape promised for its slot are those that it was checked under: as long as no version of them has changed, or where they are alike; offset
 * registers may move its operands.
 */
export namespace prepared {
  const AT: usize = (RETIREMENT_BYTES + 7) & ~7;
  @inline export function pc(at: usize): u32 { return load<u32>(at, AT); }
  @inline export function setPc(at: usize, value: u32): void { store<u32>(at, value, AT); }
  @inline export function settings(at: usize): u32 { return load<u32>(at, AT + 4); }
  @inline export function setSettings(at: usize, value: u32): void { store<u32>(at, value, AT + 4); }
  /** Operands that are there. */
  @inline export function count(at: usize): u32 { return load<u32>(at, AT + 8); }
  @inline export function setCount(at: usize, value: u32): void { store<u32>(at, value, AT + 8); }
  /** What is kept of its kernel's geometry: kept.ts. */
  @inline export function kept(at: usize): u32 { return load<u32>(at, AT + 12); }
  @inline export function setKept(at: usize, value: u32): void { store<u32>(at, value, AT + 12); }
  /** Under which number of forgettings all bytes of its operands were found known, and 1; 0: never. They stay so while the operands stay in their rooms. */
  @inline export function known(at: usize): u32 { return load<u32>(at, AT + 16); }
  @inline export function setKnown(at: usize, value: u32): void { store<u32>(at, value, AT + 16); }
  /** Does one of them write where another one lies, in the same space? */
  @inline export function meets(at: usize): bool { return load<u32>(at, AT + 20) != 0; }
  @inline export function setMeets(at: usize, value: bool): void { store<u32>(at, <u32>value, AT + 20); }
  /** The same instruction as it was prepared under other descriptors, mode or slot; 0: none. */
  @inline export function next(at: usize): usize { return <usize>load<u32>(at, AT + 24); }
  @inline export function setNext(at: usize, to: usize): void { store<u32>(at, <u32>to, AT + 24); }
  @inline export function tallyAt(at: usize): usize { return at + AT + 32; }
  /** The words of its mode, and the shape promised for the slot that it multiplies by, as they were when it was checked. */
  @inline export function modeAt(at: usize): usize { return tallyAt(at) + TALLY_BYTES; }
  @inline export function slotAt(at: usize): usize { return modeAt(at) + MODE_BYTES; }
  @inline export function notes(at: usize, i: usize): usize { return slotAt(at) + SLOT_BYTES + i * NOTE_BYTES; }
  @inline export function geometryAt(at: usize): usize { return notes(at, OPERAND_MAX); }
  export const BYTES: usize = AT + 32 + TALLY_BYTES + MODE_BYTES + SLOT_BYTES + <usize>OPERAND_MAX * NOTE_BYTES + KEPT_BYTES;
}
/** An operand: its place in the record, the descriptor and its version, the offset register (as a byte offset); bytes of its hull. */
export namespace note {
  @inline export function operand(at: usize): usize { return <usize>load<u32>(at); }
  @inline export function version(at: usize): u32 { return load<u32>(at, 4); }
  @inline export function setVersion(at: usize, value: u32): void { store<u32>(at, value, 4); }
  @inline export function descriptor(at: usize): u32 { return load<u32>(at, 8); }
  @inline export function register(at: usize): usize { return <usize>load<u32>(at, 12); }
  /** What the register held the last time, and when the record was checked as a whole. */
  @inline export function value(at: usize): u32 { return load<u32>(at, 16); }
  @inline export function setValue(at: usize, value: u32): void { store<u32>(at, value, 16); }
  @inline export function first(at: usize): u32 { return load<u32>(at, 20); }
  @inline export function bytes(at: usize): i64 { return <i64>load<u16>(at, 24); }
  @inline export function space(at: usize): u32 { return load<u8>(at, 26); }
  @inline export function role(at: usize): u32 { return load<u8>(at, 27); }
  /** Bytes by which the register has moved it since. */
  @inline export function moved(at: usize): i64 { return load<i64>(at, 32); }
  @inline export function setMoved(at: usize, value: i64): void { store<i64>(at, value, 32); }
  @inline export function low(at: usize): i64 { return load<i64>(at, 40) + moved(at); }
  @inline export function high(at: usize): i64 { return load<i64>(at, 48) + moved(at); }
  @inline export function address(at: usize): i64 { return load<i64>(at, 56) + (moved(at) << 3); }
  /** Where its hull and its first element lay then. */
  @inline export function firstLow(at: usize): i64 { return load<i64>(at, 40); }
  @inline export function firstHigh(at: usize): i64 { return load<i64>(at, 48); }
  @inline export function firstAddress(at: usize): i64 { return load<i64>(at, 56); }
  /** Its room: where its hull may lie without another look at the rules and the known bits. */
  @inline export function least(at: usize): i64 { return load<i64>(at, 64); }
  @inline export function most(at: usize): i64 { return load<i64>(at, 72); }
  @inline export function roomAt(at: usize): usize { return at + 64; }
  /** The words of the descriptor. */
  @inline export function wordsAt(at: usize): usize { return at + 80; }
}
