//! gemm: int8 products as ISA programs beside the native 128-bit kernel, whole programs of many shapes and single tile instructions.
import type { Program } from '../../model/device.ts';
import type { Build } from '../../model/engine.ts';
import { SPACE_DRAM, SPACE_SPM } from '../../model/limits.ts';
import { profile, type Profile } from '../../model/machine/profile.ts';
import { formatByName } from '../../model/numerics/format.ts';
import { epilogue } from '../../model/numerics/requantise.ts';
import { depthwise } from '../../model/programs/depthwise.ts';
import { gemm } from '../../model/programs/gemm.ts';
import { tableOf } from '../../model/programs/table.ts';
import { bytesOf } from '../../model/programs/view.ts';
import { writer } from '../../model/programs/writer.ts';
import { kernelAlone } from '../kernel.ts';
import { alone } from '../limits.ts';
import { product } from '../product.ts';
import { programOf, running } from '../program.ts';
import type { Absent, Contender } from '../rounds.ts';
import type { Work } from '../work.ts';

/** Bytes of which no 256 repeat those before them: rows of a power of two would be alike, and a check would not see one in place of another. */
export const pattern = (count: number, step: number, first: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i * step + first + (i >> 8));

/** Scale of a column, and what is done behind it: of every product here. */
const column = (j: number): { readonly bias: number; readonly multiplier: number; readonly shift: number } => ({ bias: 100 * j, multiplier: 2 ** 30, shift: -9 - (j % 3) });
const ZERO = -5, LEAST = -128, GREATEST = 127;
type Size = readonly [m: number, n: number, k: number];

/** load, multiply, requantise by a scale of each column, store; and where the result lies. */
export function wholeProduct(on: Profile, m: number, n: number, k: number): { readonly program: Program; readonly at: number } {
  const w = writer(on), rows = Array.from({ length: n }, (_, j) => column(j));
  const a = w.dram('a', 's8', [m, k], pattern(m * k, 37, 11)), b = w.dram('b', 's8', [k, n], pattern(k * n, 53, 7)), c = w.dram('c', 's8', [m, n]);
  gemm(w, { a, b, c, table: tableOf(w, 'tb', rows), accumulator: 's32', zeros: [0, 0], mode: { scale: 'fixed', round: 'rhu', zpo: ZERO, clamp: [LEAST, GREATEST] } });
  const { text, memory } = w.finish('gemm', `${m} x ${n} x ${k}`);
  return { program: programOf(text, memory), at: bytesOf(c)[0] };
}

interface Subject { readonly contender: Contender; readonly result: () => Uint8Array }
function subject(name: string, on: string, [m, n, k]: Size, build: Build = 'simd'): Subject {
  const { program, at } = wholeProduct(profile(on), m, n, k), contender = running({ name, unit: 'MAC/s', unitCount: m * n * k, program, profile: on, build });
  return { contender, result: () => contender.device.read(SPACE_DRAM, at, m * n) };
}

/** Sums in plain JavaScript; what comes of them by the same epilogue is for the check alone. */
function script([m, n, k]: Size): Subject {
  const a = new Int8Array(pattern(m * k, 37, 11).buffer), b = new Int8Array(pattern(k * n, 53, 7).buffer), sums = new Int32Array(m * n);
  const s8 = formatByName('s8'), s32 = formatByName('s32'), bits = (width: number, value: number): bigint => BigInt.asUintN(width, BigInt(value));
  const clamp = { lo: bits(32, LEAST), hi: bits(32, GREATEST) };
  const mode = { scale: 'fixed', round: 'rhu', round2: 'rhu', zpa: 0, zpb: 0, zpo: ZERO, clamp, daz: 0, ftz: 0, isat: true, fsat: false, nan: 0n } as const;
  const byte = (sum: number, j: number): number => {
    const { bias, multiplier, shift } = column(j), row = { bias: bits(32, bias), multiplier: bits(32, multiplier), shift: bits(8, shift), slope: 0n };
    return Number(epilogue({ x: { format: s32, bits: bits(32, sum) }, activation: 'none', row, residual: undefined }, s8, mode).bits);
  };
  return { contender: alone('plain JavaScript', 'MAC/s', m * n * k, () => product(a, b, sums, [m, n, k])), result: () => Uint8Array.from(sums, (sum, i) => byte(sum, i % n)) };
}

/** One shape, on the named profiles, beside the native kernel on the same shape. */
export function shape(name: string, size: Size, on: readonly string[], others: () => readonly Subject[] = () => []): Work {
  return {
    name,
    prepare(natives) {
      const [m, n, k] = size, native = natives.contender('native128', 'MAC/s', m * n * k, { source: 'int8', words: ['product', m, n, k] });
      const subjects = [...on.map((one) => subject(one, one, size)), ...others()];
      return { contenders: [native, ...subjects.map(({ contender }) => contender)], check: () => same(subjects.map(({ result }) => result())) };
    },
  };
}

const LAYER = { h: 56, w: 56, c: 64 };
/** Every channel by a 3 x 3 kernel of its own, as a layer of a network: in, multiplied, requantised, out. */
function layer(on: Profile): { readonly program: Program; readonly at: number } {
  const { h, w: width, c } = LAYER, w = writer(on), one = { y: 1, x: 1 };
  const input = w.dram('X', 's8', [1, h + 2, width + 2, c], pattern((h + 2) * (width + 2) * c, 37, 11)), weights = w.dram('W', 's8', [3, 3, c], pattern(9 * c, 53, 7));
  const output = w.dram('Y', 's8', [1, h, width, c]), rows = Array.from({ length: c }, (_, j) => ({ bias: 100 * j, multiplier: 2 ** 30, shift: -6 - (j % 3) }));
  const epilogue = { table: tableOf(w, 'TB', rows), mode: { scale: 'fixed', round: 'rhu', zpo: -5, clamp: [-128, 127] } } as const;
  depthwise(w, { input, weights, output, window: { kernel: { y: 3, x: 3 }, stride: one, dilation: one, before: { y: 0, x: 0 } }, channelMultiplier: 1, inputZero: 0, accumulator: 's32', epilogue });
  const { text, memory } = w.finish('depthwise', `${h} x ${width} x ${c}`);
  return { program: programOf(text, memory), at: bytesOf(output)[0] };
}

/** Equal bytes, whoever computed them. */
export function same(results: readonly Uint8Array[]): void {
  if (results.some((bytes) => Buffer.compare(bytes, results[0]!) !== 0)) throw new Error('contenders left different bits');
}

const TILE = { m: 256, n: 64, k: 256, passes: 8 };
/** Every 16x16x16 product of a matrix product whose operands lie on the chip, each by wload and mm; the last of a row of K ends a sum. */
function tiles(): Program {
  const { m, n, k, passes } = TILE;
  return programOf(`a = spm s8 [16,16] at 0 stride [${k},1]
w = spm s8 [16,16] at ${m * k} stride [${n},1]
acc = acc s32 [16,16] at 0
loop ${passes} {
  s22 = 0
  loop ${m / 16} step s22 += ${16 * 16} {
    s23 = 0
    loop ${n / 16} step s23 += 16 {
      s21 = s23
      s20 = s22 * ${k / 16}
      loop ${k / 16} step s20 += 16, s21 += ${16 * n} {
        wload slot 0, w[s21]
        mm.add acc[s22], a[s20], slot 0
      }
    }
  }
}
halt 0`, [
    { space: SPACE_SPM, address: 0, bytes: pattern(m * k + k * n, 37, 11) },
    { space: 3, address: 0, bytes: new Uint8Array(m * 16 * 4) },
  ]);
}

export const gemmWorks: readonly Work[] = [
  shape('gemm-1024', [1024, 1024, 1024], ['systole-128']),
  {
    name: 'tile16',
    prepare: (natives) => ({
      contenders: [
        natives.contender('native128', 'MAC/s', 1024 ** 3, { source: 'int8', words: ['product', 1024, 1024, 1024] }),
        running({ name: 'engine', unit: 'MAC/s', unitCount: TILE.m * TILE.n * TILE.k * TILE.passes, program: tiles() }),
      ],
    }),
  },
  {
    name: 'int8-limit',
    prepare: (natives) => ({
      contenders: [
        natives.contender('native128', 'MAC/s', 1024 ** 3, { source: 'int8', words: ['product', 1024, 1024, 1024] }),
        natives.contender('registers only', 'MAC/s', 1000 * 64 * 8, { source: 'int8', words: ['limit'] }),
        kernelAlone('kernel alone'),
      ],
    }),
  },
  {
    name: 'ceiling',
    prepare(natives) {
      const words = ['product', 512, 512, 512], wide = (name: string, source: string, needs: string, flags: readonly string[]): Contender | Absent =>
        natives.contender(name, 'MAC/s', 512 ** 3, { source, words, flags: ['-O3', ...flags], needs });
      return {
        contenders: [
          natives.contender('native128', 'MAC/s', 512 ** 3, { source: 'int8', words }), wide('AVX2', 'int8-wide', 'avx2', ['-mavx2']),
          wide('AVX-512 VNNI', 'int8-vnni', 'avx512_vnni', ['-mtune=native', '-mavx512f', '-mavx512bw', '-mavx512vnni']),
        ],
      };
    },
  },
  shape('gemm-512', [512, 512, 512], ['systole-16', 'systole-128']),
  shape('gemm-256', [256, 256, 256], ['systole-16', 'systole-128'], () => [subject('scalar build', 'systole-128', [256, 256, 256], 'scalar'), script([256, 256, 256])]),
  shape('gemm-remainders', [17, 33, 65], ['systole-16', 'systole-128']),
  shape('gemm-odd', [509, 251, 383], ['systole-16', 'systole-128']),
  shape('gemm-tall', [4096, 16, 256], ['systole-16', 'systole-128']),
  shape('gemm-wide', [16, 4096, 256], ['systole-16', 'systole-128']),
  shape('gemm-batch1', [1, 1024, 1024], ['systole-16', 'systole-128']),
  {
    name: 'gemm-depthwise',
    prepare(natives) {
      const { h, w, c } = LAYER, unitCount = h * w * c * 9, layers = ['systole-16', 'systole-128'].map((name) => ({ name, ...layer(profile(name)) }));
      const engines = layers.map(({ name, program, at }) => ({ at, running: running({ name, unit: 'MAC/s', unitCount, program, profile: name }) }));
      return {
        contenders: [
          natives.contender('native128', 'MAC/s', unitCount, { source: 'int8-depthwise', words: [h, w, c] }),
          natives.contender('native128 to bytes', 'MAC/s', unitCount, { source: 'int8-depthwise', words: [h, w, c, 'bytes'] }), ...engines.map((each) => each.running),
        ],
        check: () => same(engines.map((each) => each.running.device.read(SPACE_DRAM, each.at, h * w * c))),
      };
    },
  },
];
