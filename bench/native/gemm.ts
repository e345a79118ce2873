//! gemm: the native int8 product compiled on the spot, and rounds in which it is measured beside the engine.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Nanoseconds of one product size^3 by the native kernel's own clock; undefined where no compiler makes it. `folder` takes the binary. */
export function nativeGemm(folder: string, size: number): (() => number) | undefined {
  const binary = join(folder, 'gemm');
  for (const compiler of ['gcc', 'cc', 'clang']) {
    try {
      execFileSync(compiler, ['-O3', '-msse4.1', '-mno-avx', '-o', binary, join(import.meta.dirname, 'gemm.c')], { stdio: 'ignore' });
      return () => Number(execFileSync(binary, [`${size}`, `${size}`, `${size}`, '9'], { encoding: 'utf8' }).split(' ')[0]);
    } catch {
      // No such compiler, or not for this processor: the next one.
    }
  }
  return undefined;
}

export interface Contender {
  readonly name: string;
  /** Nanoseconds of one product. */
  run(): number;
}

/** Lets all take turns and prints the median speed of each, with the median of its ratios to the native kernel. */
export function compare(contenders: readonly Contender[], native: (() => number) | undefined, size: number, rounds: number): void {
  const all = native ? [...contenders, { name: 'native 128-bit C', run: native }] : contenders,
    times = all.map((): number[] => []);
  for (let round = 0; round < rounds; round++) all.forEach(({ run }, i) => times[i]!.push(run()));
  all.forEach(({ name }, i) => {
    const speed = (size ** 3 / median(times[i]!)).toFixed(2).padStart(7);
    const ratio = native ? `  ${median(times[i]!.map((time, round) => times.at(-1)![round]! / time)).toFixed(2)} x native` : '';
    process.stdout.write(`${name.padEnd(28)} ${speed} GMAC/s${ratio}\n`);
  });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
