//! floats: products of bf16 and fp8 as ISA programs beside a native kernel of the same strict order, and fused tensor-core dot products.
import type { Program } from '../../model/device.ts';
import { SPACE_ACC, SPACE_SPM } from '../../model/limits.ts';
import { profile } from '../../model/machine/profile.ts';
import { gemm } from '../../model/programs/gemm.ts';
import { tableOf } from '../../model/programs/table.ts';
import { bytesOf } from '../../model/programs/view.ts';
import { writer } from '../../model/programs/writer.ts';
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

export const floatWorks: readonly Work[] = [
  products('floats-1024', 1024),
  products('floats-256', 256),
  {
    name: 'fused',
    prepare() {
      const subject = { unit: 'products/s', unitCount: DOT.m * DOT.n * DOT.k, program: fused(), profile: 'nvidia-hopper' };
      const simd = running({ name: 'engine', ...subject }), scalar = running({ name: 'scalar build', build: 'scalar', ...subject });
      return { contenders: [simd, scalar], check: () => same([simd, scalar].map(({ device }) => device.read(SPACE_ACC, 0, 128 * DOT.n * 4))) };
    },
  },
  {
    name: 'floats-limit',
    prepare: (natives) => ({
      contenders: [
        natives.contender('native128', 'MAC/s', 1024 ** 3, { source: 'floats', words: ['product', 1024] }),
        natives.contender('registers only', 'MAC/s', 1000 * 64 * 4, { source: 'floats', words: ['limit'] }),
      ],
    }),
  },
];
