//! rational: a quick model of element arithmetic as rationals over BigInt, for tests of the engine alone.

export interface Row {
  readonly name: string;
  readonly kind: 1 | 2;
  readonly width: number;
  readonly bits: number;
  readonly signed: boolean;
  readonly e: number;
  readonly f: number;
  readonly specials: number;
  readonly bias: number;
  readonly nan: number;
}

export const integer = (name: string, bits: number, signed: boolean, width = bits): Row => ({
  name,
  kind: 1,
  width,
  bits,
  signed,
  e: 0,
  f: 0,
  specials: 0,
  bias: 0,
  nan: 0,
});
export const float = (name: string, width: number, e: number, f: number, bias: number, specials: number, nan: number): Row => ({
  name,
  kind: 2,
  width,
  bits: e + f + 1,
  signed: true,
  e,
  f,
  specials,
  bias,
  nan,
});
export const ROWS: readonly Row[] = [
  integer('s4', 4, true),
  integer('u4', 4, false),
  integer('s8', 8, true),
  integer('u8', 8, false),
  integer('s16', 16, true),
  integer('u16', 16, false),
  integer('s32', 32, true),
  integer('u32', 32, false),
  integer('s48', 48, true, 64),
  integer('s64', 64, true),
  float('bf16', 16, 8, 7, 127, 1, 0x7fc0),
  float('fp16', 16, 5, 10, 15, 1, 0x7e00),
  float('fp32', 32, 8, 23, 127, 1, 0x7fc00000),
  float('e4m3', 8, 4, 3, 7, 2, 0x7f),
  float('e5m2', 8, 5, 2, 15, 1, 0x7e),
  float('e4m3fnuz', 8, 4, 3, 8, 3, 0x80),
  float('e2m3', 8, 2, 3, 1, 4, 0),
];
export const row = (name: string): Row => ROWS.find((r) => r.name === name)!;

export interface Mode {
  round: number;
  isat: number;
  fsat: number;
  daz: number;
  ftz: number;
  minmax: number;
  scale: number;
  round2: number;
  clamp: number;
  zpa: number;
  zpb: number;
  zpo: number;
  lo: number;
  hi: number;
}
export const PLAIN: Mode = {
  round: 0,
  isat: 0,
  fsat: 0,
  daz: 0,
  ftz: 0,
  minmax: 0,
  scale: 0,
  round2: 0,
  clamp: 0,
  zpa: 0,
  zpb: 0,
  zpo: 0,
  lo: 0,
  hi: 0,
};
export type Value =
  | { readonly kind: 'nan' }
  | { readonly kind: 'inf'; readonly negative: boolean }
  | { readonly kind: 'number'; readonly n: bigint; readonly d: bigint; readonly negative: boolean };
export const number = (n: bigint, d = 1n, negative = n < 0n): Value => ({ kind: 'number', n, d, negative });
export const abs = (n: bigint): bigint => (n < 0n ? -n : n);
export const power = (e: number): [bigint, bigint] => (e >= 0 ? [1n << BigInt(e), 1n] : [1n, 1n << BigInt(-e)]);

export const decode = (r: Row, code: bigint, daz = 0): Value => {
  if (r.kind === 1) return number(r.signed ? BigInt.asIntN(r.bits, code) : BigInt.asUintN(r.bits, code));
  const word = Number(code),
    negative = (word >>> (r.e + r.f)) & 1,
    field = (word >>> r.f) & ((1 << r.e) - 1),
    fraction = word & ((1 << r.f) - 1);
  if (r.specials === 1 && field === (1 << r.e) - 1) return fraction ? { kind: 'nan' } : { kind: 'inf', negative: negative === 1 };
  if (r.specials === 2 && (word & 0x7f) === 0x7f) return { kind: 'nan' };
  if (r.specials === 3 && word === 0x80) return { kind: 'nan' };
  if (field === 0 && fraction !== 0 && daz) return number(0n, 1n, daz === 1 && negative === 1);
  const [p, q] = power(Math.max(field, 1) - r.bias - r.f);
  const n = BigInt(fraction + (field ? 2 ** r.f : 0)) * p;
  return number(negative ? -n : n, q, negative === 1);
};

/** n / d rounded to an integer by a mode. */
export const toInteger = (n: bigint, d: bigint, round: number): bigint => {
  let low = n / d;
  if (low * d > n) low--;
  const twice = 2n * (n - low * d);
  if (twice === 0n) return low;
  const tie = twice === d,
    up = twice > d;
  switch (round) {
    case 0:
      return tie ? low + (low & 1n) : low + BigInt(up);
    case 1:
      return n < 0n ? low + 1n : low;
    case 2:
      return low;
    case 3:
      return low + 1n;
    case 4:
      return tie ? (n < 0n ? low : low + 1n) : low + BigInt(up);
    case 5:
      return low + BigInt(tie || up);
    default:
      return low | 1n;
  }
};

export const encodeInteger = (r: Row, value: bigint, isat: number): bigint => {
  const min = r.signed ? -(1n << BigInt(r.bits - 1)) : 0n,
    max = (1n << BigInt(r.signed ? r.bits - 1 : r.bits)) - 1n;
  const kept = isat
    ? value < min
      ? min
      : value > max
        ? max
        : value
    : r.signed
      ? BigInt.asIntN(r.bits, value)
      : BigInt.asUintN(r.bits, value);
  return BigInt.asUintN(r.width, kept);
};

export const encode = (r: Row, v: Value, mode: Mode): bigint => {
  if (r.kind === 1) {
    if (v.kind !== 'number') return encodeInteger(r, v.kind === 'inf' && v.negative ? -(1n << 100n) : 1n << 100n, 1);
    return encodeInteger(r, toInteger(v.n, v.d, mode.round), mode.isat);
  }
  const codes = 1n << BigInt(r.e + r.f);
  const max = r.specials === 1 ? codes - (1n << BigInt(r.f)) - 1n : r.specials === 2 ? codes - 2n : codes - 1n;
  const signed = (negative: boolean, code: bigint): bigint => (negative && !(r.specials === 3 && code === 0n) ? code | codes : code);
  if (v.kind === 'nan') return r.specials === 4 ? max : BigInt(r.nan);
  const infinity = (negative: boolean): bigint =>
    mode.fsat || r.specials === 4 ? signed(negative, max) : r.specials === 1 ? signed(negative, max + 1n) : BigInt(r.nan);
  if (v.kind === 'inf') return infinity(v.negative);
  if (v.n === 0n) return signed(v.negative, 0n);
  const size = abs(v.n),
    negative = v.n < 0n;
  let e = size.toString(2).length - v.d.toString(2).length;
  const atLeast = (x: number): boolean => {
    const [p, q] = power(x);
    return size * q >= v.d * p;
  };
  if (!atLeast(e)) e--;
  if (atLeast(e + 1)) e++;
  const emin = 1 - r.bias;
  if (e < emin && mode.ftz === 2) return signed(negative, 0n);
  const q = Math.max(e, emin) - r.f;
  const [p2, q2] = power(q);
  let m = abs(toInteger(v.n * q2, v.d * p2, mode.round));
  let field = Math.max(e, emin) + r.bias;
  if (m >> BigInt(r.f + 1)) {
    m >>= 1n;
    field++;
  }
  const hidden = 1n << BigInt(r.f);
  const code = m < hidden ? m : BigInt(field) * hidden + (m - hidden);
  if (code > max) {
    const inward = mode.round === 1 || mode.round === 6 || (mode.round === 2 && !negative) || (mode.round === 3 && negative);
    return inward ? signed(negative, max) : infinity(negative);
  }
  if (mode.ftz === 1 && code < hidden) return signed(negative, 0n);
  return signed(negative, code);
};

export const add = (a: Value, b: Value, mode: Mode): Value => {
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan' };
  if (a.kind === 'inf') return b.kind === 'inf' && a.negative !== b.negative ? { kind: 'nan' } : a;
  if (b.kind === 'inf') return b;
  const n = a.n * b.d + b.n * a.d;
  return number(n, a.d * b.d, n ? n < 0n : a.n === 0n && b.n === 0n && a.negative === b.negative ? a.negative : mode.round === 2);
};
export const negate = (a: Value): Value =>
  a.kind === 'nan' ? a : a.kind === 'inf' ? { ...a, negative: !a.negative } : { ...a, n: -a.n, negative: !a.negative };
export const multiply = (a: Value, b: Value): Value => {
  if (a.kind === 'nan' || b.kind === 'nan') return { kind: 'nan' };
  const negative = a.negative !== b.negative;
  if (a.kind === 'inf' || b.kind === 'inf')
    return [a, b].some((v) => v.kind === 'number' && v.n === 0n) ? { kind: 'nan' } : { kind: 'inf', negative };
  return number(a.n * b.n, a.d * b.d, negative);
};
export const divide = (a: Value, b: Value): Value => {
  if (a.kind === 'nan' || b.kind === 'nan' || (a.kind === 'inf' && b.kind === 'inf')) return { kind: 'nan' };
  const negative = a.negative !== b.negative;
  if (b.kind === 'inf') return number(0n, 1n, negative);
  if (a.kind === 'inf') return { kind: 'inf', negative };
  if (b.n === 0n) return a.n === 0n ? { kind: 'nan' } : { kind: 'inf', negative };
  const n = a.n * b.d,
    d = a.d * b.n;
  return number(d < 0n ? -n : n, abs(d), negative);
};
/** Sign of a - b with -0 below +0. */
export const order = (a: Value, b: Value): number => {
  const key = (v: Value): [bigint, bigint] =>
    v.kind === 'inf' ? [v.negative ? -(1n << 2000n) : 1n << 2000n, 1n] : v.kind === 'number' ? [v.n, v.d] : [0n, 1n];
  const [an, ad] = key(a),
    [bn, bd] = key(b),
    difference = an * bd - bn * ad;
  if (difference) return difference < 0n ? -1 : 1;
  return a.kind !== 'nan' && b.kind !== 'nan' && an === 0n ? Number(b.negative) - Number(a.negative) : 0;
};
