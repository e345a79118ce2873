//! tree: trees and flushed chains into fp32 by the host's own additions, which round to nearest even, 16 columns at once.
import { dot } from './encoding';
import { writeAccumulator } from './accumulator';
import { finiteTerms, invalidTerms } from './dot';
import { INVALID, raise } from './element';
import { plan } from './multiply';
import { flushLimit } from './terms';

const CHAIN: u32 = 2, TREE: u32 = 3, LAST_ADD: u32 = 1, NEAREST_EVEN: u32 = 0;
const LEAST: f32 = reinterpret<f32>(0x0080_0000);
/** Places of a tree for 16 columns, and one row of accumulators. */
const LEAVES: usize = memory.data(4096, 16);
const ROW: usize = memory.data(128, 16);

/** Whether every rounding of a kernel is that of an fp32 operation; `exact` tells whether all products are fp32 numbers. */
export function isHostRounded(at: usize, exact: bool): bool {
  const kernel = plan.kernel(at), kind = dot.kind(kernel);
  if (plan.accumulatorBytes(at) != 4 || plan.block(at) != 0 || dot.ftz(kernel) == 2) return false;
  if (kind == CHAIN) return exact;
  return kind == TREE && dot.round(kernel) == NEAREST_EVEN && (exact || dot.products(kernel) != 0);
}

/** Rows of the tile by all columns. */
export function hostRows(at: usize, tile: usize, rows: u32, acc: usize, stride: isize): void {
  const depth = <usize>plan.depth(at), columns = plan.columns(at), tree = dot.kind(plan.kernel(at)) == TREE;
  for (let column: u32 = 0; column < columns; column += 16) {
    const panel = plan.panels(at) + <usize>(column >>> 4) * (depth << 6), width = <usize>min<u32>(16, columns - column);
    for (let row: usize = 0; row < <usize>rows; row++) {
      const a = tile + row * (depth << 2), to = acc + <usize>(<isize>row * stride) + <usize>(column << 2), old = ROW, sums = ROW + 64;
      if (plan.adds(at)) memory.copy(old, to, width << 2);
      else memory.fill(old, 0, 64);
      if (tree) treeBlock(at, a, panel, old, sums);
      else chainBlock(at, a, panel, old, sums);
      for (let i: usize = 0; i < width; i++) {
        const bits = load<u32>(sums + (i << 2)), special = (bits & 0x7f80_0000) == 0x7f80_0000;
        if (special) {
          const nan = (bits & 0x7f_ffff) != 0;
          if (nan && invalidTerms(at, a, 4, panel + (i << 2), load<u32>(old + (i << 2)))) raise(INVALID);
          const finite = isFinite(load<f32>(old + (i << 2))) && finiteTerms(at, a, 4, panel + (i << 2));
          writeAccumulator(plan.accumulator(at), to + (i << 2), bits, finite);
        } else store<u32>(to + (i << 2), bits);
      }
    }
  }
}

/** 2^exponent as fp32, 0 for none: what is smaller is flushed. */
function limitOf(exponent: i32): f32 { return exponent == i32.MIN_VALUE ? 0 : reinterpret<f32>(<u32>(exponent + 127) << 23); }

/** A number, or below the limit a zero: of its sign, or +0. */
@inline function flushed(x: f32, limit: f32, signed: bool): f32 { return abs(x) < limit ? (signed ? copysign<f32>(0, x) : 0) : x; }
@inline function flushedLanes(x: v128, limit: v128, cleared: v128): v128 {
  return v128.andnot(x, v128.and(f32x4.lt(f32x4.abs(x), limit), cleared));
}

/** One row by 16 columns, vector by vector: steps of a tree each; those of halves are powers of two (profile-check.ts). */
function treeBlock(at: usize, a: usize, w: usize, old: usize, sums: usize): void {
  const kernel = plan.kernel(at), depth = plan.depth(at), group = dot.group(kernel), daz = dot.daz(kernel), last = dot.join(kernel) == LAST_ADD;
  const aLimit = limitOf(flushLimit(plan.aLeast(at), plan.aMost(at), daz)), wLimit = limitOf(flushLimit(plan.wLeast(at), plan.wMost(at), daz));
  const cLimit: f32 = daz ? LEAST : 0, limit: f32 = dot.ftz(kernel) ? LEAST : 0, signed = daz != 2, halves = dot.shape(kernel) != 0;
  const leafLimit: f32 = dot.products(kernel) ? limit : 0;                // exact products are not rounded before they are added
  if (ASC_FEATURE_SIMD) {
    const cleared = i32x4.splat(signed ? 0x7fff_ffff : -1), magnitude = i32x4.splat(0x7fff_ffff), least = f32x4.splat(limit);
    for (let part: usize = 0; part < 64; part += 16) {
      const c = flushedLanes(v128.load(old + part), f32x4.splat(cLimit), cleared);
      let running = last ? f32x4.splat(0) : c;
      for (let from: u32 = 0; from < depth; from += group) {
        const count = min(group, depth - from);
        for (let k: u32 = 0; k < count; k++) {
          const x = flushed(load<f32>(a + (<usize>(from + k) << 2)), aLimit, signed);
          const y = flushedLanes(v128.load(w + (<usize>(from + k) << 6) + part), f32x4.splat(wLimit), cleared);
          v128.store(LEAVES + (<usize>k << 4), flushedLanes(f32x4.mul(f32x4.splat(x), y), f32x4.splat(leafLimit), magnitude));
        }
        let present = count;
        for (let half = group >>> 1; present > 1; half >>>= 1) {
          const left = halves ? min(half, present) : present + 1 >>> 1, apart = halves ? half : 1, each: u32 = halves ? 1 : 2;
          for (let i: u32 = 0; i < left; i++) {
            const first = i * each, one = v128.load(LEAVES + (<usize>first << 4)), other = first + apart;
            const sum = other < present ? flushedLanes(f32x4.add(one, v128.load(LEAVES + (<usize>other << 4))), least, magnitude) : one;
            v128.store(LEAVES + (<usize>i << 4), sum);
          }
          present = left;
        }
        running = flushedLanes(f32x4.add(running, flushedLanes(v128.load(LEAVES), least, magnitude)), least, magnitude);
      }
      v128.store(sums + part, last ? flushedLanes(f32x4.add(running, c), least, magnitude) : running);
    }
  } else {
    for (let column: usize = 0; column < 64; column += 4) {
      const c = flushed(load<f32>(old + column), cLimit, signed);
      let running: f32 = last ? 0 : c;
      for (let from: u32 = 0; from < depth; from += group) {
        const count = min(group, depth - from);
        for (let k: u32 = 0; k < count; k++) {
          const x = flushed(load<f32>(a + (<usize>(from + k) << 2)), aLimit, signed);
          const y = flushed(load<f32>(w + (<usize>(from + k) << 6) + column), wLimit, signed);
          store<f32>(LEAVES + (<usize>k << 2), flushed(x * y, leafLimit, true));
        }
        running = flushed(running + flushed(root(count, group, halves, limit), limit, true), limit, true);
      }
      store<f32>(sums + column, last ? flushed(running + c, limit, true) : running);
    }
  }
}

/** The sum of the leaves by a tree, one column. */
function root(count: u32, group: u32, halves: bool, limit: f32): f32 {
  let present = count;
  for (let half = group >>> 1; present > 1; half >>>= 1) {
    const left = halves ? min(half, present) : present + 1 >>> 1, apart = halves ? half : 1, each: u32 = halves ? 1 : 2;
    for (let i: u32 = 0; i < left; i++) {
      const first = i * each, one = load<f32>(LEAVES + (<usize>first << 2)), other = first + apart;
      store<f32>(LEAVES + (<usize>i << 2), other < present ? flushed(one + load<f32>(LEAVES + (<usize>other << 2)), limit, true) : one);
    }
    present = left;
  }
  return load<f32>(LEAVES);
}

/** The same by one chain or two; products are exact, so that a multiplication and an addition are the fused operation. */
function chainBlock(at: usize, a: usize, w: usize, old: usize, sums: usize): void {
  const kernel = plan.kernel(at), depth = plan.depth(at), daz = dot.daz(kernel), last = dot.join(kernel) == LAST_ADD, two = dot.lanes(kernel) == 2;
  const aLimit = limitOf(flushLimit(plan.aLeast(at), plan.aMost(at), daz)), wLimit = limitOf(flushLimit(plan.wLeast(at), plan.wMost(at), daz));
  const cLimit: f32 = daz ? LEAST : 0, limit: f32 = dot.ftz(kernel) ? LEAST : 0, signed = daz != 2;
  for (let column: usize = 0; column < 64; column += 4) {
    const c = flushed(load<f32>(old + column), cLimit, signed);
    let even: f32 = last ? 0 : c, odd: f32 = 0;
    for (let k: u32 = 0; k < depth; k++) {
      const x = flushed(load<f32>(a + (<usize>k << 2)), aLimit, signed);
      const product = x * flushed(load<f32>(w + (<usize>k << 6) + column), wLimit, signed);
      if (two && (k & 1) != 0) odd = flushed(product + odd, limit, true);
      else even = flushed(product + even, limit, true);
    }
    if (two && depth > 1) even = flushed(even + odd, limit, true);
    store<f32>(sums + column, last ? flushed(even + c, limit, true) : even);
  }
}
