//! systolic: a systolic array, clock edge by clock edge, as its host sees it.
import { profile } from './encoding';
import { array, BYTES, clear as clearArray, flagBytes, layOut, setArithmetic, sumBytes, valueBytes } from './systolic/array';
import { fillMasks, stepBytes } from './systolic/bytes';
import { addBehind, startOf as startCode } from './systolic/element';
import { stepOutputs } from './systolic/stationary-outputs';
import { stepWeights } from './systolic/stationary-weights';

export { HEAP, PROFILE } from './memory';
export { layOut, setArithmetic };

/** Power-on: all registers 0, nothing enters. */
export function clear(): void {
  fillMasks();
  clearArray();
}

// Where the host lays down what enters, and finds what leaves: systolic/array.ts.
export function leftAt(): usize { return array.left() + <usize>(array.rows() * array.rows() * valueBytes()); }
export function leftFlagsAt(): usize { return array.leftFlags() + <usize>(array.rows() * array.rows()); }
export function topAt(): usize { return array.top(); }
export function loadsAt(): usize { return array.loads(); }
export function weightsAt(): usize { return array.weights(); }
export function liveAt(): usize { return array.live(); }
export function bottomAt(): usize { return array.bottom(); }
export function frameAt(): usize { return array.frame(); }
export function strideOf(): u32 { return array.stride(); }

/** `count` clock edges; weights stay, or (`outputs`) sums do. */
export function run(count: u32, outputs: bool): void {
  const bytes = <usize>(array.stride() * sumBytes()), last = array.p() + <usize>(array.rows() - 1) * bytes, end = array.edge() + count;
  let bottom = array.bottom() + <usize>array.edge() * bytes;
  for (let edge = array.edge(); edge < end; edge++) {
    if (outputs) stepOutputs(edge);
    else if (array.kind() == BYTES) stepBytes(edge);
    else stepWeights(edge);
    memory.copy(bottom, last, bytes);
    bottom += bytes;
  }
  array.setEdge(end);
}

/** Every register as i64 at `frame`: w s l ls a f v p, each [rows][columns]. */
export function capture(): void {
  let to = array.frame();
  to = values(to, array.w());
  to = values(to, array.s());
  to = flags(to, array.l());
  to = flags(to, array.ls());
  to = values(to, array.a());
  to = flags(to, array.f());
  to = flags(to, array.v());
  for (let r: u32 = 0; r < array.rows(); r++) {
    for (let c: u32 = 0; c < array.columns(); c++, to += 8) {
      const at = array.p() + <usize>((r * array.stride() + c) * sumBytes());
      store<i64>(to, array.kind() == BYTES ? <i64>load<i32>(at) : load<i64>(at));
    }
  }
}

function values(from: usize, plane: usize): usize {
  let to = from;
  for (let r: u32 = 0; r < array.rows(); r++) {
    for (let c: u32 = 0; c < array.columns(); c++, to += 8) {
      const at = plane + <usize>((r * array.stride() + c) * valueBytes());
      store<i64>(to, array.kind() == BYTES ? <i64>load<i8>(at) : <i64>load<i32>(at));
    }
  }
  return to;
}

function flags(from: usize, plane: usize): usize {
  let to = from;
  for (let r: u32 = 0; r < array.rows(); r++) {
    for (let c: u32 = 0; c < array.columns(); c++, to += 8) {
      const row = plane + <usize>(r * flagBytes());
      store<i64>(to, array.kind() == BYTES ? <i64>(load<u8>(row + <usize>(c >>> 3)) >>> (c & 7) & 1) : <i64>load<u8>(row + <usize>c));
    }
  }
  return to;
}

/** The code of an accumulator after a partial sum is added to it, isat 0 wrapped or 1 saturated. */
export function add(accumulator: u32, c: u64, p: i64, isat: u32): u64 { return addBehind(profile.formats(accumulator), c, p, isat); }
/** The code that a chain begins with where C is one. */
export function startOf(accumulator: u32, c: u64, daz: u32): u64 { return startCode(profile.formats(accumulator), c, daz); }
/** The end of the compiler's static data, which must lie below the profile. */
export function staticEnd(): usize { return __heap_base; }
