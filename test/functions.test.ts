//! functions.test: laws of the special functions: brackets, signs, identities, published words, and the engine beside the oracle.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { special } from '../model/numerics/arithmetic.ts';
import {
  type Between,
  bitLength,
  compare,
  type Exact,
  exactInteger,
  type Finite,
  infinite,
  invalidNan,
  nan,
  negate,
  unpack,
} from '../model/numerics/exact.ts';
import { type Format, formatByName } from '../model/numerics/format.ts';
import { algebraicCount, type FunctionName, functionNames, specialFunction } from '../model/numerics/functions.ts';
import { compiledKernel, functionKernel, plainMode } from './functions-kernel.ts';
import type { LevelRecords } from './function-levels.ts';
import { byLanes, functionsPage, type Records } from './functions-page.ts';
import { dataLines, vectorFolder } from './vectors.ts';

const [bf16, fp16, fp32] = [formatByName('bf16'), formatByName('fp16'), formatByName('fp32')];
const transcendental = functionNames.slice(algebraicCount);
let state = 0x1234_5678;
const next = (): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return state >>> 0;
};
const value = (code: number): Exact => unpack(fp32, BigInt(code >>> 0));
/** A finite fp32, mostly of middle size. */
const some = (): number =>
  next() % 4 === 0 ? next() & 0xff7f_ffff : (((next() & 1) << 31) | ((127 - 20 + (next() % 28)) << 23) | (next() & 0x7f_ffff)) >>> 0;
const low = (v: Exact | Between): Exact => (v.kind === 'between' ? { ...v, kind: 'finite' } : v);
const high = (v: Exact | Between): Exact => (v.kind === 'between' ? { ...v, kind: 'finite', significand: v.significand + 1n } : v);
/** Least and greatest that a value may be. */
const ends = (v: Exact | Between): readonly [Exact, Exact] => (v.kind === 'between' && v.negative ? [high(v), low(v)] : [low(v), high(v)]);
const finite = (significand: bigint, exponent: number): Finite => exactInteger(significand, exponent);

describe('the oracle', () => {
  test('a bracket has at least 80 bits, the last of them at 2^-2 or below', () => {
    for (let i = 0; i < 2000; i++)
      for (const name of functionNames) {
        const x = some(),
          v = specialFunction(name, value(x));
        if (v.kind !== 'between') continue;
        expect(bitLength(v.significand), `${name} ${x.toString(16)}`).toBeGreaterThanOrEqual(80);
        expect(v.exponent, `${name} ${x.toString(16)}`).toBeLessThanOrEqual(-2);
      }
  });

  test('neighbours in order have brackets in order, where the function rises', () => {
    for (const name of ['sqrt', 'exp', 'exp2', 'log', 'log2', 'tanh', 'sigmoid', 'erf', 'softplus'] as const)
      for (let i = 0; i < 150; i++) {
        const x = (name === 'sqrt' || name.startsWith('log') ? some() & 0x7fff_ffff : some()) >>> 0,
          y = x >>> 31 ? x - 1 : x + 1;
        if ((x & 0x7fff_ffff) === 0 || (y & 0x7f80_0000) === 0x7f80_0000) continue;
        const order = compare(ends(specialFunction(name, value(x)))[0], ends(specialFunction(name, value(y)))[1]);
        expect(order, `${name} ${x.toString(16)}`).not.toBe(1);
      }
  });

  test('tanh, erf and sin are odd, cos is even', () => {
    for (let i = 0; i < 300; i++) {
      const x = value(some());
      for (const name of ['tanh', 'erf', 'sin'] as const)
        expect(specialFunction(name, negate(x))).toEqual(negate(specialFunction(name, x) as Exact));
      expect(specialFunction('cos', negate(x))).toEqual(specialFunction('cos', x));
    }
  });

  test('2^(x+1) is twice 2^x, to the last bit that both know', () => {
    for (let i = 0; i < 200; i++) {
      const x = finite(BigInt(next() % 4096) - 2048n, -7),
        above = finite((x.negative ? -x.significand : x.significand) + 128n, -7);
      const one = specialFunction('exp2', x) as Finite,
        two = specialFunction('exp2', above) as Finite;
      expect(compare(ends(two)[0], { ...(ends(one)[1] as Finite), exponent: one.exponent + 1 })).not.toBe(1);
      expect(compare(ends(two)[1], { ...(ends(one)[0] as Finite), exponent: one.exponent + 1 })).not.toBe(-1);
    }
  });

  test('log undoes exp: the logarithm of an end of e^x lies beside x', () => {
    for (let i = 0; i < 100; i++) {
      const x = value(((127 - 6 + (next() % 10)) << 23) | (next() & 0x7f_ffff)),
        [from, to] = ends(specialFunction('exp', x));
      expect(compare(low(specialFunction('log', from)), x), 'from below').not.toBe(1);
      expect(compare(high(specialFunction('log', to)), x), 'from above').not.toBe(-1);
    }
  });

  test('what is a number comes out as one: powers and logarithms of two, roots of squares, zeros', () => {
    for (const k of [-140, -3, 0, 1, 5, 127]) {
      expect(compare(specialFunction('exp2', exactInteger(BigInt(k))) as Exact, finite(1n, k))).toBe(0);
      expect(compare(specialFunction('log2', finite(1n, k)) as Exact, exactInteger(BigInt(k)))).toBe(0);
      expect(compare(specialFunction('rsqrt', finite(1n, 2 * k)) as Exact, finite(1n, -k))).toBe(0);
    }
    expect(compare(specialFunction('sqrt', exactInteger(144n)) as Exact, exactInteger(12n))).toBe(0);
    expect(specialFunction('rsqrt', exactInteger(9n)).kind).toBe('between');
    const minusZero: Exact = { kind: 'finite', negative: true, significand: 0n, exponent: 0 };
    for (const name of ['sqrt', 'tanh', 'erf', 'gelu', 'gelu_tanh', 'silu', 'sin'] as const)
      expect(specialFunction(name, minusZero)).toMatchObject({ negative: true, significand: 0n });
  });

  test('limits and holes are those of the manual', () => {
    for (const name of ['silu', 'gelu', 'gelu_tanh'] as const)
      expect(specialFunction(name, infinite(true))).toMatchObject({ negative: true, significand: 0n });
    for (const name of ['log', 'log2', 'sqrt', 'rsqrt', 'sin', 'cos'] as const)
      expect(specialFunction(name, infinite(true))).toEqual(invalidNan);
    for (const name of ['log', 'log2', 'sqrt', 'rsqrt'] as const) expect(specialFunction(name, exactInteger(-1n))).toEqual(invalidNan);
    for (const name of functionNames) expect(specialFunction(name, nan)).toEqual(nan);
    for (const name of ['log', 'log2'] as const)
      expect(specialFunction(name, exactInteger(0n))).toEqual({ ...infinite(true), byZero: true });
    expect(specialFunction('rsqrt', exactInteger(0n))).toEqual({ ...infinite(false), byZero: true });
  });

  test('tiny and huge arguments keep to the side of their first term, at no great cost', () => {
    const tiny = finite(1n, -149),
      huge = finite(3n, 126);
    // 1 + tiny is above 1, 1 - tiny below; silu(tiny) above half of it; tanh below.
    for (const [name, above] of [
      ['exp', true],
      ['sigmoid', true],
      ['silu', true],
      ['gelu', true],
      ['tanh', false],
      ['sin', false],
      ['cos', false],
    ] as const) {
      const v = specialFunction(name, tiny) as Between,
        first =
          name === 'exp' || name === 'cos'
            ? exactInteger(1n)
            : name === 'sigmoid'
              ? finite(1n, -1)
              : name === 'silu' || name === 'gelu'
                ? finite(1n, -150)
                : tiny;
      expect(compare(above ? low(v) : high(v), first), name).toBe(0);
    }
    expect(specialFunction('sin', huge).kind).toBe('between');
    expect(compare(high(specialFunction('silu', huge)), huge)).toBe(0);
  });

  const files = vectorFolder();
  test.skipIf(files === undefined)('published words: a sample of every file', () => {
    for (const name of functionNames) {
      for (const [label, format] of [
        ['bf16', bf16],
        ['f16', fp16],
      ] as const) {
        const words = gunzipSync(readFileSync(join(files!, 'special-functions', `${name}.${label}.rne.bin.gz`)));
        for (let code = next() % 307; code < 0x1_0000; code += 307) {
          expect(oracle(name, format, code), `${name} ${label} ${code.toString(16)}`).toBe(words.readUInt16LE(2 * code));
        }
      }
      const rows = dataLines(join(files!, 'special-functions', `${name}.f32.rne.txt.gz`));
      for (let row = next() % 17; row < rows.length; row += 17) {
        const [x, y] = rows[row]!.split(' ').map((word) => Number.parseInt(word, 16));
        expect(oracle(name, fp32, x!), `${name} ${rows[row]}`).toBe(y);
      }
    }
  });
});

test('the page is what the campaign has recorded, and no input was found wrong', () => {
  const records = JSON.parse(readFileSync('golden/functions.json', 'utf8')) as Records;
  const levels = JSON.parse(readFileSync('golden/function-levels.json', 'utf8')) as LevelRecords;
  expect(readFileSync('docs/functions.md', 'utf8')).toBe(functionsPage(records, levels));
  for (const name of byLanes) expect(records[name]!.laned!.differ, name).toEqual([]);
  for (const name of transcendental) {
    expect(records[name]!.swept!.exceptions, name).toEqual([]);
    expect(records[name]!.measured!.power, name).toBeLessThanOrEqual(records[name]!.swept!.power - 2);
  }
});

describe('the engine', () => {
  const kernel = functionKernel(compiledKernel(2));

  test('every function is the oracle on codes of every format, specials, subnormals and neighbours of powers of two among them', {
    timeout: 120_000,
  }, () => {
    for (const name of functionNames)
      for (const format of [bf16, fp16, fp32]) {
        for (const code of [...corners(format), ...Array.from({ length: 150 }, () => (format === fp32 ? some() : next() & 0xffff))]) {
          expect(kernel.element(name, format, code).toString(16), `${name} ${format.name} ${code.toString(16)}`).toBe(
            oracle(name, format, code).toString(16),
          );
        }
      }
  });

  test('the pair of a transcendental function is within 2^-57 of the real number', { timeout: 60_000 }, () => {
    for (const name of transcendental)
      for (let i = 0; i < 150; i++) {
        const code = name.startsWith('log') ? some() & 0x7fff_ffff : some(),
          v = specialFunction(name, value(code)),
          { high: top, low: rest, isClamped } = kernel.pair(name, code);
        if (isClamped || v.kind !== 'between' || (code & 0x7fff_ffff) === 0) continue;
        const least = Math.min(top.exponent, rest.exponent, v.exponent - 60),
          at = (n: bigint, power: number): bigint => n << BigInt(power - least);
        const off =
          at(top.significand, top.exponent) +
          at(rest.significand, rest.exponent) -
          at(v.negative ? -v.significand : v.significand, v.exponent);
        expect((off < 0n ? -off : off) <= at(v.significand, v.exponent - 57), `${name} ${code.toString(16)}`).toBe(true);
      }
  });
});

function oracle(name: FunctionName, format: Format, code: number): number {
  return Number(special(name, { format, bits: BigInt(code >>> 0) }, format, plainMode(format)).bits);
}

/** Zeros, ends of every kind of number, powers of two and what lies beside them, of both signs. */
function corners(format: Format): readonly number[] {
  const { exponentBits, fractionBits } = format,
    step = 2 ** fractionBits,
    top = 2 ** exponentBits - 1,
    sign = 2 ** (format.valueBits - 1);
  const fields = Array.from({ length: top + 1 }, (_, field) => field).filter(
    (field) => exponentBits < 8 || field < 2 || field > top - 2 || Math.abs(field - 127) < 8 || field % 16 === 3,
  );
  return fields
    .flatMap((field) => [field * step, field * step + 1, (field + 1) * step - 1, field * step + step / 2])
    .flatMap((code) => [code, code + sign]);
}

