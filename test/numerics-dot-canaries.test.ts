//! numerics-dot-canaries.test: a kernel with one parameter wrong is caught by the measured words, set by set.
import { expect } from 'vitest';
import type { ChainRecord, DotRecord, FusedRecord } from '../model/numerics/dot-record.ts';
import { kernelOf, mismatches, setsOf } from './dot-sets.ts';
import { vectorTest } from './vectors.ts';

/** Rows of each set that every canary meets; numerics.md 2.3 counts among 2,000 what is caught, the least being 2.8 %. */
const ROWS = 500;
const chain: ChainRecord = { kind: 'chain', join: 'chainStart', lanes: 1, daz: 0, ftz: 0 };
const canaries: Readonly<Record<string, (right: FusedRecord) => DotRecord>> = {
  'F - 1': (right) => ({ ...right, fractionBits: right.fractionBits - 1 }),
  'F + 1': (right) => ({ ...right, fractionBits: right.fractionBits + 1 }),
  'half the group': (right) => ({ ...right, group: right.group / 2 }),
  'nearest even at the end': (right) => ({ ...right, round: 'rne' }),
  'C added last': (right) => ({ ...right, join: 'lastAdd' }),
  'exact, then toward zero': ({ group }) => ({ kind: 'exact', group, join: 'inWindow', round: 'rz', zero: 'plus', daz: 0, ftz: 0 }),
  'a chain of fused multiply-adds': () => chain,
};
/** Of 2,000 rows so many at least, half of what numerics.md counts for the set. */
const least: Readonly<Record<string, readonly number[]>> = {
  'V100_f16.d_fp32': [946, 483, 327, 253, 638, 645, 831], 'A100_f16.d_fp32': [646, 300, 491, 500, 667, 381, 1038],
  'H100_bf16.d_fp32': [197, 57, 378, 674, 223, 76, 1025], 'H100_f16.d_fp32': [484, 211, 637, 710, 769, 291, 1275],
  'Ada_e4m3.d_fp32': [1077, 618, 411, 472, 2000, 990, 1999],
};

vectorTest('nvidia-tensorcore-hardware', 'F - 1, F + 1, half the group, nearest even, C last, an exact sum and a plain chain are each caught by the hardware', (folder) => {
  const { sets } = setsOf('nvidia-tensorcore-hardware', folder);
  for (const [name, counts] of Object.entries(least)) {
    const set = sets.find((one) => one.name === name)!, right = kernelOf(set) as FusedRecord, some = { ...set, rows: set.rows.slice(0, ROWS) };
    expect(mismatches(right, some).length, name).toBe(0);
    Object.entries(canaries).forEach(([what, wrong], i) => {
      const caught = mismatches(wrong(right), some).length;
      expect(caught, `${name} with ${what}`).toBeGreaterThanOrEqual((counts[i]! * ROWS) / 2000 / 2);
    });
  }
});

vectorTest('nvidia-tensorcore-hardware', 'the emulation of 8-bit floats by mma.sync is told from wgmma\'s and tcgen05\'s kernels, and from any other order', (folder) => {
  const { sets } = setsOf('nvidia-tensorcore-hardware', folder);
  for (const name of ['H100_e4m3.d_fp16', 'B200_e4m3.d_fp16']) {
    const set = sets.find((one) => one.name === name)!, right = kernelOf(set) as FusedRecord, some = { ...set, rows: set.rows.slice(0, ROWS) };
    for (const wrong of [{ ...right, order: 'ascending' }, { ...right, join: 'inWindow' }, { ...right, order: 'ascending', group: 32, join: 'inWindow' }] as const) {
      expect(mismatches(wrong, some).length, name).toBeGreaterThan(5);
    }
  }
});
