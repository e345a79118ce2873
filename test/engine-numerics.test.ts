//! engine-numerics: the engine's element arithmetic against published words and a rational model, in its scalar and SIMD builds.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  EVENT_DIVIDE_BY_ZERO,
  EVENT_INEXACT,
  EVENT_INVALID,
  EVENT_OVERFLOW,
  EVENT_UNDERFLOW,
  featureBit,
} from '../model/limits.ts';
import { profileLayout } from '../model/machine/state.ts';
import { kernelBinary } from './kernel-binary.ts';
import { operations, rational } from './rational-events.ts';
import { runs, sample } from './runs.ts';
import {
  PLAIN,
  ROWS,
  abs,
  add,
  decode,
  divide,
  encode,
  encodeInteger,
  multiply,
  negate,
  number,
  order,
  power,
  row,
  toInteger,
  type Mode,
  type Row,
  type Value,
} from './rational.ts';

// Neither the library of the language nor that of Node types it.
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };
};

interface Engine {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly PROFILE: { readonly value: number };
  binary(operation: number, d: number, a: number, x: bigint, b: number, y: bigint, mode: number): bigint;
  fma(d: number, a: number, x: bigint, b: number, y: bigint, c: number, z: bigint, mode: number): bigint;
  compare(operation: number, a: number, x: bigint, b: number, y: bigint): bigint;
  convert(d: number, a: number, x: bigint, mode: number): bigint;
  shift(operation: number, d: number, a: number, x: bigint, b: number, y: bigint, mode: number): bigint;
  unary(operation: number, d: number, a: number, x: bigint, mode: number): bigint;
  clamp(operation: number, d: number, a: number, x: bigint, b: number, y: bigint, mode: number): bigint;
  epilogue(
    d: number,
    x: number,
    code: bigint,
    mode: number,
    activation: number,
    table: number,
    residual: number,
    residualCode: bigint,
  ): bigint;
  events(): number;
  setEvents(value: number): void;
  readElement(bitAddress: bigint, width: number): bigint;
  writeElement(bitAddress: bigint, width: number, code: bigint): void;
}

// Where the test lays its rows, mode and table in the engine's memory.
const ROW_BASE = 131072,
  MODE = 140000,
  TABLE = 141000;
const at = (r: Row): number => ROW_BASE + 16 * ROWS.indexOf(r);

const compile = (simd: boolean): Engine => {
  const entry = (assembly: string): string => `export { binary, fma, compare, convert, shift, unary, clamp } from '${assembly}/arithmetic';
export { epilogue } from '${assembly}/requantise';
export { events, setEvents, readElement, writeElement } from '${assembly}/element';
export { PROFILE } from '${assembly}/memory';\n`;
  const flags = ['--optimizeLevel', '2', '--initialMemory', '5', simd ? '--enable' : '--disable', 'simd'];
  const bytes = kernelBinary(`numerics-${simd ? 'simd' : 'scalar'}`, entry, flags), engine = new wasm.Instance(new wasm.Module(bytes)).exports as Engine;
  const view = new DataView(engine.memory.buffer);
  view.setUint32(engine.PROFILE.value + profileLayout.at.features, 1 << featureBit('fullCounters'), true);
  for (const r of ROWS) {
    [r.kind, r.width, Number(r.signed), r.e, r.f, r.specials, r.bits].forEach((value, i) => view.setUint8(at(r) + i, value));
    view.setInt32(at(r) + 8, r.bias, true);
    view.setUint32(at(r) + 12, r.nan, true);
  }
  return engine;
};
const engines: readonly Engine[] = [compile(false), compile(true)];

const setMode = (mode: Mode): void => {
  for (const engine of engines) {
    const view = new DataView(engine.memory.buffer);
    view.setUint32(MODE, mode.round | (mode.isat << 3) | (mode.fsat << 4) | (mode.daz << 5) | (mode.ftz << 7) | (mode.minmax << 9), true);
    view.setUint32(MODE + 4, mode.scale | (mode.round2 << 3) | (mode.clamp << 6), true);
    view.setInt16(MODE + 8, mode.zpa, true);
    view.setInt16(MODE + 10, mode.zpb, true);
    view.setUint32(MODE + 12, mode.zpo & 0xffff, true);
    view.setInt32(MODE + 16, mode.lo, true);
    view.setInt32(MODE + 20, mode.hi, true);
  }
};
const setTable = (words: readonly number[]): void => {
  for (const engine of engines) words.forEach((word, i) => new DataView(engine.memory.buffer).setInt32(TABLE + 4 * i, word, true));
};

/** Both builds give one word; 4-bit to 64-bit codes come back unsigned. */
const each = (call: (engine: Engine) => bigint): { code: bigint; events: number } => {
  const answers = engines.map((engine) => {
    engine.setEvents(0);
    const code = BigInt.asUintN(64, call(engine));
    return { code, events: engine.events() };
  });
  if (answers[0]!.code !== answers[1]!.code || answers[0]!.events !== answers[1]!.events)
    throw new Error(`scalar and simd differ: ${JSON.stringify(answers, (_, v) => (typeof v === 'bigint' ? v.toString(16) : v))}`);
  return answers[0]!;
};

/** Events in the order of TestFloat's flags, from bit 0. */
const FLAGS = [EVENT_INEXACT, EVENT_UNDERFLOW, EVENT_OVERFLOW, EVENT_DIVIDE_BY_ZERO, EVENT_INVALID];

// ---- operands ----

let seed = 0x2545f491;
const next = (): number => {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return seed >>> 0;
};
const pick = <T>(list: readonly T[]): T => list[next() % list.length]!;
const wide = (): bigint => (BigInt(next()) << 32n) | BigInt(next());
const operand = (r: Row): bigint => {
  const mask = (1n << BigInt(r.width)) - 1n;
  if (r.kind === 1) {
    const corner = pick([
      0n,
      1n,
      -1n,
      (1n << BigInt(r.bits - 1)) - 1n,
      -(1n << BigInt(r.bits - 1)),
      wide(),
      wide(),
      wide() >> BigInt(next() % 64),
    ]);
    return r.name === 's48' ? BigInt.asUintN(64, BigInt.asIntN(48, corner)) : corner & mask;
  }
  const sign = BigInt(next() & 1) << BigInt(r.e + r.f),
    ones = (1n << BigInt(r.e)) - 1n,
    f = BigInt(r.f);
  const near = BigInt(Math.max(0, Math.min(2 ** r.e - 1, r.bias + (next() % 24) - 12)));
  const field = pick([0n, 0n, 1n, ones - 1n, ones, near, near, near, wide() & ones]);
  const fraction = pick([
    0n,
    1n,
    (1n << f) - 1n,
    1n << (f - 1n),
    wide() & ((1n << f) - 1n),
    wide() & ((1n << f) - 1n),
    ((wide() & 7n) << (f >> 1n)) & ((1n << f) - 1n),
  ]);
  return sign | (field << f) | fraction;
};
const randomMode = (): Mode => ({
  ...PLAIN,
  round: next() % 7,
  isat: next() & 1,
  fsat: next() & 1,
  daz: next() % 3,
  ftz: next() % 3,
  minmax: next() & 1,
});
const hex = (n: bigint): string => n.toString(16);

const FLOATS = ROWS.filter((r) => r.kind === 2),
  WIDE_FLOATS = FLOATS.filter((r) => r.width > 8),
  INTEGERS = ROWS.filter((r) => r.kind === 1);
const NARROW_INTEGERS = INTEGERS.filter((r) => r.width <= 32);

test('float arithmetic is the exact value rounded once, in every mode and between any rows', () => {
  for (let i = 0; i < runs(20000); i++) {
    const mode = i % 4 ? randomMode() : PLAIN;
    const [d, a, b, c] =
      i % 3 ? [pick(FLOATS), pick(FLOATS), pick(FLOATS), pick(FLOATS)] : (Array<Row>(4).fill(pick(WIDE_FLOATS)) as [Row, Row, Row, Row]);
    const [x, y, z] = [operand(a), operand(b), operand(c)];
    const [p, q, s] = [decode(a, x, mode.daz), decode(b, y, mode.daz), decode(c, z, mode.daz)];
    setMode(mode);
    const extremum = (greater: boolean): Value =>
      p.kind === 'nan' || q.kind === 'nan'
        ? mode.minmax
          ? p.kind === 'nan'
            ? q
            : p
          : { kind: 'nan' }
        : order(p, q) > 0 === greater
          ? p
          : q;
    const expected = [add(p, q, mode), add(p, negate(q), mode), multiply(p, q), divide(p, q), extremum(false), extremum(true)];
    expected.forEach((value, operation) => {
      const got = each((engine) => engine.binary(operation, at(d), at(a), x, at(b), y, MODE)).code;
      if (got !== encode(d, value, mode))
        expect.fail(
          `binary ${operation} ${d.name} ${a.name}:${hex(x)} ${b.name}:${hex(y)} ${JSON.stringify(mode)}: ` +
            `${hex(got)}, expected ${hex(encode(d, value, mode))}`,
        );
    });
    const fused = each((engine) => engine.fma(at(d), at(a), x, at(b), y, at(c), z, MODE)).code,
      sum = encode(d, add(multiply(p, q), s, mode), mode);
    if (fused !== sum)
      expect.fail(
        `fma ${d.name} ${a.name}:${hex(x)} ${b.name}:${hex(y)} ${c.name}:${hex(z)} ${JSON.stringify(mode)}: ` +
          `${hex(fused)}, expected ${hex(sum)}`,
      );
  }
});

test('a fused sum keeps what lies far below: products near and far from the addend', () => {
  const fp32 = row('fp32');
  for (let i = 0; i < runs(10000); i++) {
    const mode = randomMode(),
      x = operand(fp32),
      y = operand(fp32);
    const product = encode(fp32, multiply(decode(fp32, x), decode(fp32, y)), PLAIN);
    const z = BigInt.asUintN(
      32,
      (product ^ 0x80000000n) + BigInt((next() % 3) - 1) + (BigInt((next() % 60) - 30) << 23n) * BigInt(next() & 1),
    );
    setMode(mode);
    const value = add(multiply(decode(fp32, x, mode.daz), decode(fp32, y, mode.daz)), decode(fp32, z, mode.daz), mode);
    const got = each((engine) => engine.fma(at(fp32), at(fp32), x, at(fp32), y, at(fp32), z, MODE)).code;
    if (got !== encode(fp32, value, mode))
      expect.fail(`fma ${hex(x)} ${hex(y)} ${hex(z)} ${JSON.stringify(mode)}: ${hex(got)}, expected ${hex(encode(fp32, value, mode))}`);
  }
});

test('integer arithmetic is exact, then wrapped or saturated', () => {
  for (let i = 0; i < runs(20000); i++) {
    const mode = randomMode(),
      d = pick(INTEGERS),
      [a, b, c] = [pick(NARROW_INTEGERS), pick(NARROW_INTEGERS), pick(NARROW_INTEGERS)];
    const [x, y, z] = [operand(a), operand(b), operand(c)];
    const [p, q, s] = [decode(a, x), decode(b, y), decode(c, z)].map((v) => (v.kind === 'number' ? v.n : 0n)) as [bigint, bigint, bigint];
    setMode(mode);
    for (const [operation, value] of [
      [0, p + q],
      [1, p - q],
      [2, p * q],
      [4, p < q ? p : q],
      [5, p > q ? p : q],
    ] as const) {
      const got = each((engine) => engine.binary(operation, at(d), at(a), x, at(b), y, MODE));
      const want = encodeInteger(d, value, mode.isat);
      if (got.code !== want)
        expect.fail(
          `binary ${operation} ${d.name} ${a.name}:${p} ${b.name}:${q} isat ${mode.isat}: ${hex(got.code)}, expected ${hex(want)}`,
        );
      const kept = decode(d, want),
        cut = mode.isat === 1 && kept.kind === 'number' && kept.n !== value;
      if ((got.events === 1) !== cut) expect.fail(`binary ${operation} ${d.name} ${a.name}:${p} ${b.name}:${q}: events ${got.events}`);
    }
    const fused = each((engine) => engine.fma(at(d), at(a), x, at(b), y, at(c), z, MODE)).code;
    if (fused !== encodeInteger(d, p * q + s, mode.isat)) expect.fail(`fma ${d.name} ${p} ${q} ${s} isat ${mode.isat}: ${hex(fused)}`);
    const w = pick(INTEGERS),
      wx = operand(w),
      wv = decode(w, wx),
      v = wv.kind === 'number' ? wv.n : 0n;
    const amount = pick([0, 1, 2, 7, 31, 32, 40, 63, 64, 65, 100, 127]) * pick([1, -1]);
    const moved = toInteger(amount < 0 ? v : v << BigInt(amount), amount < 0 ? 1n << BigInt(-amount) : 1n, mode.round);
    for (const [operation, n] of [
      [0, amount],
      [1, -amount],
    ] as const) {
      const got = each((engine) => engine.shift(operation, at(d), at(w), wx, at(row('s16')), BigInt.asUintN(16, BigInt(n)), MODE)).code;
      if (got !== encodeInteger(d, moved, mode.isat))
        expect.fail(`shift ${w.name}:${v} by ${amount} to ${d.name} round ${mode.round} isat ${mode.isat}: ${hex(got)}`);
    }
    for (const [operation, value] of [
      [0, abs(v)],
      [1, -v],
      [2, v ? (v < 0n ? -1n : 1n) : 0n],
      [4, v],
    ] as const) {
      const got = each((engine) => engine.unary(operation, at(d), at(w), wx, MODE)).code;
      if (got !== encodeInteger(d, value, mode.isat))
        expect.fail(`unary ${operation} ${w.name}:${v} to ${d.name} isat ${mode.isat}: ${hex(got)}`);
    }
  }
});

test('both builds raise the events of the rationals, on all pairs of e5m2 and on fp16, bf16 and fp32', () => {
  const wide = ['fp16', 'bf16', 'fp32', 'fp32'].map(row);
  for (let i = 0; i < 0x1_0000 + runs(40000); i++) {
    const every = i < 0x1_0000,
      r = every ? row('e5m2') : wide[i & 3]!,
      codes = every ? [BigInt(i >> 8), BigInt(i & 255), operand(r)] : [operand(r), operand(r), operand(r)];
    const mode = next() % 3 ? { ...randomMode(), isat: 0 } : PLAIN,
      operation = next() % 5;
    setMode(mode);
    const [x, y, z] = codes as [bigint, bigint, bigint],
      got = each((engine) =>
        operation === 4
          ? engine.fma(at(r), at(r), x, at(r), y, at(r), z, MODE)
          : engine.binary(operation, at(r), at(r), x, at(r), y, MODE),
      );
    const want = rational(r, operations[operation]!, codes, mode);
    if (got.code !== want.code || got.events !== want.events)
      expect.fail(
        `${operations[operation]} ${r.name} ${codes.map(hex)} ${JSON.stringify(mode)}: ${hex(got.code)} events ${got.events.toString(2)}, ` +
          `expected ${hex(want.code)} events ${want.events.toString(2)}`,
      );
  }
});

test('what is half a digit below the least normal number, or next to that, is tiny or not as its rounding says', () => {
  const near = [0x1c780000n, 0x1c780001n, 0x1c77ffffn, 0x9c780000n].map((x) => ['mul', [x, 0x23842108n, 0n]] as const);
  const fused = [
    [0x1c800001n, 0x96fffffen, 0x00800000n],
    [0x9c800001n, 0x96fffffen, 0x80800000n],
    [0x1c800000n, 0x97000000n, 0x00800000n],
    [0x1c800001n, 0x97000001n, 0x00800000n],
  ].map((codes) => ['fma', codes] as const);
  for (const [operation, codes] of [...near, ...fused]) {
    const [x, y, z] = codes as [bigint, bigint, bigint];
    setMode(PLAIN);
    const got = each((engine) =>
      operation === 'mul' ? engine.binary(2, at(fp32), at(fp32), x, at(fp32), y, MODE) : engine.fma(at(fp32), at(fp32), x, at(fp32), y, at(fp32), z, MODE),
    );
    expect(got, `${operation} ${codes.map(hex)}`).toEqual(rational(fp32, operation, codes, PLAIN));
  }
});

test('conversion between any two rows is one rounding of the exact value', () => {
  for (let i = 0; i < runs(40000); i++) {
    const mode = randomMode(),
      d = pick(ROWS),
      a = pick(ROWS),
      x = operand(a);
    setMode(mode);
    const got = each((engine) => engine.convert(at(d), at(a), x, MODE)),
      want = encode(d, decode(a, x, mode.daz), a.kind === 2 ? { ...mode, isat: 1 } : mode);
    if (got.code !== want)
      expect.fail(`convert ${a.name}:${hex(x)} to ${d.name} ${JSON.stringify(mode)}: ${hex(got.code)}, expected ${hex(want)}`);
  }
});

test('compare is exact, with -0 = +0 and NaN unordered', () => {
  setMode(PLAIN);
  for (let i = 0; i < runs(10000); i++) {
    const rows = i % 2 ? FLOATS : INTEGERS,
      a = pick(rows),
      b = pick(rows),
      x = operand(a),
      y = i % 5 || a !== b ? operand(b) : x;
    const p = decode(a, x),
      q = decode(b, y);
    const nan = p.kind === 'nan' || q.kind === 'nan',
      zero = [p, q].every((v) => v.kind === 'number' && v.n === 0n),
      o = zero ? 0 : order(p, q);
    const expected = nan ? [0, 1, 0, 0, 0, 0, 1] : [o === 0, o !== 0, o < 0, o <= 0, o > 0, o >= 0, false].map(Number);
    expected.forEach((holds, operation) => {
      const got = each((engine) => engine.compare(operation, at(a), x, at(b), y)).code;
      if (got !== BigInt(holds)) expect.fail(`compare ${operation} ${a.name}:${hex(x)} ${b.name}:${hex(y)}`);
    });
  }
});

test('every fp16, bf16 and 8-bit code survives fp32 and back; abs, neg and compare agree with its bits', () => {
  setMode(PLAIN);
  const [engine] = engines,
    fp32 = row('fp32');
  for (const r of FLOATS.filter((f) => f.width < 32)) {
    for (let code = 0; code < 2 ** (r.e + r.f + 1); code++) {
      const up = engine!.convert(at(fp32), at(r), BigInt(code), MODE),
        back = engine!.convert(at(r), at(fp32), up, MODE);
      const nan = decode(r, BigInt(code)).kind === 'nan';
      if (back !== (nan ? BigInt(r.nan) : BigInt(code))) expect.fail(`${r.name} ${code.toString(16)}: ${hex(up)}, back ${hex(back)}`);
      const sign = 2 ** (r.e + r.f);
      const negated = engine!.unary(1, at(r), at(r), BigInt(code), MODE);
      const flipped = r.specials === 3 && (code === 0 || code === sign) ? code : code ^ sign;
      if (!nan && negated !== BigInt(flipped)) expect.fail(`neg ${r.name} ${code.toString(16)}`);
      if (!nan && engine!.unary(0, at(r), at(r), BigInt(code), MODE) !== BigInt(code & (sign - 1)))
        expect.fail(`abs ${r.name} ${code.toString(16)}`);
    }
  }
});

test('rint, shift, sign and clamp of floats are exact and then rounded once', () => {
  for (let i = 0; i < runs(20000); i++) {
    const mode = { ...randomMode(), lo: Number(operand(row('fp32'))) | 0, hi: Number(operand(row('fp32'))) | 0 };
    const d = pick(FLOATS),
      a = pick(FLOATS),
      x = operand(a),
      v = decode(a, x, mode.daz),
      b = pick(FLOATS),
      y = operand(b);
    setMode(mode);
    const expectOf = (name: string, value: Value, call: (engine: Engine) => bigint): void => {
      const got = each(call).code,
        want = encode(d, value, mode);
      if (got !== want)
        expect.fail(
          `${name} ${a.name}:${hex(x)} to ${d.name} ${b.name}:${hex(y)} ${JSON.stringify(mode)}: ${hex(got)}, expected ${hex(want)}`,
        );
    };
    const rint: Value = v.kind === 'number' ? number(toInteger(v.n, v.d, mode.round), 1n, v.negative) : v;
    expectOf('rint', rint, (engine) => engine.unary(4, at(d), at(a), x, MODE));
    const sign: Value = v.kind === 'nan' ? v : number(v.kind === 'number' && v.n === 0n ? 0n : v.negative ? -1n : 1n);
    expectOf('sign', sign, (engine) => engine.unary(2, at(d), at(a), x, MODE));
    const n = (next() % 300) - 150,
      [p, q] = power(n);
    const scaled: Value = v.kind === 'number' ? number(v.n * p, v.d * q, v.negative) : v;
    expectOf(`shift ${n}`, scaled, (engine) => engine.shift(0, at(d), at(a), x, at(row('s16')), BigInt.asUintN(16, BigInt(n)), MODE));
    const [lo, hi] = [mode.lo, mode.hi].map((bits) => decode(row('fp32'), BigInt(bits >>> 0))) as [Value, Value];
    const bounded = (value: Value, bound: Value, greater: boolean, minmax: number): Value => {
      if (value.kind === 'nan' || bound.kind === 'nan') return value.kind === 'nan' ? (minmax ? bound : value) : minmax ? value : bound;
      return order(value, bound) * (greater ? 1 : -1) >= 0 ? value : bound;
    };
    const above = (value: Value, bound: Value): Value => bounded(value, bound, true, mode.minmax);
    const below = (value: Value, bound: Value): Value => bounded(value, bound, false, mode.minmax);
    const relu = bounded(v, number(0n), true, 0);
    expectOf('clamp', below(above(v, lo), hi), (engine) => engine.clamp(0, at(d), at(a), x, 0, 0n, MODE));
    expectOf('relu', relu, (engine) => engine.clamp(1, at(d), at(a), x, 0, 0n, MODE));
    expectOf('relu-n', v.kind === 'nan' ? v : below(relu, hi), (engine) => engine.clamp(2, at(d), at(a), x, 0, 0n, MODE));
    const leaky = v.kind !== 'nan' && v.negative && !(v.kind === 'number' && v.n === 0n) ? multiply(v, decode(b, y, mode.daz)) : v;
    expectOf('leaky', leaky, (engine) => engine.clamp(3, at(d), at(a), x, at(b), y, MODE));
  }
});

// ---- the epilogue ----

const fp32 = row('fp32');
const rne32 = (v: Value): Value => decode(fp32, encode(fp32, v, PLAIN));
const sat32 = (n: bigint): bigint => (n < -(1n << 31n) ? -(1n << 31n) : n > (1n << 31n) - 1n ? (1n << 31n) - 1n : n);
const numerator = (v: Value): bigint => (v.kind === 'number' ? v.n / v.d : 0n);

/** machine-details.md 7.3, read line by line. */
const pipeline = (
  d: Row,
  x: Row,
  code: bigint,
  mode: Mode,
  activation: number,
  table: readonly number[] | undefined,
  r: Row | undefined,
  rCode: bigint,
): bigint => {
  const fraction = x.kind === 2,
    bits = (word: number): Value => decode(fp32, BigInt(word >>> 0));
  let v = decode(x, code, mode.daz),
    single = fraction;
  if (!fraction) v = number(numerator(v) - BigInt(mode.zpa));
  if (table) {
    const [bias, multiplier, shift] = table as [number, number, number];
    v = fraction ? rne32(add(v, bits(bias), PLAIN)) : number(numerator(v) + BigInt(bias));
    const u = numerator(v),
      m = BigInt(multiplier),
      s = (shift << 24) >> 24;
    if (mode.scale === 1) v = number(s >= 31 ? (u * m) << BigInt(s - 31) : toInteger(u * m, 1n << BigInt(31 - s), mode.round));
    if (mode.scale === 2) {
      const high = sat32(toInteger(sat32(u << BigInt(Math.max(s, 0))) * m, 1n << 31n, mode.round2));
      v = number(toInteger(high, 1n << BigInt(Math.max(-s, 0)), mode.round));
    }
    if (mode.scale === 3) {
      const t = BigInt(Math.max(2, Math.min(62, 31 - s)));
      v = number((u * m + (1n << (t - 1n)) + (t > 31n ? (u >= 0n ? 1n << 30n : -(1n << 30n)) : 0n)) >> t);
    }
    if (mode.scale >= 4) {
      v = rne32(mode.scale === 4 ? multiply(rne32(v), bits(multiplier)) : divide(rne32(v), bits(multiplier)));
      single = true;
    }
  }
  if (r) {
    const residual = decode(r, rCode, mode.daz),
      zeroed = r.kind === 1 ? number(numerator(residual) - BigInt(mode.zpb)) : residual;
    v = single ? rne32(add(v, rne32(zeroed), PLAIN)) : add(v, zeroed, PLAIN);
  }
  if (activation === 1 && v.kind !== 'nan' && v.negative) v = number(0n);
  if (activation === 2 && table && v.kind !== 'nan' && order(v, number(0n, 1n, true)) < 0) v = rne32(multiply(v, bits(table[3]!)));
  if (d.kind === 1) {
    let n = v.kind === 'number' ? toInteger(v.n, v.d, mode.round) : v.kind === 'inf' && v.negative ? -(1n << 300n) : 1n << 300n;
    n += BigInt(mode.zpo);
    if (mode.clamp) {
      n = n < BigInt(mode.lo) ? BigInt(mode.lo) : n;
      n = n > BigInt(mode.hi) ? BigInt(mode.hi) : n;
    }
    return encodeInteger(d, n, single ? 1 : mode.isat);
  }
  if (mode.clamp && v.kind !== 'nan') {
    const [lo, hi] = [bits(mode.lo), bits(mode.hi)];
    if (lo.kind === 'nan' || order(v, lo) < 0) v = lo;
    if (v.kind !== 'nan' && (hi.kind === 'nan' || order(v, hi) > 0)) v = hi;
  }
  return encode(d, v, mode);
};

test('the epilogue is its text, for every scale, source, shift and destination', () => {
  const small = ['s8', 'u8', 's16', 's32'].map(row);
  for (let i = 0; i < runs(60000); i++) {
    const fraction = i % 3 === 0,
      x = fraction ? pick(WIDE_FLOATS) : i % 3 === 1 ? row('s32') : pick(INTEGERS.filter((r) => r.width >= 8));
    const scale = fraction ? pick([0, 4, 5]) : next() % 6,
      single = fraction || scale >= 4;
    const d = next() % 4 ? pick(small) : pick([...INTEGERS, ...WIDE_FLOATS]);
    const integerOut = d.kind === 1,
      small16 = (): number => pick([0, 0, (next() % 256) - 128, (next() << 16) >> 16]);
    const bounds = integerOut
      ? [pick([-128, -7, next() | 0]), pick([127, 6, 255, next() | 0])]
      : [Number(operand(fp32)) | 0, Number(operand(fp32)) | 0];
    const mode: Mode = {
      ...randomMode(),
      scale,
      round2: next() % 7,
      clamp: next() & 1,
      zpa: small16(),
      zpb: small16(),
      zpo: integerOut ? small16() : 0,
      lo: bounds[0]!,
      hi: bounds[1]!,
    };
    const real = (): number => pick([0x3f800000, 0x3a000000 + (next() % 0x800000), 0x3c123456, Number(operand(fp32)) | 0]);
    const table =
      scale || next() & 1
        ? [
            fraction ? real() : pick([0, 0, next() | 0, (next() % 2000) - 1000]),
            single && scale ? real() : pick([0x40000000 + (next() % 0x40000000), next() | 0, -0x80000000, 0x7fffffff]),
            pick([0, -1, -3, -7, -20, 1, 5, 29, 31, 32, 60, 127, -128, (next() % 256) - 128]) & 0xff,
            real(),
          ]
        : undefined;
    const activation = pick(single && table ? [0, 1, 2] : [0, 1]);
    const r = next() % 3 ? undefined : pick(single ? [...small, ...WIDE_FLOATS, row('s64')] : [...small, row('s64')]);
    const code = next() & 1 || fraction ? operand(x) : BigInt.asUintN(x.width, BigInt((next() % 65536) - 32768)),
      rCode = r ? operand(r) : 0n;
    const xCode = x.name === 's48' ? BigInt.asUintN(64, BigInt.asIntN(48, code)) : code;
    setMode(mode);
    setTable(table ?? [0, 0, 0, 0]);
    const got = each((engine) =>
      engine.epilogue(at(d), at(x), xCode, MODE, activation, table ? TABLE : 0, r ? at(r) : 0, rCode),
    ).code;
    const want = pipeline(d, x, xCode, mode, activation, table, r, rCode);
    if (got !== want) {
      expect.fail(
        `${x.name}:${hex(xCode)} to ${d.name} activation ${activation} table ${table} residual ${r?.name}:${hex(rCode)} ` +
          `${JSON.stringify(mode)}: ${hex(got)}, expected ${hex(want)}`,
      );
    }
  }
});

test('elements of every width are written where they are read, and a nibble keeps its neighbour', () => {
  for (const engine of engines) {
    for (const width of [4, 8, 16, 32, 64]) {
      const base = 8n * 150000n,
        codes = Array.from({ length: 9 }, () => wide() & ((1n << BigInt(width)) - 1n));
      codes.forEach((code, i) => engine.writeElement(base + BigInt(i * width), width, code));
      expect(codes.map((_, i) => BigInt.asUintN(64, engine.readElement(base + BigInt(i * width), width)))).toEqual(codes);
    }
  }
});

// ---- published words ----

const vectors = resolve(process.env['SYSTOLE_VECTORS'] ?? '../shared/vectors');
const present = existsSync(join(vectors, 'testfloat'));
if (!present) console.log('skipped: TestFloat and requantise words; they are made by Berkeley TestFloat 3e and onnxruntime');
const lines = (path: string): string[][] =>
  gunzipSync(readFileSync(join(vectors, path)))
    .toString('latin1')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/));
const ROUNDS: Record<string, number> = { rne: 0, rtz: 1, rdn: 2, rup: 3, rna: 4 };
const NAMES: Record<string, string> = { f16: 'fp16', f32: 'fp32', bf16: 'bf16', i32: 's32', ui32: 'u32' };
const BINARY = ['add', 'sub', 'mul', 'div'];

test.skipIf(!present)(
  'TestFloat: add, sub, mul, div, mulAdd, roundToInt and conversions in five rounding modes, with their flags',
  { timeout: 120000 },
  () => {
    let rows = 0;
    const functions = ['f16', 'f32', 'bf16']
      .flatMap((f) => [...BINARY, 'mulAdd', 'roundToInt', 'to_i32', 'to_ui32', 'to_f32', 'to_f16', 'to_bf16'].map((o) => `${f}_${o}`))
      .concat(['i32_to_f16', 'i32_to_f32', 'ui32_to_f32']);
    for (const name of functions) {
      for (const [suffix, round] of Object.entries(ROUNDS)) {
        const file = `testfloat/${name}.${suffix}.txt.gz`;
        if (!existsSync(join(vectors, file))) continue;
        const [from, ...rest] = name.split('_'),
          operation = rest.join('_');
        const a = row(NAMES[from!]!),
          to = operation.startsWith('to_') ? row(NAMES[operation.slice(3)]!) : a;
        setMode({ ...PLAIN, round });
        for (const [line, fields] of sample([...lines(file).entries()], 1200)) {
          rows++;
          const flagged = !(from === 'bf16' && (BINARY.includes(operation) || operation === 'mulAdd'));
          const flags = flagged ? parseInt(fields.pop()!, 16) : 0;
          const words = fields.map((field) => BigInt(`0x${field}`)),
            want = words.pop()!;
          const [x, y, z] = words as [bigint, bigint, bigint];
          const got = each((engine) =>
            operation === 'mulAdd'
              ? engine.fma(at(a), at(a), x, at(a), y, at(a), z, MODE)
              : operation === 'roundToInt'
                ? engine.unary(4, at(a), at(a), x, MODE)
                : to !== a || operation.startsWith('to_')
                  ? engine.convert(at(to), at(a), x, MODE)
                  : engine.binary(BINARY.indexOf(operation), at(a), at(a), x, at(a), y, MODE),
          );
          const raised = FLAGS.reduce((word, event, bit) => word | (((got.events >> event) & 1) << bit), 0);
          if (got.code !== want || (flagged && raised !== flags))
            expect.fail(
              `${name}.${suffix} line ${line} ${words.map(hex)}: ${hex(got.code)} events ${got.events}, ` +
                `expected ${hex(want)} flags ${flags}`,
            );
        }
      }
    }
    expect(rows).toBeGreaterThan(60000);
  },
);

test.skipIf(!present)('seven rescale conventions of other projects come out of the epilogue', () => {
  const conventions: readonly Partial<Mode>[] = [
    { scale: 2, round2: 5, round: 4 },
    { scale: 1, round: 5 },
    { scale: 3 },
    { scale: 1, round: 0 },
    { scale: 1, round: 4 },
    { scale: 1, round: 1 },
    { scale: 1, round: 2 },
  ];
  let checked = 0;
  for (const convention of conventions.keys()) {
    setMode({ ...PLAIN, isat: 1, ...conventions[convention] });
    for (const fields of lines('requantise/rescale_i32.tsv.gz')) {
      const [x, multiplier, right] = fields.map(Number) as [number, number, number],
        want = fields[3 + convention]!;
      if (want === '-' || Math.abs(Number(want)) >= 2 ** 31) continue;
      setTable([0, multiplier, 31 - right, 0]);
      const got = each((engine) =>
        engine.epilogue(at(row('s32')), at(row('s32')), BigInt.asUintN(32, BigInt(x)), MODE, 0, TABLE, 0, 0n),
      ).code;
      if (Number(BigInt.asIntN(32, got)) !== Number(want))
        expect.fail(`convention ${convention}: ${fields.join(' ')}: ${BigInt.asIntN(32, got)}`);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(50000);
});

test.skipIf(!present)('onnxruntime QuantizeLinear comes out of the epilogue', () => {
  for (const fields of lines('requantise/onnx_quantizelinear.tsv.gz')) {
    const [x, scale, zpo, type, want] = fields as [string, string, string, string, string];
    const d = row(type === 'i8' ? 's8' : 'u8');
    setMode({ ...PLAIN, scale: 5, isat: 1, zpo: Number(zpo) });
    setTable([0, parseInt(scale, 16) | 0, 0, 0]);
    const got = each((engine) => engine.epilogue(at(d), at(fp32), BigInt(`0x${x}`), MODE, 0, TABLE, 0, 0n)).code;
    const value = d.signed ? BigInt.asIntN(d.bits, got) : got;
    if (value !== BigInt(want)) expect.fail(`${fields.join(' ')}: ${value}`);
  }
});
