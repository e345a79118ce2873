//! epilogue-kernels: rows of 16 lanes through the epilogue with the constants of their columns.
import { isFloat, isFp32, numeric } from './element';
import { DROPPED, DROPPED2, FACTOR, LEAN, MULTIPLIER, NEGATIVE, NEGATIVE2, NUDGE, OFFSET, POWER, ROUNDING, ROUNDING2, SLOPE } from './channels';
import { RESULTS, THIRD } from './lanes';
import { integralLanes, tinyLanes, upper } from './vector-float';

// How a product is scaled: not at all; by a sum and a floor; with more for what is negative; with a look at ties; in two roundings; by doubles that
// hold it; with more that has its sign.
const NOT: u32 = 0, PLAIN: u32 = 1, SIGNED: u32 = 2, TIES: u32 = 3, TWICE: u32 = 4, NEAR: u32 = 5, LEANING: u32 = 6;
const NEAREST_EVEN: u32 = 0, ZERO: u32 = 1, HALF_AWAY: u32 = 4;

/** Rows of integers, `first` the first of a batch, to RESULTS, residuals in THIRD; returns how many until one has a number out of the ordinary. */
export function integerPanel(mode: usize, shift: i32, relu: bool, residual: bool, from: usize, fromStep: isize, first: u32, rows: u32): u32 {
  const scale = numeric.scale(mode), round = numeric.round(mode);
  if (scale == 0) return integers(NOT, 31, mode, relu, residual, from, fromStep, first, rows);
  if (scale == 2) return integers(TWICE, 31, mode, relu, residual, from, fromStep, first, rows);
  const way = scale == 3 || round == ZERO || round == HALF_AWAY ? SIGNED : round == NEAREST_EVEN ? TIES : PLAIN;
  // The usual shift is a constant: one instruction where another one is four.
  if (shift == 31) return scaled(way, 31, mode, relu, residual, from, fromStep, first, rows);
  return scaled(way, shift, mode, relu, residual, from, fromStep, first, rows);
}
@inline function scaled(way: u32, shift: i32, mode: usize, relu: bool, residual: bool, from: usize, fromStep: isize, first: u32, rows: u32): u32 {
  if (way == SIGNED) return integers(SIGNED, shift, mode, relu, residual, from, fromStep, first, rows);
  return way == TIES ? integers(TIES, shift, mode, relu, residual, from, fromStep, first, rows) : integers(PLAIN, shift, mode, relu, residual, from, fromStep, first, rows);
}

/** Numbers of at most `bits` bits, whose products doubles hold: half as many instructions. */
export function nearPanel(mode: usize, bits: i32, relu: bool, residual: bool, from: usize, fromStep: isize, rows: u32): u32 {
  if (leans(mode)) return integers(LEANING, bits + 1, mode, relu, residual, from, fromStep, 0, rows);
  return integers(NEAR, bits + 1, mode, relu, residual, from, fromStep, 0, rows);
}
/** Does what is added to a product have the product's sign? */
@inline function leans(mode: usize): bool { return numeric.scale(mode) == 3 || numeric.round(mode) == ZERO || numeric.round(mode) == HALF_AWAY; }

/** Numbers below 2^(shift - 1). Loops are tested at their ends: V8 then keeps out of them what does not change (measured). */
@inline function integers(way: u32, shift: i32, mode: usize, relu: bool, residual: bool, from: usize, fromStep: isize, first: u32, rows: u32): u32 {
  const clamp = numeric.clamp(mode) != 0, floor = i32x4.splat(relu ? 0 : i32.MIN_VALUE), zpo = i32x4.splat(numeric.zpo(mode));
  const zpb = i32x4.splat(numeric.zpb(mode)), low = i32x4.splat(clamp ? numeric.lo(mode) : i32.MIN_VALUE);
  const high = i32x4.splat(clamp ? numeric.hi(mode) : i32.MAX_VALUE);
  const bound = i32x4.splat(1 << (shift - 1)), beyond = i32x4.splat(<i32>0x8000_0000 >> (31 - shift)), zero = i32x4.splat(0);
  let source = from, to = RESULTS + (<usize>first << 6), beside = THIRD + (<usize>first << 6), row: u32 = 0;
  do {
    let far = zero, j: usize = 0;
    do {
      const u = i32x4.add(v128.load(source + j), v128.load(OFFSET + j));
      far = v128.or(far, i32x4.add(u, bound));
      let v = way == NOT ? u : way >= NEAR ? nearest(way == LEANING, u, j << 1) : shifted(way, shift, mode, u, j);
      if (residual) v = i32x4.add(v, i32x4.sub(v128.load(beside + j), zpb));
      v128.store(to + j, i32x4.min_s(i32x4.max_s(i32x4.add(i32x4.max_s(v, floor), zpo), low), high));
      j += 16;
    } while (j < 64);
    if (v128.any_true(v128.and(far, beyond))) break;
    source += fromStep;
    to += 64;
    beside += 64;
    row++;
  } while (row < rows);
  return row;
}

/** Four numbers, from the j-th byte of the 32-bit constants of their columns on: products with multipliers, in 64 bits, rounded and shifted twice. */
@inline function shifted(way: u32, shift: i32, mode: usize, u: v128, j: usize): v128 {
  const multiplier = v128.load(MULTIPLIER + j), power = v128.load(POWER + j), i = j << 1, zero = i32x4.splat(0), one = i32x4.splat(1);
  let p = i64x2.extmul_low_i32x4_s(u, multiplier), q = i64x2.extmul_high_i32x4_s(u, multiplier);
  let first = i64x2.add(p, v128.load(ROUNDING + i)), second = i64x2.add(q, v128.load(ROUNDING + i, 16));
  if (way == SIGNED || way == TWICE) {
    first = i64x2.add(first, v128.and(i64x2.lt_s(p, zero), v128.load(NEGATIVE + i)));
    second = i64x2.add(second, v128.and(i64x2.lt_s(q, zero), v128.load(NEGATIVE + i, 16)));
  }
  let v = v128.shuffle<i32>(i64x2.shr_u(first, shift), i64x2.shr_u(second, shift), 0, 2, 4, 6), ties = zero;
  if (way == TIES) {
    ties = v128.shuffle<i32>(
      i64x2.eq(v128.and(first, v128.load(DROPPED + i)), zero), i64x2.eq(v128.and(second, v128.load(DROPPED + i, 16)), zero), 0, 2, 4, 6,
    );
  }
  if (way == TWICE) {
    v = i32x4.add(v, i32x4.add(v128.load(ROUNDING2 + j), v128.and(i32x4.shr_s(v, 31), v128.load(NEGATIVE2 + j))));
    if (numeric.round(mode) == NEAREST_EVEN) ties = i32x4.eq(v128.and(v, v128.load(DROPPED2 + j)), zero);
  }
  p = i64x2.extmul_low_i32x4_s(v, power);
  q = i64x2.extmul_high_i32x4_s(v, power);
  v = v128.shuffle<i32>(i64x2.shr_u(p, 30), i64x2.shr_u(q, 30), 0, 2, 4, 6);
  return way == TIES || way == TWICE ? i32x4.sub(v, v128.and(v128.and(v, one), ties)) : v;
}

/** What nearPanel does, without residuals and straight to rows of bytes that the bounds of the mode are among. */
export function nearBytes(signed: bool, mode: usize, bits: i32, relu: bool, from: usize, fromStep: isize, to: usize, toStep: isize, rows: u32): u32 {
  if (leans(mode)) return signed ? nearRows(true, true, mode, bits, relu, from, fromStep, to, toStep, rows) : nearRows(true, false, mode, bits, relu, from, fromStep, to, toStep, rows);
  return signed ? nearRows(false, true, mode, bits, relu, from, fromStep, to, toStep, rows) : nearRows(false, false, mode, bits, relu, from, fromStep, to, toStep, rows);
}

@inline function nearRows(leaning: bool, signed: bool, mode: usize, bits: i32, relu: bool, from: usize, fromStep: isize, first: usize, toStep: isize, rows: u32): u32 {
  // What is raised to 0 before the zero point is added is raised to the zero point; where bounds have changed places the upper one holds.
  const most = numeric.hi(mode), least = min(most, relu ? max(numeric.lo(mode), numeric.zpo(mode)) : numeric.lo(mode));
  const zpo = i32x4.splat(numeric.zpo(mode)), low = i8x16.splat(<i8>least), high = i8x16.splat(<i8>most), bound = i32x4.splat(1 << bits), beyond = i32x4.splat(-2 << bits);
  let source = from, to = first, row: u32 = 0;
  do {
    const u0 = i32x4.add(v128.load(source), v128.load(OFFSET)), u1 = i32x4.add(v128.load(source, 16), v128.load(OFFSET + 16));
    const u2 = i32x4.add(v128.load(source, 32), v128.load(OFFSET + 32)), u3 = i32x4.add(v128.load(source, 48), v128.load(OFFSET + 48));
    const far = v128.or(v128.or(i32x4.add(u0, bound), i32x4.add(u1, bound)), v128.or(i32x4.add(u2, bound), i32x4.add(u3, bound)));
    if (v128.any_true(v128.and(far, beyond))) break;
    const x = i16x8.narrow_i32x4_s(i32x4.add(nearest(leaning, u0, 0), zpo), i32x4.add(nearest(leaning, u1, 32), zpo));
    const y = i16x8.narrow_i32x4_s(i32x4.add(nearest(leaning, u2, 64), zpo), i32x4.add(nearest(leaning, u3, 96), zpo));
    if (signed) v128.store(to, i8x16.min_s(i8x16.max_s(i8x16.narrow_i16x8_s(x, y), low), high));
    else v128.store(to, i8x16.min_u(i8x16.max_u(i8x16.narrow_i16x8_u(x, y), low), high));
    source += fromStep;
    to += <usize>toStep;
    row++;
  } while (row < rows);
  return row;
}

/** 2^52 and half of it: of a number that it is added to, the nearest integer, ties to even, is what the low half of the sum holds. */
const NEAREST: f64 = 6755399441055744;

/** Four numbers, from the i-th byte of the constants of their columns on: products with factors, in doubles, as the nearest integers of what they come to. */
@inline function nearest(leaning: bool, u: v128, i: usize): v128 {
  let p = f64x2.mul(f64x2.convert_low_i32x4_s(u), v128.load(FACTOR + i)), q = f64x2.mul(f64x2.convert_low_i32x4_s(upper(u)), v128.load(FACTOR + i, 16));
  if (leaning) {
    p = f64x2.add(p, v128.xor(v128.load(LEAN + i), v128.and(p, f64x2.splat(-0.0))));
    q = f64x2.add(q, v128.xor(v128.load(LEAN + i, 16), v128.and(q, f64x2.splat(-0.0))));
  }
  p = f64x2.add(f64x2.add(p, v128.load(NUDGE + i)), f64x2.splat(NEAREST));
  q = f64x2.add(f64x2.add(q, v128.load(NUDGE + i, 16)), f64x2.splat(NEAREST));
  return v128.shuffle<i32>(p, q, 0, 2, 4, 6);
}

/** The same in fp32: integers of a D of integers, else numbers as they are. */
export function floatPanel(
  d: usize, x: usize, residual: usize, mode: usize, activation: u32, from: usize, fromStep: isize, rows: u32,
): u32 {
  const single = isFloat(x), scale = numeric.scale(mode), single2 = residual != 0 && isFloat(residual), toFloat = isFloat(d), round = numeric.round(mode);
  const clamp = numeric.clamp(mode) != 0, zpo = i32x4.splat(numeric.zpo(mode)), zpb = i32x4.splat(numeric.zpb(mode)), zero = i32x4.splat(0);
  const low = i32x4.splat(clamp ? numeric.lo(mode) : i32.MIN_VALUE), high = i32x4.splat(clamp ? numeric.hi(mode) : i32.MAX_VALUE);
  const daz = numeric.daz(mode) != 0, ftz = numeric.ftz(mode) != 0 && isFp32(d), limit = f32x4.splat(toFloat ? f32.MAX_VALUE : 1073741760.0);
  const bound = i32x4.splat(1 << 30);
  let source = from, to = RESULTS, beside = THIRD, row: u32 = 0;
  do {
    let far = zero, fine = i32x4.splat(-1), j: usize = 0;
    do {
      const code = v128.load(source + j), offset = v128.load(OFFSET + j);
      let v: v128;
      if (single) {
        if (daz) fine = v128.andnot(fine, tinyLanes(code, x));
        v = f32x4.add(code, offset);
      } else {
        const u = i32x4.add(code, offset);
        far = v128.or(far, i32x4.add(u, bound));
        v = f32x4.convert_i32x4_s(u);
      }
      if (scale == 5) v = f32x4.div(v, v128.load(MULTIPLIER + j));
      else v = f32x4.mul(v, v128.load(MULTIPLIER + j));
      if (residual) {
        const r = v128.load(beside + j);
        if (single2 && daz) fine = v128.andnot(fine, tinyLanes(r, residual));
        v = f32x4.add(v, single2 ? r : f32x4.convert_i32x4_s(i32x4.sub(r, zpb)));
      }
      if (activation == 1) v = f32x4.max(v, zero);
      else if (activation == 2) v = v128.bitselect(f32x4.mul(v, v128.load(SLOPE + j)), v, f32x4.lt(v, zero));
      fine = v128.and(fine, f32x4.le(f32x4.abs(v), limit));
      if (toFloat) {
        if (ftz) fine = v128.andnot(fine, tinyLanes(v, d));
      } else v = i32x4.min_s(i32x4.max_s(i32x4.add(i32x4.trunc_sat_f32x4_s(integralLanes(v, round)), zpo), low), high);
      v128.store(to + j, v);
      j += 16;
    } while (j < 64);
    if (!i32x4.all_true(fine) || v128.any_true(i32x4.shr_s(far, 31))) break;
    source += fromStep;
    to += 64;
    beside += 64;
    row++;
  } while (row < rows);
  return row;
}
