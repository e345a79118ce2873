//! silicon.test: words that GPUs printed (golden/silicon) are those of the kernels that are said to be theirs, NaNs to the last bit.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { assembled } from '../model/assembler/assembler.ts';
import { engine } from '../model/engine.ts';
import { profile } from '../model/machine/profile.ts';
import type { FusedRecord } from '../model/numerics/dot-record.ts';
import { type Candidate, candidatesOf, wordOf } from '../model/probe/candidates.ts';
import { crossed, crossing } from '../model/probe/cross.ts';
import { type ProbeType, probeTypes } from '../model/probe/types-of-units.ts';
import { type ProbeWords, readProbe } from '../model/probe/words.ts';
import { sample } from './runs.ts';

const folder = fileURLToPath(new URL('../golden/silicon/', import.meta.url));
/** The kernel of nvidia-hopper for what was asked for; sparse operands change nothing. */
function kernelOf({ path, a, accumulator }: ProbeType): string {
  const is8 = a === 'e4m3' || a === 'e5m2', to = accumulator === 'fp32' ? 'f32' : 'f16';
  if (a === 'tf32') return path === 'wmma' ? 'wmma.tf32' : 'mma.tf32';
  return is8 ? `${path.startsWith('wgmma') ? 'wgmma' : 'mma'}.fp8.${to}` : `mma.${to}`;
}
const hopper = readProbe(gunzipSync(readFileSync(`${folder}nvidia-hopper.txt.gz`)).toString('latin1'), 'nvidia-hopper.txt');
const candidateOf = (type: ProbeType): Candidate => {
  const found = candidatesOf(type).find(({ names }) => names.includes(`nvidia-hopper/${kernelOf(type)}`))!;
  // Candidates share what they can; the NaN is Hopper's.
  return { ...found, nan: type.accumulator === 'fp32' ? 0x7fff_ffffn : 0x7fffn };
};
const wrong = (candidate: Candidate, type: ProbeType, { rows }: ProbeWords): readonly number[] =>
  rows.filter(({ row, d }) => wordOf(candidate, type, row) !== d).map(({ line }) => line);

test('there is a test for each file, and the one of Hopper has every type', () => {
  expect(readdirSync(folder)).toEqual(['nvidia-hopper.txt.gz']);
  expect([...hopper.keys()]).toEqual(probeTypes);
});

for (const [type, words] of hopper) {
  test(`${type.name}: ${kernelOf(type)} gives every row`, () => expect(wrong(candidateOf(type), type, words)).toEqual([]));

  test(`${type.name}: the engine gives all rows by all rows, of a few crossings`, () => {
    const machine = profile('nvidia-hopper'), made = crossed(type, words.rows.map(({ row }) => row), kernelOf(type), machine);
    const { image } = assembled(made.program.text, { file: `${type.name}.s` }).program, picked = sample(words.crossings, 1);
    for (const build of ['simd', 'scalar'] as const) {
      const device = engine(machine, { build });
      for (const { line, shift, crc } of build === 'simd' ? picked : picked.slice(-1)) expect(crossing(device, image, type, made, shift), `line ${line}, ${build}`).toBe(crc);
    }
  });

  test(`${type.name}: the rows part the kernel from its neighbours`, () => {
    const candidate = candidateOf(type), record = candidate.record as FusedRecord, { group, fractionBits, join, round, floor, operands } = record;
    const others: readonly Partial<FusedRecord>[] = [
      { fractionBits: fractionBits - 1 }, { round: round === 'rz' ? 'rne' : 'rz' }, { join: join === 'inWindow' ? 'lastAdd' : 'inWindow' }, { group: group / 2 },
      // No product of fp16 into fp32, and none of 8 bits, reaches the floor of a window.
      ...(['bf16', 'tf32'].includes(type.a) || (type.a === 'fp16' && type.accumulator === 'fp16') ? [{ floor: floor! - 1 }, { floor: floor! + 1 }] : []),
      ...(type.name.endsWith('e4m3_e5m2_f32') ? [{ operands: operands === 'fp16' ? 'encoded' : 'fp16' } as const] : []),
    ];
    for (const other of others) expect(wrong({ ...candidate, record: { ...record, ...other } }, type, words).length, JSON.stringify(other)).toBeGreaterThan(0);
  });
}
