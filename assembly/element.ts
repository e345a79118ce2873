//! element: element codes in linear memory, with their format rows and numeric modes read by field.

import {
  EVENT_ALWAYS, EVENT_DIVIDE_BY_ZERO, EVENT_FLUSHED, EVENT_INDEX, EVENT_INEXACT, EVENT_INVALID, EVENT_LOST, EVENT_NAN, EVENT_OVERFLOW, EVENT_SATURATED,
  EVENT_UNDERFLOW, FEATURE_FULL_COUNTERS, format, mode as numeric, profile,
} from './encoding';

export { format, mode as numeric } from './encoding';

/** Rounds to nearest even, keeps subnormals and Inf: what the f32 instructions of WASM do. */
@inline export function isPlain(mode: usize): bool { return (numeric.round(mode) | numeric.fsat(mode) | numeric.daz(mode) | numeric.ftz(mode)) == 0; }

// Events of one element, ORed together until cleared.
export const SATURATED: u32 = 1 << EVENT_SATURATED;
export const OVERFLOW: u32 = 1 << EVENT_OVERFLOW;
export const NOT_A_NUMBER: u32 = 1 << EVENT_NAN;
export const INDEX: u32 = 1 << EVENT_INDEX;
export const INVALID: u32 = 1 << EVENT_INVALID;
export const DIVIDE_BY_ZERO: u32 = 1 << EVENT_DIVIDE_BY_ZERO;
export const UNDERFLOW: u32 = 1 << EVENT_UNDERFLOW;
export const INEXACT: u32 = 1 << EVENT_INEXACT;
export const FLUSHED: u32 = 1 << EVENT_FLUSHED;
export const LOST: u32 = 1 << EVENT_LOST;
const ALWAYS: u32 = (1 << EVENT_ALWAYS) - 1;

const EVENTS: usize = memory.data(4, 4);

@inline export function events(): u32 { return load<u32>(EVENTS); }
@inline export function setEvents(value: u32): void { store<u32>(EVENTS, value); }
/** Whether the machine counts more than the first kinds: what only those others ask for need not be found out without. */
@inline export function countsAll(): bool { return ((profile.features(0) >>> FEATURE_FULL_COUNTERS) & 1) != 0; }
/** The events of an element that the machine counts. */
@inline export function counted(raised: u32): u32 { return countsAll() ? raised : raised & ALWAYS; }
@apart export function raise(event: u32): void { store<u32>(EVENTS, load<u32>(EVENTS) | event); }

// Kinds of rows: two's complement or unsigned; sign, exponent, fraction; two's complement with a binary point; a bare exponent.
export const INTEGER: u32 = 1;
export const FLOAT: u32 = 2;
export const FIXED: u32 = 3;
export const SCALE: u32 = 4;

/** Whether a row is of the class of floats: all but the integers are. */
@inline export function isFloat(row: usize): bool { return format.kind(row) != INTEGER; }

/** Whether a row is fp32, the format of the host's f32: kind, width, sign, exponent, fraction. */
@inline export function isFp32(row: usize): bool { return load<u32>(row) == 0x08012002 && format.fractionBits(row) == 23; }

/** The value of an integer code. */
@inline export function integerOf(row: usize, code: u64): i64 {
  const unused = <u64>(64 - format.bits(row));
  return format.signed(row) ? <i64>(code << unused) >> unused : <i64>((code << unused) >>> unused);
}

/** Reads the element of 4 bits at a bit address of linear memory. */
@inline export function readNibble(bitAddress: u64): u64 { return (load<u8>(<usize>(bitAddress >>> 3)) >>> <u8>(bitAddress & 4)) & 15; }

/** Writes one; the other half of its byte stays. */
@inline export function writeNibble(bitAddress: u64, code: u64): void {
  const at = <usize>(bitAddress >>> 3), shift = <u32>(bitAddress & 4);
  store<u8>(at, (<u32>load<u8>(at) & ~(<u32>15 << shift)) | ((<u32>code & 15) << shift));
}

/** Reads the element of 4, 8, 16, 32 or 64 bits at a bit address of linear memory. */
@apart export function readElement(bitAddress: u64, width: u32): u64 { return readHere(bitAddress, width); }

/** Writes an element; one of 4 bits keeps the other half of its byte. */
@apart export function writeElement(bitAddress: u64, width: u32, code: u64): void { writeHere(bitAddress, width, code); }

// The same where they stand, for loops that do nothing else.
@inline export function readHere(bitAddress: u64, width: u32): u64 {
  const at = <usize>(bitAddress >>> 3);
  switch (width) {
    case 4: return readNibble(bitAddress);
    case 8: return load<u8>(at);
    case 16: return load<u16>(at);
    case 32: return load<u32>(at);
    default: return load<u64>(at);
  }
}

@inline export function writeHere(bitAddress: u64, width: u32, code: u64): void {
  const at = <usize>(bitAddress >>> 3);
  switch (width) {
    case 4: writeNibble(bitAddress, code); return;
    case 8: store<u8>(at, code); return;
    case 16: store<u16>(at, code); return;
    case 32: store<u32>(at, code); return;
    default: store<u64>(at, code);
  }
}
