//! floats: products of bf16 and fp8 as ISA programs beside a native kernel of the same strict order, and fused tensor-core dot products.
import type { Program } from '../../model/device.ts';
import { SPACE_ACC, SPACE_SPM } from '../../model/limits.ts';
import { profile } from '../../model/machine/profile.ts';
import { gemm } from '../../model/programs/gemm.ts';
import { tableOf } from '../../model/programs/table.ts';
import { bytesOf } from '../../model/programs/view.ts';
import { writer } from '../../model/programs/writer.ts';
import { alone, type Kernels, kernels } from '../limits.ts';
import { programOf, running } from '../program.ts';
import type { Work } from '../work.ts';
import { same } from './gemm.ts';

/** Codes of either sign, of magnitudes about 1: exponents from three under the bias to two over it. The C kernels draw the same. */
function codes(format: keyof typeof formats, count: number, first: number): Uint8Array {
  const { width, mantissa, bias } = formats[format], bytes = new Uint8Array((count * width) / 8), view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) {
    const h = mixed(i + first), code = ((h >>> 31) << (width - 1)) | ((bias - 3 + ((h >>> 24) % 6)) << mantissa) | (h & (2 ** mantissa - 1));
    if (width === 8) view.setUint8(i, code);
    else view.setUint16(2 * i, code, true);
  }
  return bytes;
}
const formats = { bf16: { width: 16, mantissa: 7, bias: 127 }, fp16: { width: 16, mantissa: 10, bias: 15 }, e4m3: { width: 8, mantissa: 3, bias: 7 } } as const;
function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d), twice = Math.imul(once ^ (once >>> 12), 0x297a2d39);
  return (twice ^ (twice >>> 15)) >>> 0;
}

/** fp32 sums of products in order of K, stored as they are. */
function product(format: 'bf16' | 'e4m3', size: number): { readonly program: Program; readonly at: number } {
  const w = writer(profile('systole-128')), row = { bias: 0, multiplier: 0, shift: 0 };
  const a = w.dram('a', format, [size, size], codes(format, size * size, 0)), b = w.dram('b', format, [size, size], codes(format, size * size, size * size));
  const c = w.dram('c', 'fp32', [size, size]);
  gemm(w, { a, b, c, table: tableOf(w, 'tb', [row], size), accumulator: 'fp32', zeros: [0, 0], mode: { scale: 'none', round: 'rne' } });
  const { text, memory } = w.finish('gemm', `${format}, ${size}`);
  return { program: programOf(text, memory), at: bytesOf(c)[0] };
}

function products(name: string, size: number): Work {
  return {
    name,
    prepare(natives) {
      const unitCount = size ** 3, common = { unit: 'MAC/s', unitCount, profile: 'systole-128' };
      const bf16 = product('bf16', size), fp8 = product('e4m3', size);
      return {
        contenders: [
          natives.contender('native128', 'MAC/s', unitCount, { source: 'floats', words: ['product', size] }),
          running({ name: 'bf16', program: bf16.program, ...common }), running({ name: 'fp8', program: fp8.program, ...common }),
        ],
      };
    },
  };
}

const DOT = { m: 256, n: 64, k: 256 };
/** A matrix product of operands on the chip, 64 products of K to an instruction; each tile of columns has accumulators of its own rows. */
function fused(): Program {
  const { m, n, k } = DOT;
  const text = `a = spm fp16 [128,64] at 0 stride [${k},1]   w = spm fp16 [64,16] at ${2 * m * k} stride [${n},1]   acc = acc fp32 [128,16] at 0
s20 = 0
loop ${m / 128} {
  s23 = 0   s22 = 0
  loop ${n / 16} step s23 += 16, s22 += ${128 * 16} {
    s24 = s20   s21 = s23
    loop ${k / 64} step s24 += 64, s21 += ${64 * n} {
      wload slot 0, w[s21]
      mm.add acc[s22], a[s24], slot 0
    }
  }
  s20 = s20 + ${128 * k}
}
halt 0`;
  return programOf(text, [
    { space: SPACE_SPM, address: 0, bytes: codes('fp16', m * k, 0) }, { space: SPACE_SPM, address: 2 * m * k, bytes: codes('fp16', n * k, 5) },
    { space: SPACE_ACC, address: 0, bytes: new Uint8Array(128 * n * 4) },
  ]);
}

/** The same product by its windows alone: values, and exponents as fields of fp32 less `LEAST`, laid out as the kernel reads them. */
function windows({ memory, fused }: Kernels): { readonly act: () => void; readonly sums: () => Uint8Array } {
  const { m, n, k } = DOT, [a, aFields, w, wFields, acc] = [0x10000, 0x50000, 0x60000, 0x70000, 0x80000], LEAST = 124;
  const lay = (bytes: Uint8Array, values: number, fields: number, placeOf: (i: number) => number): void => {
    const view = new DataView(memory.buffer), codes = new DataView(bytes.buffer);
    for (let i = 0; i < bytes.length / 2; i++) {
      const code = codes.getUint16(2 * i, true), field = ((code >> 10) & 31) + 112, place = placeOf(i);
      view.setUint32(values + 4 * place, ((code >> 15) * 0x80000000) | (field << 23) | ((code & 1023) << 13), true);
      view.setInt8(fields + place, field - LEAST);
    }
  };
  lay(codes('fp16', m * k, 0), a, aFields, (i) => i);
  lay(codes('fp16', n * k, 5), w, wFields, (i) => (i % n >> 4) * k * 16 + Math.floor(i / n) * 16 + (i % 16));
  const act = (): void => {
    new Uint8Array(memory.buffer, acc, 128 * n * 4).fill(0);
    for (let row = 0; row < m; row += 128) {
      for (let tile = 0; tile < n / 16; tile++) fused(a + 4 * row * k, aFields + row * k, w + tile * k * 64, wFields + tile * k * 16, acc + tile * 128 * 64, 128, k, 2 * LEAST - 127);
    }
  };
  return { act, sums: () => new Uint8Array(memory.buffer, acc, 128 * n * 4) };
}

/** Sums of bf16 products alone: 32 rows of 128 by a panel of 16 columns, all of which lie in the first cache. */
function chains({ memory, chain }: Kernels): () => void {
  new Float32Array(memory.buffer).fill(0.5);
  return () => { for (let i = 0; i < PASSES; i++) chain(0x10000, 0x20000, 0x30000, 32, 128); };
}
const PASSES = 100;

export const floatWorks: readonly Work[] = [
  products('floats-1024', 1024),
  products('floats-256', 256),
  {
    name: 'fused',
    async prepare() {
      const { act, sums } = windows(await kernels()), limit = alone('WASM alone', 'products/s', DOT.m * DOT.n * DOT.k, act);
      const subject = { unit: 'products/s', unitCount: DOT.m * DOT.n * DOT.k, program: fused(), profile: 'nvidia-hopper' };
      const simd = running({ name: 'engine', ...subject }), scalar = running({ name: 'scalar build', build: 'scalar', ...subject });
      return { contenders: [simd, scalar, limit], check: () => same([sums(), ...[simd, scalar].map(({ device }) => device.read(SPACE_ACC, 0, 128 * DOT.n * 4))]) };
    },
  },
  {
    name: 'floats-limit',
    prepare: async (natives) => ({
      contenders: [
        alone('WASM alone', 'MAC/s', PASSES * 32 * 16 * 128, chains(await kernels())),
        natives.contender('native128', 'MAC/s', 1024 ** 3, { source: 'floats', words: ['product', 1024] }),
        natives.contender('registers only', 'MAC/s', 1000 * 64 * 4, { source: 'floats', words: ['limit'] }),
      ],
    }),
  },
];
