//! mutants.rtl.test: every fault of the catalogue is found, and of the binary's sample nothing survives that the page of the score does not list.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { engineHash } from '../model/engine/binary.ts';
import type { Tables } from '../model/mutants/places.ts';
import { score, survivors } from '../model/mutants/score.ts';
import { knownGaps } from '../model/report/score.ts';

const root = join(import.meta.dirname, '..'), { engine, survivors: known } = knownGaps(readFileSync(join(root, 'docs', 'score.md'), 'utf8'));
/** Of the sample of the page, so many: its first ones. */
const FIRST = 250;

test('the page of the score is of this engine', () => { expect(engine, 'make it again: npx systole mutants --write docs/score.md').toBe(engineHash('simd')); });

test('the catalogue is found to its last fault, and nothing new survives', { timeout: 1_200_000 }, () => {
  const tables = JSON.parse(readFileSync(join(root, 'build', 'places.json'), 'utf8')) as Tables;
  const running = score({ corpus: { scale: 1, seed: 1 }, catalogue: true, wasm: true, sample: 2000, seed: 1, first: FIRST, tables, clock: () => 0 });
  for (let next = running.next(); ; next = running.next()) {
    if (!next.done) continue;
    const { catalogue, wasm } = next.value;
    expect(survivors(catalogue!).map(({ name }) => name)).toEqual([]);
    expect(wasm!.entries.length).toBe(FIRST);
    expect(survivors(wasm!).map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
    return;
  }
});

test('the release is what the sources give, whatever the catalogue says and with or without names', { timeout: 120_000 }, async () => {
  const files = await new Promise<ReadonlyMap<string, Uint8Array>>((resolve, reject) => {
    const worker = new Worker(join(root, 'bin', 'asc.mjs'), { workerData: { target: 'simd', root, plain: true } });
    worker.once('message', ({ files: made, what }) => { if (what === undefined) resolve(made); else reject(new Error(what)); }).once('error', reject);
  });
  expect(createHash('sha256').update(files.get('simd.wasm')!).digest('hex')).toBe(engineHash('simd'));
});
