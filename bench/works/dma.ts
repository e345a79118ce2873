//! dma: loads and stores of many sizes beside memcpy and beside a C loop over rows, on the same blocks.
import { SPACE_DRAM, SPACE_SPM } from '../../model/limits.ts';
import { programOf, running } from '../program.ts';
import type { Work } from '../work.ts';
import { pattern } from './gemm.ts';

/** Often enough that to look at the clock and to begin a program, 1.5 us, count for nothing. */
const AGAIN = 128;
interface Blocks { readonly rows: number; readonly bytes: number; readonly stride: number; readonly blocks: number; readonly step: number }

/** Blocks of rows out of DRAM into a dense scratchpad that begins at `at`, or back the same way; each of them AGAIN times. */
function work(name: string, { rows, bytes, stride, blocks, step }: Blocks, does: 'load' | 'store' = 'load', at = 0): Work {
  const each = rows * bytes, unitCount = AGAIN * blocks * each, words = [rows, bytes, stride, blocks, step], span = (blocks - 1) * step + (rows - 1) * stride + bytes;
  const dims = rows === 1 ? `[${bytes}]` : `[${rows},${bytes}]`;
  // A loop steps by 16 bits.
  const stepped = each < 0x8000, move = `s20 += ${step}, s21 += ${each}`;
  const text = `A = dram u8 ${dims} at 0x100000${rows === 1 ? '' : ` stride [${stride},1]`}   a = spm u8 ${dims} at ${at}
loop ${AGAIN} {
  s20 = 0   s21 = 0
  loop ${blocks}${stepped ? ` step ${move}` : ''} {
    ${does === 'load' ? 'load a[s21], A[s20]' : 'store A[s20], a[s21]'}${stepped ? '' : `\n    s20 = s20 + ${step}   s21 = s21 + ${each}`}
  }
}
halt 0`;
  const memory = [{ space: SPACE_DRAM, address: 0x100000, bytes: pattern(span, 37, 11) }, { space: SPACE_SPM, address: at, bytes: pattern(blocks * each, 53, 7) }];
  return {
    name,
    prepare: (natives) => ({
      contenders: [natives.contender('C', 'B/s', unitCount, { source: 'copy', words }), running({ name: 'engine', unit: 'B/s', unitCount, program: programOf(text, memory) })],
    }),
  };
}

const flat = (bytes: number): Blocks => ({ rows: 1, bytes, stride: bytes, blocks: 0x20000 / bytes, step: bytes });
const matrix = (rows: number, bytes: number): Blocks => ({ rows, bytes, stride: 1024, blocks: Math.min(16, Math.floor(1024 / bytes)), step: bytes });
export const dmaWorks: readonly Work[] = [
  work('dma-4k', flat(4096)), work('dma-2d', matrix(64, 64)), work('dma-16k', flat(16384)), work('dma-64k', flat(65536)), work('dma-store-4k', flat(4096), 'store'),
  work('dma-ragged', flat(16384), 'load', 3), work('dma-2d-16', matrix(64, 16)), work('dma-2d-200', matrix(64, 200)),
];
