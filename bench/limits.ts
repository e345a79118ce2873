//! limits: what WASM's SIMD reaches of float products when nothing stands beside the arithmetic: loops compiled on the spot, their operands laid out before.
import { type Contender, processorTime, typical } from './rounds.ts';
import { warm } from './program.ts';

/** Products of K to a round of the chain; between them stands what is never so, or V8 would move all loads to the front and out of registers. */
const STEPS = 8, NEVER = ['w == a', 'w == b', 'a == b', 'w + 64 == a', 'w + 64 == b', 'a + 64 == b', 'w + 128 == a'];
const lines = (of: (i: number) => string): string => [0, 1, 2, 3].map(of).join('; ');

/** Two rows by 16 columns: one multiplication and one addition to each product, K ascending. */
const chain = `
export function chain(tile: usize, panel: usize, acc: usize, rows: u32, depth: usize): void {
  for (let row: usize = 0; row < <usize>rows; row += 2) {
    const to = acc + (row << 6), end = panel + (depth << 6);
    ${lines((i) => `let c${i} = v128.load(to, ${16 * i}), d${i} = v128.load(to, ${64 + 16 * i})`)};
    let a = tile + row * (depth << 2), b = a + (depth << 2), w = panel;
    for (; w < end; a += ${4 * STEPS}, b += ${4 * STEPS}, w += ${64 * STEPS}) {
      ${Array.from({ length: STEPS }, (_, k) => `const x${k} = v128.load32_splat(a, ${4 * k}), y${k} = v128.load32_splat(b, ${4 * k});
      ${lines((i) => `const w${k}${i} = v128.load(w, ${64 * k + 16 * i})`)};
      ${lines((i) => `c${i} = f32x4.add(c${i}, f32x4.mul(x${k}, w${k}${i}))`)};
      ${lines((i) => `d${i} = f32x4.add(d${i}, f32x4.mul(y${k}, w${k}${i}))`)};${NEVER[k] ? `\n      if (${NEVER[k]}) break;` : ''}`).join('\n      ')}
    }
    ${lines((i) => `v128.store(to, c${i}, ${16 * i}); v128.store(to, d${i}, ${64 + 16 * i})`)};
  }
}`;

/**
 * Fused windows of 16 products and 25 bits of fraction, the exponents of all factors and what their sums are counted from known; no window is empty. For 16
 * rows at a time exponents, then sums two rows by eight columns, then roundings: by the loops in which V8 keeps most in registers (measured).
 */
const fused = `
const SCALES: usize = memory.data(1024, 16), SUMS: usize = memory.data(1024, 16);
@inline function opened(place: usize, acc: usize, product: v128, top: v128): void {
  const c = v128.load(acc + place), scale = i32x4.shl(i32x4.sub(top, i32x4.max_s(product, i32x4.shr_u(i32x4.shl(c, 1), 24))), 23);
  v128.store(SCALES + place, scale);
  v128.store(SUMS + place, i32x4.trunc_sat_f32x4_s(f32x4.mul(c, scale)));
}
export function fused(a: usize, aFields: usize, w: usize, wFields: usize, acc: usize, rows: u32, depth: usize, base: i32): void {
  const least = i16x8.splat(<i16>base), top = i32x4.splat(127 + 127 + 25), inverse = i32x4.splat(254 << 23), sign = i32x4.splat(i32.MIN_VALUE);
  for (let row: usize = 0, to = acc; row < <usize>rows; row += 16, to += 1024) {
    for (let k: usize = 0; k < depth; k += 16) {
      for (let i: usize = 0; i < 16; i++) {
        let m = i8x16.splat(-128), x = aFields + (row + i) * depth + k;
        for (let y = wFields + (k << 4), last = x + 16; x < last; x++, y += 16) m = i8x16.max_s(m, i8x16.add(v128.load8_splat(x), v128.load(y)));
        const low = i16x8.add(i16x8.extend_low_i8x16_s(m), least), high = i16x8.add(i16x8.extend_high_i8x16_s(m), least), place = i << 6;
        opened(place, to, i32x4.extend_low_i16x8_s(low), top);
        opened(place + 16, to, i32x4.extend_high_i16x8_s(low), top);
        opened(place + 32, to, i32x4.extend_low_i16x8_s(high), top);
        opened(place + 48, to, i32x4.extend_high_i16x8_s(high), top);
      }
      for (let i: usize = 0; i < 16; i += 2) for (let half: usize = 0; half < 64; half += 32) {
        const place = (i << 6) + half;
        ${lines((i) => `const s${i} = v128.load(SCALES + place, ${16 * (i & 1) + 64 * (i >> 1)})`)};
        ${lines((i) => `let t${i} = v128.load(SUMS + place, ${16 * (i & 1) + 64 * (i >> 1)})`)};
        for (let x = a + ((row + i) * depth + k << 2), z = x + (depth << 2), y = w + (k << 6) + half, last = x + 64; x < last; x += 4, z += 4, y += 64) {
          const upper = v128.load32_splat(x), lower = v128.load32_splat(z), v0 = v128.load(y), v1 = v128.load(y, 16);
          ${lines((i) => `t${i} = i32x4.add(t${i}, i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.mul(${i < 2 ? 'upper' : 'lower'}, v${i & 1}), s${i})))`)};
        }
        ${lines((i) => `v128.store(SUMS + place, t${i}, ${16 * (i & 1) + 64 * (i >> 1)})`)};
      }
      for (let place: usize = 0; place < 1024; place += 16) {
        const t = v128.load(SUMS + place), m = i32x4.abs(t), upper = v128.andnot(m, i32x4.shr_u(m, 24));
        v128.store(to + place, v128.or(f32x4.mul(f32x4.convert_i32x4_s(upper), i32x4.sub(inverse, v128.load(SCALES + place))), v128.and(t, sign)));
      }
    }
  }
}`;
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  chain(tile: number, panel: number, acc: number, rows: number, depth: number): void;
  fused(a: number, aFields: number, w: number, wFields: number, acc: number, rows: number, depth: number, base: number): void;
}

/** As the engine is compiled; the compiler is loaded for those who ask. */
export async function kernels(): Promise<Kernels> {
  const { default: asc } = await import('assemblyscript/asc'), written: Uint8Array[] = [], messages = asc.createMemoryStream();
  const { error } = await asc.main(['limits.ts', '-o', 'limits.wasm', '-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--initialMemory', '64', '--use', 'abort='], {
    readFile: (name) => (name === 'limits.ts' ? chain + fused : null), writeFile: (_, contents) => void written.push(contents as Uint8Array), listFiles: () => [], stderr: messages,
  });
  if (error) throw new Error(`bench/limits.ts does not compile: ${messages}`);
  return new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(written[0]!))).exports as unknown as Kernels;
}

/** `unitCount` units of work to an act. */
export function alone(name: string, unit: string, unitCount: number, act: () => void): Contender {
  const once = (): number => processorTime(act);
  warm(once, 12);
  return { name, unit, sample: () => typical(unitCount, once) };
}
