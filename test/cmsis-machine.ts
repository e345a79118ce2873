//! cmsis-machine: test support: the formulas of the instructions that integer layers need, on element memories instead of bytes.
//! They are those of the instruction set's text: views (3), load (6), matrix unit (7.2), epilogue (7.3), vector unit (9).

import { cmsisElements } from '../model/vectors/cmsis.ts';
import type { CmsisEpilogueRow, CmsisTensor } from '../model/vectors/cmsis.ts';

/** A strided view of a memory of elements that are `bits` wide. */
export interface View {
  readonly memory: number[];
  readonly bits: number;
  readonly offset: number;
  readonly dims: readonly number[];
  readonly strides: readonly number[];
}

/** The fields of a numeric mode that integer layers use. Zero points default to 0, no clamp, no scaling. */
export interface Mode {
  readonly scale?: 'fixed' | 'gemmlowp';
  readonly round2?: 'rhu' | 'rne';
  readonly round?: 'rhu' | 'rna';
  readonly zpa?: number;
  readonly zpb?: number;
  readonly zpo?: number;
  readonly clamp?: { readonly min: number; readonly max: number };
}

/** Step 3 of the epilogue: 1 fixed, 2 gemmlowp with round2 = rhu and round = rna. */
export function scaleStep(u: bigint, row: CmsisEpilogueRow, mode: Mode): bigint {
  const product = (value: bigint): bigint => value * BigInt(row.multiplier);
  if (mode.scale === 'fixed') return rounded(product(u), 31 - row.shift, mode.round ?? 'rhu');
  const left = saturated(u << BigInt(Math.max(row.shift, 0)), 32);
  return rounded(saturated(rounded(product(left), 31, 'rhu'), 32), Math.max(-row.shift, 0), mode.round ?? 'rna');
}

/** value * 2^-places, half up or half away from zero; negative places shift left. */
export function rounded(value: bigint, places: number, round: 'rhu' | 'rna'): bigint {
  if (places <= 0) return value << BigInt(-places);
  const half = 1n << BigInt(places - 1);
  const shift = BigInt(places);
  return round === 'rna' && value < 0n ? -((half - value) >> shift) : (value + half) >> shift;
}

function saturated(value: bigint, bits: number): bigint {
  const limit = 1n << BigInt(bits - 1);
  return value < -limit ? -limit : value >= limit ? limit - 1n : value;
}

// Views.

function rowMajor(dims: readonly number[]): number[] {
  const strides = dims.map(() => 1);
  for (let axis = dims.length - 2; axis >= 0; axis -= 1) strides[axis] = (strides[axis + 1] ?? 1) * (dims[axis + 1] ?? 1);
  return strides;
}

export function size(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

export function fresh(bits: number, dims: readonly number[]): View {
  return { memory: new Array<number>(size(dims)).fill(0), bits, offset: 0, dims, strides: rowMajor(dims) };
}

export function of(tensor: CmsisTensor): View {
  const bits = Number(tensor.dtype.slice(1));
  return { memory: cmsisElements(tensor).map(Number), bits, offset: 0, dims: tensor.dims, strides: rowMajor(tensor.dims) };
}

/** Another view of the same memory; `offset` counts from the old one. */
export function seen(view: View, dims: readonly number[], strides: readonly number[], offset = 0): View {
  if (dims.length > 5) throw new RangeError(`a view of rank ${dims.length}`);
  return { ...view, dims, strides, offset: view.offset + offset };
}

/** Element addresses in iteration order. */
function addresses(view: View): number[] {
  let list = [view.offset];
  for (const [axis, dim] of view.dims.entries()) {
    const stride = view.strides[axis] ?? 0;
    list = list.flatMap((at) => Array.from({ length: dim }, (_, i) => at + i * stride));
  }
  return list;
}

export function read(view: View): number[] {
  return addresses(view).map((at) => {
    const value = view.memory[at];
    if (value === undefined) throw new RangeError(`element ${at} is outside a memory of ${view.memory.length}`);
    return value;
  });
}

/** Writes with saturation (isat), checks that the destination is injective and that no accumulator reaches its limits. */
export function write(view: View, values: readonly (number | bigint)[]): void {
  const places = addresses(view);
  if (places.length !== values.length) throw new RangeError(`${values.length} values for ${places.length} elements`);
  if (new Set(places).size !== places.length) throw new RangeError('the destination writes an element twice');
  for (const [index, at] of places.entries()) {
    if (at < 0 || at >= view.memory.length) throw new RangeError(`element ${at} is outside a memory of ${view.memory.length}`);
    const value = BigInt(values[index] ?? 0);
    const kept = saturated(value, view.bits);
    if (view.bits >= 32 && kept !== value) throw new RangeError(`a sum of ${value} in ${view.bits} bits`);
    view.memory[at] = Number(kept);
  }
}

// Instructions.

export function load(d: View, a: View, lo: readonly number[] = [], hi: readonly number[] = [], fill = 0): void {
  for (const [axis, dim] of d.dims.entries()) {
    const [before, after] = [lo[axis] ?? 0, hi[axis] ?? 0];
    if (before > 63 || after > 63 || dim !== before + (a.dims[axis] ?? 0) + after) throw new RangeError('pads');
  }
  write(d, new Array<number>(size(d.dims)).fill(fill));
  const start = lo.reduce((sum, before, axis) => sum + before * (d.strides[axis] ?? 0), 0);
  write(seen(d, a.dims, d.strides, start), read(a));
}

/** mm.add: the first `m` dims of A are M, the rest K; W is [K.., N]; ACC is [M.., N]. Split K and N freely: sums are exact. */
export function mm(acc: View, a: View, m: number, w: View, mode: Mode): void {
  const k = size(a.dims.slice(m));
  const n = w.dims[w.dims.length - 1] ?? 0;
  if (size(w.dims) !== k * n || size(acc.dims) !== size(a.dims.slice(0, m)) * n) throw new RangeError('shape');
  const [x, y, c] = [read(a), read(w), read(acc)];
  write(
    acc,
    c.map((old, at) => {
      let sum = old;
      const row = Math.floor(at / n) * k;
      for (let i = 0; i < k; i += 1) sum += ((x[row + i] ?? 0) - (mode.zpa ?? 0)) * ((y[i * n + (at % n)] ?? 0) - (mode.zpb ?? 0));
      return sum;
    }),
  );
}

/** mdw.add: A is [M.., taps.., C], W is [taps.., C], ACC is [M.., C]. */
export function mdw(acc: View, a: View, m: number, w: View, mode: Mode): void {
  const c = w.dims[w.dims.length - 1] ?? 0;
  const taps = size(a.dims.slice(m, -1));
  if (size(w.dims) !== taps * c || size(acc.dims) !== size(a.dims.slice(0, m)) * c) throw new RangeError('shape');
  const [x, y] = [read(a), read(w)];
  write(
    acc,
    read(acc).map((old, at) => {
      let sum = old;
      const row = Math.floor(at / c) * taps * c + (at % c);
      for (let t = 0; t < taps; t += 1) sum += ((x[row + t * c] ?? 0) - (mode.zpa ?? 0)) * (y[t * c + (at % c)] ?? 0);
      return sum;
    }),
  );
}

/** drain and scale: the epilogue. The table has one row per element of the last dim. `zpa` is for scale only. */
export function scale(d: View, a: View, table: readonly CmsisEpilogueRow[] | undefined, mode: Mode): void {
  const n = a.dims[a.dims.length - 1] ?? 1;
  if (d.dims.join() !== a.dims.join() || (table !== undefined && table.length !== n)) throw new RangeError('shape');
  write(
    d,
    read(a).map((x, at) => {
      const row = table?.[at % n];
      const u = BigInt(x - (mode.zpa ?? 0)) + BigInt(row?.bias ?? 0);
      const v = (row === undefined ? u : scaleStep(u, row, mode)) + BigInt(mode.zpo ?? 0);
      if (mode.clamp === undefined) return v;
      return v < BigInt(mode.clamp.min) ? mode.clamp.min : v > BigInt(mode.clamp.max) ? mode.clamp.max : v;
    }),
  );
}

export function binary(d: View, a: View, b: View, f: (x: number, y: number) => number): void {
  if (d.dims.join() !== a.dims.join() || d.dims.join() !== b.dims.join()) throw new RangeError('shape');
  const y = read(b);
  write(
    d,
    read(a).map((x, at) => f(x, y[at] ?? 0)),
  );
}

/** The last `r` dims of A are reduced. */
export function reduce(d: View, a: View, r: number, f: (x: number, y: number) => number): void {
  const length = size(a.dims.slice(a.dims.length - r));
  const x = read(a);
  write(
    d,
    Array.from({ length: x.length / length }, (_, at) => x.slice(at * length, (at + 1) * length).reduce((left, right) => f(left, right))),
  );
}
