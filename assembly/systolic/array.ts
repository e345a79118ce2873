//! array: one systolic array in linear memory: its sizes, its arithmetic, where its registers and its edges lie.
import { profile } from '../encoding';
import { HEAP } from '../memory';

const ARRAY: usize = memory.data(128, 8);

/** Arithmetic of the PEs. */
export const INTEGER: u32 = 0;
export const CHAIN: u32 = 1;
/** Integers of 8 bits, 16 PEs at a time. */
export const BYTES: u32 = 2;

/**
 * What an array is. Registers are planes [rows][stride] of one element size each: `w s a` (values of integers, codes of floats), `p` (the
 * partial sum), `l ls f v` (flags: a byte each, of BYTES a bit, 16 columns in two bytes).
 */
export namespace array {
  @inline export function rows(): u32 { return load<u32>(ARRAY); }
  @inline export function columns(): u32 { return load<u32>(ARRAY, 4); }
  /** Columns of a plane: of BYTES a multiple of 16. */
  @inline export function stride(): u32 { return load<u32>(ARRAY, 8); }
  @inline export function kind(): u32 { return load<u32>(ARRAY, 12); }
  /** Bits after which a partial sum of integers wraps; 0: never. */
  @inline export function psumBits(): u32 { return load<u32>(ARRAY, 16); }
  /** Format rows of floats. */
  @inline export function activation(): usize { return load<u32>(ARRAY, 20); }
  @inline export function weight(): usize { return load<u32>(ARRAY, 24); }
  @inline export function accumulator(): usize { return load<u32>(ARRAY, 28); }
  @inline export function daz(): u32 { return load<u32>(ARRAY, 32); }
  @inline export function ftz(): u32 { return load<u32>(ARRAY, 36); }
  /** The next clock edge, from 0 on. */
  @inline export function edge(): u32 { return load<u32>(ARRAY, 40); }
  @inline export function setEdge(value: u32): void { store<u32>(ARRAY, value, 40); }

  // Planes.
  @inline export function w(): usize { return load<u32>(ARRAY, 44); }
  @inline export function s(): usize { return load<u32>(ARRAY, 48); }
  @inline export function a(): usize { return load<u32>(ARRAY, 52); }
  @inline export function p(): usize { return load<u32>(ARRAY, 56); }
  @inline export function l(): usize { return load<u32>(ARRAY, 60); }
  @inline export function ls(): usize { return load<u32>(ARRAY, 64); }
  @inline export function f(): usize { return load<u32>(ARRAY, 68); }
  @inline export function v(): usize { return load<u32>(ARRAY, 72); }

  // Edges. What enters at the left: vector e - r at row r of edge e; `rows` empty ones lie before vector 0.
  /** Vectors [..][rows] of activations, and a byte beside each: bit 0 valid, bit 1 first. */
  @inline export function left(): usize { return load<u32>(ARRAY, 76); }
  @inline export function leftFlags(): usize { return load<u32>(ARRAY, 80); }
  /** What enters p at the top: vectors [..][columns] of i64, vector e - c at column c; `columns` empty ones lie before vector 0. */
  @inline export function top(): usize { return load<u32>(ARRAY, 84); }
  /** For each edge the row of weights that enters at the top, from 1 on; 0: none, and nothing is loaded. */
  @inline export function loads(): usize { return load<u32>(ARRAY, 88); }
  /** Rows of weights [..][stride], and their live flags. */
  @inline export function weights(): usize { return load<u32>(ARRAY, 92); }
  @inline export function live(): usize { return load<u32>(ARRAY, 96); }
  /** For each edge the registers p of the lowest row after it. */
  @inline export function bottom(): usize { return load<u32>(ARRAY, 100); }
  /** Every register of every PE as i64, plane by plane in the order w s l ls a f v p, where `capture` leaves them. */
  @inline export function frame(): usize { return load<u32>(ARRAY, 104); }
}

/** Bytes of a value in a plane of w, s and a, and of one of p. */
@inline export function valueBytes(): u32 { return array.kind() == BYTES ? 1 : 4; }
@inline export function sumBytes(): u32 { return array.kind() == BYTES ? 4 : 8; }
/** Bytes of a row of flags. */
@inline export function flagBytes(): u32 { return array.kind() == BYTES ? array.stride() >>> 3 : array.stride(); }

/** Says what the PEs compute: of floats the dtypes, of integers `psumBits`. */
export function setArithmetic(kind: u32, psumBits: u32, activation: u32, weight: u32, accumulator: u32, daz: u32, ftz: u32): void {
  store<u32>(ARRAY, kind, 12);
  store<u32>(ARRAY, psumBits, 16);
  store<u32>(ARRAY, <u32>profile.formats(activation), 20);
  store<u32>(ARRAY, <u32>profile.formats(weight), 24);
  store<u32>(ARRAY, <u32>profile.formats(accumulator), 28);
  store<u32>(ARRAY, daz, 32);
  store<u32>(ARRAY, ftz, 36);
}

/** Lays out registers and edges for so many clock edges; gives the end of what they take, which the host makes room for. */
export function layOut(rows: u32, columns: u32, edges: u32, weightRows: u32): usize {
  const stride = array.kind() == BYTES ? (columns + 15) & ~15 : columns;
  store<u32>(ARRAY, rows, 0);
  store<u32>(ARRAY, columns, 4);
  store<u32>(ARRAY, stride, 8);
  let at = HEAP;
  const values = rows * stride * valueBytes(), flags = rows * flagBytes();
  at = take(at, 44, values);
  at = take(at, 48, values);
  at = take(at, 52, values);
  at = take(at, 56, rows * stride * sumBytes());
  at = take(at, 60, flags);
  at = take(at, 64, flags);
  at = take(at, 68, flags);
  at = take(at, 72, flags);
  at = take(at, 76, (rows + edges) * rows * valueBytes());
  at = take(at, 80, (rows + edges) * rows);
  at = take(at, 84, array.kind() == BYTES ? 0 : (columns + edges) * columns << 3);
  at = take(at, 88, edges << 2);
  at = take(at, 92, weightRows * stride * valueBytes());
  at = take(at, 96, weightRows * flagBytes());
  at = take(at, 100, edges * stride * sumBytes());
  return take(at, 104, rows * columns << 6);
}

/** Power-on: every register and every edge is 0. */
export function clear(): void {
  memory.fill(array.w(), 0, array.frame() - array.w());
  array.setEdge(0);
}

/** 16-aligned, since vectors of 16 bytes are read there, and 64 bytes apart, since whole ones are read at the end of a row. */
function take(at: usize, field: usize, bytes: u32): usize {
  store<u32>(ARRAY + field, <u32>at);
  return (at + <usize>bytes + 79) & ~15;
}
