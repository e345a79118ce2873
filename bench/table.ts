//! table: what each figure of the bench measures, out of which contenders, and its goal.
import type { Formed } from './rounds.ts';

export interface Row {
  readonly key: string;
  /** Name of a work: its contenders alternate, and only those. */
  readonly work: string;
  readonly says: string;
  readonly unit: string;
  readonly formed: Formed;
  /** A figure is good from here on, or up to here. Without a goal it is told and nothing is asked of it. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Taken by `--guard`, which fails a third below the goal. */
  readonly guard?: true;
}

const against = (of: string, to: string): Formed => ({ ratio: [of, to] });
const int8 = 'int8 product as an ISA program: fetch, checks, DMA in, pack, multiply, requantise by column, DMA out; against the C kernel that packs and multiplies';
const shapeRow = (name: string, words: string, on: string, atLeast = 0.5): Row => ({
  key: `int8_${name}_${on.replace('-', '')}`, work: `gemm-${name}`, says: `the same, ${words}, on ${on}`, unit: 'x', formed: against(on, 'native128'), atLeast,
});
const shapes = (name: string, words: string, atLeast?: number): Row[] => ['systole-16', 'systole-128'].map((on) => shapeRow(name, words, on, atLeast));

export const rows: readonly Row[] = [
  { key: 'int8_gemm_vs_native128', work: 'gemm-1024', says: `${int8}; 1024^3 on systole-128`, unit: 'x', formed: against('systole-128', 'native128'), atLeast: 0.92, guard: true },
  { key: 'int8_gemm_gmac_s', work: 'gemm-1024', says: 'the same, absolute', unit: 'GMAC/s', formed: { rate: 'systole-128', per: 1e9 } },
  {
    key: 'int8_tile16_vs_native128', work: 'tile16', unit: 'x', formed: against('engine', 'native128'), atLeast: 0.85, guard: true,
    says: 'wload and mm of 16x16x16 tiles, operands on the chip, systole-16, hardware loops with moving offsets over 1,024 different tiles; MAC/s against the C kernel at 1024^3',
  },
  { key: 'int8_tile16_minstr_s', work: 'tile16', says: 'the same, pairs of wload and mm', unit: 'M/s', formed: { rate: 'engine', per: 16 ** 3 * 1e6 } },
  {
    key: 'native128_vs_limit', work: 'int8-limit', unit: 'x', formed: against('native128', 'registers only'), atLeast: 0.9,
    says: 'the C kernel at 1024^3 against its own copies, pmaddwd and paddd on registers alone',
  },
  ...shapes('512', '512^3', 0.5), ...shapes('256', '256^3', 0.5), ...shapes('remainders', '17 x 33 x 65 (M x N x K)'), ...shapes('odd', '509 x 251 x 383'),
  ...shapes('tall', '4096 x 16 x 256'), ...shapes('wide', '16 x 4096 x 256'), ...shapes('batch1', '1 x 1024 x 1024'),
];
