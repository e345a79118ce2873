//! int8-gemm: a requantised int8 product as an ISA program on the engine beside a native 128-bit kernel, round by round in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembled } from '../model/assembler/assembler.ts';
import { engine, type Build } from '../model/engine.ts';
import { SPACE_DRAM } from '../model/limits.ts';
import { profile } from '../model/machine/profile.ts';
import { gemm } from '../model/programs/gemm.ts';
import { tableOf } from '../model/programs/table.ts';
import { bytesOf } from '../model/programs/view.ts';
import { writer } from '../model/programs/writer.ts';
import { sha256 } from '../model/sha256.ts';
import { compare, nativeGemm } from './native/gemm.ts';

const SIZE = 512,
  ROUNDS = 9;
const pattern = (step: number, first: number): Uint8Array => Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i * step + first) & 255);

/** Nanoseconds of fetching, moving, multiplying, requantising and storing, and the digest of the result. */
function prepare(name: string, build: Build): { run(): number; digest(): string } {
  const w = writer(profile(name)),
    c = { rows: Array.from({ length: SIZE }, (_, n) => ({ bias: 100 * n, multiplier: 2 ** 30, shift: -9 - (n % 3) })) };
  const a = w.dram('a', 's8', [SIZE, SIZE], pattern(37, 11)),
    b = w.dram('b', 's8', [SIZE, SIZE], pattern(53, 7)),
    to = w.dram('c', 's8', [SIZE, SIZE]);
  gemm(w, {
    a,
    b,
    c: to,
    table: tableOf(w, 'tb', c.rows),
    accumulator: 's32',
    zeros: [0, 0],
    mode: { scale: 'fixed', round: 'rhu', zpo: -5, clamp: [-128, 127] },
  });
  const { text, memory } = w.finish('gemm', `${SIZE} x ${SIZE} x ${SIZE}`),
    { image } = assembled(text).program,
    device = engine(profile(name), { build });
  const run = (): number => {
    device.load({ image, memory });
    const start = process.hrtime.bigint(),
      { status } = device.execute();
    const time = Number(process.hrtime.bigint() - start);
    if (status !== 'halted') throw new Error(`${name}: the program ended ${status}`);
    return time;
  };
  for (let warm = 0; warm < (build === 'simd' ? 12 : 2); warm++) run();
  return { run, digest: () => sha256(device.read(SPACE_DRAM, bytesOf(to)[0], SIZE * SIZE)) };
}

const folder = mkdtempSync(join(tmpdir(), 'systole-gemm-'));
const devices = (['systole-16', 'systole-128'] as const).map((name) => ({ name: `${name}, whole program`, ...prepare(name, 'simd') }));
const scalar = { name: 'systole-16, scalar', ...prepare('systole-16', 'scalar') };
compare([...devices, scalar], nativeGemm(folder, SIZE), SIZE, ROUNDS);
const digests = new Set([...devices, scalar].map(({ digest }) => digest()));
process.stdout.write(digests.size === 1 ? `all results sha256 ${[...digests][0]}\n` : 'results DIFFER\n');
rmSync(folder, { recursive: true, force: true });
if (digests.size !== 1) process.exitCode = 1;
