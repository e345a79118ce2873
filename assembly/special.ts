//! special: the functions of `special` on one element: classes and signs first, then the number, rounded once.
import { approximated, isApproximated } from './approximate';
import { EVENT_INEXACT, profile } from './encoding';
import { DIVIDE_BY_ZERO, countsAll, numeric, raise } from './element';
import { FINITE, INFINITE, LEFT, NAN, RESULT, RIGHT, ZERO, divideExact, exact, pack, setNan, unpack } from './float';
import { interpolate } from './function-table';
import { real } from './functions';
import { low, powerOfTwo } from './pair';
import { addEvents, settle } from './rows';

const RECIP: u32 = 0;
const SQRT: u32 = 1;
const RSQRT: u32 = 2;
const SOFTPLUS: u32 = 13;

/** f(a), of the format of both rows; recip, sqrt and rsqrt by the mode's direction, the others to nearest even, as all are by a table. */
export function special(operation: u32, d: usize, a: usize, aCode: u64, mode: usize): u64 {
  unpack(LEFT, a, aCode, numeric.daz(mode));
  if (numeric.level(mode) && exact.kind(LEFT) == FINITE) {
    byTable(operation);
    return pack(d, RESULT, 0, 0, 0, numeric.ftz(mode), false);
  }
  if (operation <= RSQRT) {
    algebraic(operation);
    return pack(d, RESULT, numeric.round(mode), 0, 0, numeric.ftz(mode), false);
  }
  const kind = exact.kind(LEFT), sign = exact.sign(LEFT);
  if (kind == FINITE) {
    const magnitude = <f64>exact.low(LEFT) * powerOfTwo(exact.exponent(LEFT));
    if ((operation == 5 || operation == 6) && sign) setNan(RESULT, true);
    else setReal(real(operation, sign ? -magnitude : magnitude), low());
  } else if (kind == ZERO) {
    atZero(operation, sign);
  } else if (kind == INFINITE) {
    atInfinity(operation, sign);
  } else {
    exact.setSpecial(RESULT, NAN, 0);
  }
  return pack(d, RESULT, 0, 0, 0, numeric.ftz(mode), false);
}

/** Contiguous fp32 without flushing, operations 3 to 15. */
export function fp32Functions(operation: u32, row: usize, to: usize, from: usize, columns: u32, mode: usize): void {
  const by = ASC_FEATURE_SIMD && isApproximated(operation);
  let inexact: u32 = 0;
  for (let at: usize = 0, end = <usize>columns << 2; at < end;) {
    if (ASC_FEATURE_SIMD && by) {
      const done = approximated(operation, to + at, from + at, from + end, false);
      at += done;
      inexact += <u32>done >>> 2;
    }
    for (const next = min(at + 16, end); at < next; at += 4) {
      if (fp32Function(operation, to + at, from + at, false)) inexact++;
      else {
        store<u32>(to + at, <u32>special(operation, row, row, load<u32>(from + at), mode));
        settle();
      }
    }
  }
  if (countsAll()) addEvents(EVENT_INEXACT, inexact);
}

/**
 * f of a normal number, operations 3 to 15, to nearest or to odd; it is inexact. The pair rounded to odd in fp64 and then by the host's conversion
 * is rounded once (numerics.md section 3, T4). False, and nothing is written, where it is no normal number, or the function may be exact or out of reach.
 */
function fp32Function(operation: u32, to: usize, from: usize, odd: bool): bool {
  const code = load<u32>(from), field = (code >>> 23) & 0xFF;
  if (field == 0 || field == 0xFF || ((operation == 5 || operation == 6) && <i32>code < 0)) return false;
  const high = real(operation, <f64>reinterpret<f32>(code)), rest = low();
  const close = reinterpret<f64>((reinterpret<u64>(high) - <u64>((rest < 0) != (high < 0))) | 1), near = <f32>close, bits = reinterpret<u32>(near);
  if (rest == 0 || (bits & 0x7FFF_FFFF) - 0x0080_0001 >= 0x7EFF_FFFF) return false;
  store<u32>(to, !odd || (bits & 1) != 0 ? bits : abs(close) > abs<f64>(near) ? bits + 1 : bits - 1);
  return true;
}

/** Lanes of fp32, operations 3 to 15, to fp32 rounded to odd; returns how many, a multiple of four, are done before one is for the long way. */
export function functionLanes(operation: u32, to: usize, from: usize, end: usize): u32 {
  const by = isApproximated(operation);
  let at = from, target = to;
  for (; at < end; at += 16, target += 16) {
    if (by) {
      const many = approximated(operation, target, at, end, true);
      at += many;
      target += many;
      if (at == end) break;
    }
    let done: usize = 0;
    while (done < 16 && fp32Function(operation, target + done, at + done, true)) done += 4;
    if (done < 16) break;
  }
  return <u32>((at - from) >>> 2);
}

/** Beyond the range of its table a function is its limit, or x where that is infinite. */
function byTable(operation: u32): void {
  const sign = exact.sign(LEFT);
  if (sign && (operation == SQRT || operation == RSQRT || operation == 5 || operation == 6)) {
    setNan(RESULT, true);
  } else if (!interpolate(profile.functions(operation))) {
    atInfinity(operation, sign);
    if (exact.kind(RESULT) == INFINITE) exact.copy(RESULT, LEFT);
  }
}

/** RESULT = the pair, its last bits as one that says there are some; a pair without a low half is a number of its own. */
function setReal(high: f64, low: f64): void {
  if (high == 0) {
    exact.setSpecial(RESULT, ZERO, 0);
    return;
  }
  const towardsZero = low != 0 && (low < 0) != (high < 0), bits = reinterpret<u64>(high) - <u64>towardsZero;
  const significand = (bits & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000;
  exact.set(RESULT, FINITE, <u32>(bits >>> 63), <i32>((bits >>> 52) & 0x7FF) - 1075, <u32>(low != 0), 0, significand);
}

@inline function setOne(sign: u32, exponent: i32): void { exact.set(RESULT, FINITE, sign, exponent, 0, 0, 1); }

/** An infinity that a zero makes. */
@inline function setPole(sign: u32): void {
  exact.setSpecial(RESULT, INFINITE, sign);
  raise(DIVIDE_BY_ZERO);
}

/** e^0, 2^0 and cos 0 are 1, sigmoid(0) a half, the logarithms -Inf; softplus(0) is log 2; the rest keep their zero. */
function atZero(operation: u32, sign: u32): void {
  switch (operation) {
    case 3: case 4: case 15: setOne(0, 0); return;
    case 5: case 6: setPole(1); return;
    case 8: setOne(0, -1); return;
    case SOFTPLUS: setReal(real(SOFTPLUS, 0), low()); return;
    default: exact.setSpecial(RESULT, ZERO, sign);
  }
}

function atInfinity(operation: u32, sign: u32): void {
  switch (operation) {
    case 5: case 6: {
      if (sign) setNan(RESULT, true);
      else exact.setSpecial(RESULT, INFINITE, 0);
      return;
    }
    case 7: case 9: setOne(sign, 0); return;
    case 14: case 15: setNan(RESULT, true); return;
    case 10: case 11: case 12: exact.setSpecial(RESULT, sign ? ZERO : INFINITE, sign); return;
    case 8: {
      if (!sign) {
        setOne(0, 0);
        return;
      }
    }
    default: exact.setSpecial(RESULT, sign ? ZERO : INFINITE, 0);
  }
}

/** RESULT = 1 / LEFT, its square root, or the inverse of that. */
function algebraic(operation: u32): void {
  const kind = exact.kind(LEFT), sign = exact.sign(LEFT);
  if (operation == RECIP) {
    exact.set(RIGHT, FINITE, 0, 0, 0, 0, 1);
    divideExact(RESULT, RIGHT, LEFT);
  } else if (kind == ZERO) {
    if (operation == SQRT) exact.setSpecial(RESULT, ZERO, sign);
    else setPole(sign);
  } else if (kind == NAN) {
    exact.setSpecial(RESULT, NAN, 0);
  } else if (sign) {
    setNan(RESULT, true);
  } else if (kind == INFINITE) {
    exact.setSpecial(RESULT, operation == SQRT ? INFINITE : ZERO, 0);
  } else if (operation == SQRT) {
    root(exact.low(LEFT), exact.exponent(LEFT));
  } else {
    inverseRoot(exact.low(LEFT), exact.exponent(LEFT));
  }
}

/**
 * The root of 61 to 63 bits, cut to an integer of 31 or 32. Of one significand of all (tried) it lies so near below an integer that fp64 makes it that
 * one; no rounding to 24 bits tells the two.
 */
function root(significand: u64, exponent: i32): void {
  const up = <i32>clz<u64>(significand) - 1, odd = (exponent - up) & 1;
  const radicand = (significand << up) >>> odd, power = exponent - up + odd, result = <u64>sqrt<f64>(<f64>radicand);
  exact.set(RESULT, FINITE, 0, power >> 1, <u32>(result * result != radicand), 0, result);
}

/** 2^43 / sqrt(m), cut to an integer of 31 or 32 bits, for m of 24 or 25: exactly that of 2^24 alone. Six m of all (tried) are as that of a root. */
function inverseRoot(significand: u64, exponent: i32): void {
  let up = <i32>clz<u64>(significand) - 40;
  up += (exponent - up) & 1;
  const m = significand << up;
  exact.set(RESULT, FINITE, 0, -43 - (exponent - up >> 1), <u32>(m != 1 << 24), 0, <u64>(8796093022208.0 / sqrt<f64>(<f64>m)));
}
