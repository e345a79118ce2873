//! kernels: int8 products of the engine's matrix kernel beside a native 128-bit kernel, round by round in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPACE_ACC, SPACE_SPM } from '../model/limits.ts';
import { profile as builtIn, readProfile, type Profile } from '../model/machine/profile.ts';
import { formatByName } from '../model/numerics/format.ts';
import { type Bench, bench, type ClosedInstruction, kernelModules, recorder } from '../test/kernel-bench.ts';
import { compare, nativeGemm } from './native/gemm.ts';

const SIZE = 512,
  ROUNDS = 9;
const modules = kernelModules(3),
  scratch = mkdtempSync(join(tmpdir(), 'kernels-'));

/** Records of a product SIZE^3: for each tile of columns its weights and one multiplication a slice of K. */
function program(profile: Profile): readonly ClosedInstruction[] {
  const { kMax, nMax } = profile.triples.find((row) => row.activation === formatByName('s8').code && row.weight === row.activation)!;
  const { tensor, close } = recorder();
  const records: ClosedInstruction[] = [];
  for (let n = 0; n < SIZE; n += nMax) {
    for (let k = 0; k < SIZE; k += kMax) {
      records.push(close('wload', { slot: 0, a: tensor(2, SPACE_SPM, 's8', SIZE * SIZE + k * SIZE + n, [kMax, nMax], [SIZE, 1]) }));
      records.push(
        close('mm', {
          acc: tensor(1, SPACE_ACC, 's32', 0, [SIZE, nMax], [profile.accLanes, 1]),
          a: tensor(2, SPACE_SPM, 's8', k, [SIZE, kMax], [SIZE, 1]),
          slot: 0,
          mRank: 1,
          op: k === 0 ? 'set' : 'add',
        }),
      );
    }
  }
  return records;
}

function prepare(name: string, build: number): () => number {
  const file = structuredClone(builtIn(name).file) as { spmBytes: { value: number } };
  file.spmBytes.value = 2 * SIZE * SIZE;
  const profile = readProfile(JSON.stringify(file), `${name}.json`),
    engine: Bench = bench(modules[build]!, profile),
    records = program(profile);
  engine.write(
    SPACE_SPM,
    0,
    Uint8Array.from({ length: 2 * SIZE * SIZE }, (_, i) => (i * 37 + 11) & 255),
  );
  const all = (): number => {
    const start = process.hrtime.bigint();
    for (const { opcode, record } of records) engine.act(opcode, record);
    return Number(process.hrtime.bigint() - start);
  };
  for (let warm = 0; warm < (build ? 12 : 3); warm++) all();
  return all;
}

compare(
  [
    { name: 'systole-16, kernels', run: prepare('systole-16', 1) },
    { name: 'systole-128, kernels', run: prepare('systole-128', 1) },
    { name: 'systole-16, kernels, scalar', run: prepare('systole-16', 0) },
  ],
  nativeGemm(scratch, SIZE),
  SIZE,
  ROUNDS,
);
rmSync(scratch, { recursive: true, force: true });
