//! kernels: int8 products of the engine's matrix kernel beside a native 128-bit kernel, round by round in one run.
import { byMnemonic } from '../model/instructions/set.ts';
import { encode } from '../model/isa/codec.ts';
import { SPACE_ACC, SPACE_SPM } from '../model/limits.ts';
import { capture, writeRecord } from '../model/machine/closed.ts';
import { profile as builtIn, readProfile, type Profile } from '../model/machine/profile.ts';
import { formatByName } from '../model/numerics/format.ts';
import { type Bench, bench, compileKernels } from '../test/kernel-bench.ts';
import { compare, nativeGemm } from './native/gemm.ts';

const SIZE = 512,
  ROUNDS = 9;
const { modules, folder: scratch, dispose } = await compileKernels(3);

/** Records of a product SIZE^3: for each tile of columns its weights and one multiplication a slice of K. */
function program(profile: Profile): readonly { readonly opcode: number; readonly record: Uint8Array }[] {
  const { kMax, nMax } = profile.triples.find((row) => row.activation === formatByName('s8').code && row.weight === row.activation)!;
  const tensors = Array.from({ length: 64 }, () => new Uint32Array(16)),
    modes = Array.from({ length: 4 }, () => new Uint32Array(8));
  const from = { registers: new Uint32Array(32), tensors, modes };
  const set = (t: number, space: number, name: string, base: number, dims: readonly number[], strides: readonly number[]): object => {
    tensors[t]!.set([formatByName(name).code | (space << 8) | (dims.length << 11), base]);
    dims.forEach((dim, axis) => {
      tensors[t]![3 + axis] = dim;
      tensors[t]![8 + axis] = strides[axis]!;
    });
    return { t, s: 0, imm: 0 };
  };
  const closed = (mnemonic: string, values: object): { opcode: number; record: Uint8Array } => {
    const definition = byMnemonic.get(mnemonic)!;
    return { opcode: definition.opcode, record: writeRecord(capture(definition, encode(definition, values as never), 0n, 0, from)) };
  };
  const records = [];
  for (let n = 0; n < SIZE; n += nMax) {
    for (let k = 0; k < SIZE; k += kMax) {
      records.push(closed('wload', { slot: 0, a: set(2, SPACE_SPM, 's8', SIZE * SIZE + k * SIZE + n, [kMax, nMax], [SIZE, 1]) }));
      records.push(
        closed('mm', {
          acc: set(1, SPACE_ACC, 's32', 0, [SIZE, nMax], [profile.accLanes, 1]),
          a: set(2, SPACE_SPM, 's8', k, [SIZE, kMax], [SIZE, 1]),
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
dispose();
