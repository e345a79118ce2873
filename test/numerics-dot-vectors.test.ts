//! numerics-dot-vectors.test: every kernel of the profiles gives the outside words of its unit, exactly; without the data, nothing is claimed.
import { expect } from 'vitest';
import { type DotFolder, kernelOf, mismatches, setsOf } from './dot-sets.ts';
import { sample } from './runs.ts';
import { vectorTest } from './vectors.ts';

/** Rows of each set. */
const SAMPLE = 100;
const folders: readonly (readonly [DotFolder, number])[] = [
  ['nvidia-tensorcore-hardware', 20], ['fused-dot-model', 26], ['fused-dot-model-amd', 5], ['accumulation-modes', 16],
];

for (const [kind, count] of folders) {
  vectorTest(kind, `the kernels that the table names give every word of ${kind}`, (folder) => {
    const { sets, skipped } = setsOf(kind, folder);
    expect(skipped).toEqual([]);
    expect(sets.length).toBeGreaterThanOrEqual(count);
    for (const set of sets) {
      const wrong = mismatches(kernelOf(set), { ...set, rows: sample(set.rows, SAMPLE) });
      expect(wrong.length, `${set.name}: ${JSON.stringify(wrong[0], (_, value: unknown) => (typeof value === 'bigint' ? value.toString(16) : value))}`).toBe(0);
    }
  });
}
