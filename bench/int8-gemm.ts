//! int8-gemm: a requantised int8 product as an ISA program on the engine beside a native 128-bit kernel, round by round in one run.
import { execFileSync } from 'node:child_process';
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

/** The native kernel's own measure; undefined where no C compiler makes it. */
function native(folder: string): (() => number) | undefined {
  const binary = join(folder, 'gemm');
  for (const compiler of ['gcc', 'cc', 'clang']) {
    try {
      execFileSync(compiler, ['-O3', '-msse4.1', '-mno-avx', '-o', binary, join(import.meta.dirname, 'native', 'gemm.c')], {
        stdio: 'ignore',
      });
      return () => Number(execFileSync(binary, [`${SIZE}`, `${SIZE}`, `${SIZE}`, '9'], { encoding: 'utf8' }).split(' ')[0]);
    } catch {
      /* the next one */
    }
  }
  return undefined;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const folder = mkdtempSync(join(tmpdir(), 'systole-gemm-'));
const devices = (['systole-16', 'systole-128'] as const).map((name) => ({ name: `${name}, whole program`, ...prepare(name, 'simd') }));
const scalar = { name: 'systole-16, scalar', ...prepare('systole-16', 'scalar') },
  reference = native(folder);
const rows = [...devices, scalar, ...(reference ? [{ name: 'native 128-bit C', run: reference }] : [])];
const times = rows.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++)
  rows.forEach(({ run }, i) => {
    times[i]!.push(run());
  });
rows.forEach(({ name }, i) => {
  const gmacs = (SIZE ** 3 / median(times[i]!)).toFixed(2).padStart(7);
  const ratio = reference ? `  ${median(times[i]!.map((time, round) => times.at(-1)![round]! / time)).toFixed(2)} x native` : '';
  process.stdout.write(`${name.padEnd(28)} ${gmacs} GMAC/s${ratio}\n`);
});
const digests = new Set([...devices, scalar].map(({ digest }) => digest()));
process.stdout.write(digests.size === 1 ? `all results sha256 ${[...digests][0]}\n` : 'results DIFFER\n');
rmSync(folder, { recursive: true, force: true });
if (digests.size !== 1) process.exitCode = 1;
